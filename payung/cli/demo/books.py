"""What the offices do with the books: months closed, files of BPJS and the bank reconciled, budgets, workers handed on.

Each is planned for a day before the demo's own, so that every page of the ledger has something to show: a report that
is accepted, one that waits for a word, a collecting account, a list of workers that waits for approval, a finding.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from payung.access.viewer import SYSTEM_VIEWER
from payung.cli.demo.cast import STORY, Cast
from payung.cli.demo.lists import service_number
from payung.contributions.models import PayCode, Payment, ReconciliationFile
from payung.contributions.reconciliation.services import accept_file, submit_file
from payung.contributions.reconciliation.staging import stage_file
from payung.contributions.selectors.handovers import can_go_on
from payung.contributions.services import approve_handover, close_month, prepare_handover
from payung.enrolment.models import Handover, Wadah
from payung.enrolment.selectors import place_holders
from payung.kernel.clock import FixedClock
from payung.kernel.month import Month, months_from
from payung.sponsors.models import CivilServant, Pledge, Sponsor
from payung.sponsors.services import record_budget
from payung.tabular.writing import ListColumn, Written, write_workbook
from payung.watch.services import look_for_fraud, run_checks

Source = ReconciliationFile.Source
_REPORT = (
    ListColumn("Kode Iuran", width=20),
    ListColumn("Tanggal Bayar", "date", 14),
    ListColumn("Nama Pembayar", width=32),
    ListColumn("Jumlah", "integer", 16),
)
_BUDGETS = {"APBD": 120_000_000, "DBHCHT": 60_000_000}
_HANDED_ON, _BY_THEMSELVES, _DEPOSITS = 12, 5, 8
_OPEN_MONTHS = 3
_DEPOSIT_RP = 33_600  # two workers a month


@dataclass(frozen=True, slots=True)
class Books:
    """The chapter of the books in the story that ends on a day."""

    sponsors: Mapping[str, Sponsor]
    cast: Cast
    on: date

    def close_months(self, clock: FixedClock) -> None:
        """Close what is over and was reconciled: all but the last three months."""
        last = Month.of(self.on) - _OPEN_MONTHS
        for month in months_from(Month(last - 11), 12):
            close_month(month, acting_user=self.cast.approver, clock=clock)

    def set_budgets(self, clock: FixedClock) -> None:
        """Enter the public money of every year that a pledge to come may reach."""
        years = range(clock.today().year, self.on.year + 1)
        for code, year in ((code, year) for code in _BUDGETS for year in years):
            record_budget(
                self.sponsors[code],
                year=year,
                amount_rp=_BUDGETS[code],
                document=f"DPA {code} {year}",
                document_on=clock.today(),
                acting_user=self.cast.officer,
                clock=clock,
            )

    def accept_report(self, clock: FixedClock) -> None:
        """BPJS's report of last month's payments agrees with ours, and the branch accepts it."""
        paid = self._paid(self.on - timedelta(days=80), clock.today() - timedelta(days=3))
        self._reconcile(_report(_rows(paid)), "laporan-bpjs-terdahulu.xlsx", clock)

    def receive_report(self, clock: FixedClock) -> None:
        """The newest report has a payment that we had not heard of, and one under a code of nobody: it waits."""
        paid = self._paid(clock.today() - timedelta(days=14), clock.today())
        of_nobody: list[Written] = ["8999000120261", clock.today(), "PT BAHARI UTAMA", 168_000]
        rows = [*_rows(paid), *self._late(clock), of_nobody]
        stage_file(
            _report(rows),
            name="laporan-bpjs-terbaru.xlsx",
            source=Source.REPORT,
            acting_user=self.cast.officer,
            clock=clock,
        )

    def accept_statement(self, clock: FixedClock) -> None:
        """Civil servants pay into their office's collecting account; two deposits bear no name that says whose."""
        office = self.sponsors["DIKBUD"]
        content = _statement(office, self._movements(office, clock))
        self._reconcile(content, "mutasi-rekening-asn.csv", clock, source=Source.STATEMENT, sponsor=office)

    def hand_on(self, clock: FixedClock) -> None:
        """A pledge ends this month: some of its workers go on with another company, the list waits for approval."""
        to = Pledge.objects.filter(sponsor=self.sponsors["KAYU"], state=Pledge.State.LIVE).latest("first_month")
        free = to.quota - place_holders(to).count()
        self._prepare("SEPATU", clock, count=min(_HANDED_ON, free), to=to)

    def let_go_on(self, clock: FixedClock) -> None:
        """Others go on paying by themselves, and the approver agrees."""
        made = self._prepare("PUSAT", clock, count=_BY_THEMSELVES)
        if made is not None:
            approve_handover(made, seen_hash=bytes(made.content_hash), acting_user=self.cast.approver, clock=clock)

    def look(self, clock: FixedClock) -> None:
        """What happens each night: all invariants, and what looks like fraud."""
        look_for_fraud(acting_user=SYSTEM_VIEWER, clock=clock)
        run_checks(acting_user=SYSTEM_VIEWER, clock=clock)

    def _prepare(self, code: str, clock: FixedClock, *, count: int, to: Pledge | None = None) -> Handover | None:
        ways = list(can_go_on(self.sponsors[code]).values_list("pk", flat=True)[:count])
        if not ways:
            return None
        return prepare_handover(
            self.sponsors[code],
            first_month=Month.of(self.on) + 1,
            giving_letter=f"560/{code}/{clock.today():%m/%Y}",
            taking_letter=f"CSR/{to.sponsor.code}/{clock.today():%m/%Y}" if to else "Pernyataan iuran mandiri",
            client_key=f"demo:{code}:{clock.today()}",
            to_pledge=to,
            to_wadah=Wadah.objects.filter(funder=to.sponsor).first() if to else None,
            enrolment_ids=ways,
            acting_user=self.cast.officer,
            clock=clock,
        )

    def _paid(self, since: date, until: date) -> list[Payment]:
        found = Payment.objects.filter(reversed_at__isnull=True, notice__isnull=False, paid_on__range=(since, until))
        return list(found.exclude(sponsor__funds="ASN").select_related("sponsor", "notice").order_by("paid_on", "pk"))

    def _late(self, clock: FixedClock) -> Iterator[list[Written]]:
        """The rest of what CV Merapi Jaya owed."""
        code = PayCode.objects.filter(notice__sponsor=self.sponsors["MERAPI"]).select_related("notice").latest("pk")
        paid = sum(payment.amount_rp for payment in code.notice.payments.filter(reversed_at__isnull=True))
        if code.amount_rp > paid:
            yield [code.code, clock.today() - timedelta(days=1), "CV MERAPI JAYA", code.amount_rp - paid]

    def _movements(self, office: Sponsor, clock: FixedClock) -> Iterator[tuple[date, int, str]]:
        """Day, rupiah (in positive) and what the bank writes."""
        day = clock.today()
        number = 1 + [one["code"] for one in STORY["sponsors"]].index(office.code)
        for place in range(1, 1 + min(_DEPOSITS, CivilServant.objects.filter(sponsor=office).count())):
            told = f"SETORAN ASN PEDULI {service_number(number, place)}"
            yield day - timedelta(days=13 - place), _DEPOSIT_RP, told
        yield day - timedelta(days=4), _DEPOSIT_RP, "SETORAN TUNAI"
        yield day - timedelta(days=2), -2_500, "BIAYA ADM"

    def _reconcile(
        self,
        content: bytes,
        name: str,
        clock: FixedClock,
        *,
        source: Source = Source.REPORT,
        sponsor: Sponsor | None = None,
    ) -> None:
        staged = stage_file(
            content, name=name, source=source, sponsor=sponsor, acting_user=self.cast.officer, clock=clock
        )
        submit_file(staged.file, acting_user=self.cast.officer, clock=clock)
        accept_file(staged.file, acting_user=self.cast.branch, clock=clock)


def _rows(payments: list[Payment]) -> Iterator[list[Written]]:
    """A row of BPJS's report for each payment that had a pay code."""
    codes = dict(PayCode.objects.order_by("pk").values_list("notice_id", "code"))
    for payment in payments:
        if payment.notice_id in codes:
            yield [codes[payment.notice_id], payment.paid_on, payment.sponsor.name.upper(), payment.amount_rp]


def _report(rows: Iterable[list[Written]]) -> bytes:
    return write_workbook(
        _REPORT, rows, sheet="Laporan", title=["LAPORAN PEMBAYARAN IURAN", "Kantor Cabang Kendal", ""]
    )


def _statement(office: Sponsor, movements: Iterator[tuple[date, int, str]]) -> bytes:
    """A statement in the shape of Bank Jateng's."""
    out = io.StringIO()
    write, balance = csv.writer(out, delimiter=";").writerow, 1_250_000
    write(["BANK JATENG"])
    write([f"Nama : {office.name}"])
    write(["Nomor Rekening : 2012345678"])
    write(["Saldo Awal", _as_the_bank(balance)])
    write(["Tgl", "Keterangan", "No Bukti", "Debet", "Kredit", "Saldo"])
    for place, (day, rupiah, told) in enumerate(movements, start=1):
        balance += rupiah
        sides = ["", _as_the_bank(rupiah)] if rupiah > 0 else [_as_the_bank(-rupiah), ""]
        write([f"{day:%d-%m-%Y}", told, f"TRX{place:05d}", *sides, _as_the_bank(balance)])
    write(["Saldo Akhir", _as_the_bank(balance)])
    return out.getvalue().encode()


def _as_the_bank(rupiah: int) -> str:
    return f"{rupiah:,}".replace(",", ".") + ",00"
