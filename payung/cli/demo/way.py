"""One sponsor's way through the chain, a step a day, each through the service that a person would use."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from payung.cli.demo.cast import Cast
from payung.cli.demo.lists import dukcapil_answer
from payung.cli.demo.people import SyntheticPerson
from payung.contributions.models import Notice
from payung.contributions.services import confirm_payment, issue_notice, record_pay_code, record_payment
from payung.enrolment.answer_files import ACCEPTED, ACTIVATED, GivenRow
from payung.enrolment.bases import BASES_OF
from payung.enrolment.models import BpjsBatch, Determination, Enrolment, VerificationEntry, Wadah
from payung.enrolment.services import (
    Paper,
    PayOrder,
    add_wadah,
    approve_determination,
    assign_to_pledge,
    close_round,
    export_batch_for_bpjs,
    export_for_dukcapil,
    import_acceptance,
    import_activation,
    import_dukcapil_answer,
    open_round,
    prepare_determination,
    record_bpjs_check,
    record_for_all,
    record_results,
    register_in_wadah,
)
from payung.kernel.clock import FixedClock
from payung.kernel.month import Month
from payung.sponsors.models import Pledge, Sponsor
from payung.sponsors.services import make_pledge

LETTER = b"%PDF-1.4\n% DATA CONTOH: surat rekaan\n%%EOF\n"
State = Enrolment.State


@dataclass(slots=True)
class Way:
    """A sponsor with its people on their way; `people` by worker id, as the lists named them."""

    number: int
    sponsor: Sponsor
    cast: Cast
    people: dict[int, SyntheticPerson] = field(default_factory=dict)
    pledge: Pledge | None = None
    wadah: Wadah | None = None
    batch: BpjsBatch | None = None
    codes: int = 0

    def promise(self, clock: FixedClock, *, workers: int, first: Month, months: int) -> None:
        """Make a pledge; one after another is a renewal."""
        self.pledge = make_pledge(
            self.sponsor,
            workers=workers,
            first_month=first,
            months=months,
            renewal_of=self.pledge,
            acting_user=self.cast.officer,
            clock=clock,
        )

    def verify(self, clock: FixedClock) -> None:
        """Visit everybody proposed; one in forty is not found, one in sixty has moved."""
        opened = open_round(
            number=f"BA-{self.sponsor.code}/{clock.today():%m/%Y}",
            held_on=clock.today(),
            sponsor=self.sponsor,
            acting_user=self.cast.officer,
            clock=clock,
        )
        places = (
            VerificationEntry.objects.filter(round=opened).order_by("position").values_list("enrolment_id", flat=True)
        )
        odd = dict.fromkeys(places[20::40], ("tidak_ditemukan", "Rumah kosong"))
        odd |= dict.fromkeys(places[35::60], ("pindah", "Pindah ke luar kabupaten"))
        record_results(opened, odd, acting_user=self.cast.officer, clock=clock)
        record_for_all(opened, "layak", acting_user=self.cast.officer, clock=clock)
        close_round(opened, acting_user=self.cast.officer, clock=clock)

    def hand_to_dukcapil(self, clock: FixedClock) -> None:
        """Send everybody verified to Dukcapil."""
        export_for_dukcapil(enrolment_ids=self._in(State.VERIFIED), acting_user=self.cast.officer, clock=clock)

    def hear_from_dukcapil(self, clock: FixedClock) -> None:
        """Nearly all match; one in eighty does not, and waits for mending."""
        rows = []
        for place, (worker_id,) in enumerate(self._rows(State.VERIFIED, "worker_id")):
            person = self.people[worker_id]
            rows.append((person.nik, person.name, "TIDAK PADAN" if place % 80 == 79 else "PADAN"))
        import_dukcapil_answer(
            dukcapil_answer(rows),
            file_name=f"padan-{self.sponsor.code}.csv",
            acting_user=self.cast.officer,
            clock=clock,
        )

    def ask_bpjs(self, clock: FixedClock) -> None:
        """Nobody is registered yet."""
        rows = [
            GivenRow(place, result="belum_terdaftar", enrolment_id=pk)
            for place, pk in enumerate(self._in(State.MATCHED), start=1)
        ]
        record_bpjs_check(rows, paper=self._letter("cek"), acting_user=self.cast.officer, clock=clock)

    def prepare(self, clock: FixedClock) -> None:
        """Give everybody checked a place in the pledge, and put them on a list that rests on its paper."""
        if self.pledge is not None:
            waiting = self._rows(State.CHECKED, "pk", pledge__isnull=True)
            assign_to_pledge(
                [pk for (pk,) in waiting][: self.pledge.quota],
                pledge=self.pledge,
                acting_user=self.cast.officer,
                clock=clock,
            )
        prepare_determination(
            self.sponsor,
            basis=min(BASES_OF[self.sponsor.funds]),
            number=f"{self.number:03d}/{clock.today():%m/%Y}",
            dated_on=clock.today() - timedelta(days=1),
            file=LETTER,
            file_name="dasar.pdf",
            acting_user=self.cast.officer,
            clock=clock,
        )

    def approve(self, clock: FixedClock) -> None:
        """The approver signs the list as it was shown."""
        open_one = Determination.objects.filter(sponsor=self.sponsor, approved_at__isnull=True).latest("pk")
        approve_determination(
            open_one, seen_hash=bytes(open_one.content_hash), acting_user=self.cast.approver, clock=clock
        )

    def register(self, clock: FixedClock) -> None:
        """Put everybody determined into the sponsor's wadah."""
        if self.wadah is None:
            self.wadah = add_wadah(
                f"NPW{self.number:05d}",
                name=f"Wadah {self.sponsor.name}",
                branch="Kendal",
                agreement=f"IKS/{self.number:03d}/2025",
                funder=self.sponsor,
                acting_user=self.cast.officer,
                clock=clock,
            )
        register_in_wadah(self.wadah, sponsor=self.sponsor, acting_user=self.cast.officer, clock=clock)

    def send(self, clock: FixedClock) -> None:
        """Send the batch to BPJS."""
        if self.wadah is not None:
            self.batch = export_batch_for_bpjs(self.wadah, acting_user=self.cast.officer, clock=clock).batch

    def ask_for_money(self, clock: FixedClock, *, first: Month, months: int) -> Notice:
        """Tell the payer what is due."""
        if self.pledge is None:
            raise LookupError(f"{self.sponsor.code} has no pledge.")
        return issue_notice(self.pledge, first_month=first, months=months, acting_user=self.cast.officer, clock=clock)

    def hear_from_bpjs(self, clock: FixedClock, notice: Notice) -> None:
        """BPJS accepts everybody and issues its pay code."""
        if self.batch is None:
            return
        sent = self._in(State.SENT)
        rows = [GivenRow(place, result=ACCEPTED, enrolment_id=pk) for place, pk in enumerate(sent, start=1)]
        import_acceptance(
            self.batch,
            rows,
            paper=self._letter("terima"),
            pay_order=self._pay_order(clock, notice),
            acting_user=self.cast.branch,
            clock=clock,
        )
        self.get_pay_code(clock, notice)

    def get_pay_code(self, clock: FixedClock, notice: Notice) -> None:
        """Write BPJS's pay code down."""
        order = self._pay_order(clock, notice)
        self.codes += 1
        record_pay_code(
            notice,
            code=order.code,
            amount_rp=order.amount_rp,
            due_on=order.due_on,
            acting_user=self.cast.officer,
            clock=clock,
        )

    def pay(self, clock: FixedClock, notice: Notice, *, percent: int = 100) -> None:
        """The payer pays; the proof is kept."""
        record_payment(
            self.sponsor,
            amount_rp=notice.total_rp * percent // 100,
            paid_on=clock.today(),
            proof=LETTER + notice.number.encode(),  # each its own, as of real payments
            proof_name=f"bukti-{self.sponsor.code}.pdf",
            client_key=f"demo:{notice.public_id}",
            notice=notice,
            acting_user=self.cast.officer,
            clock=clock,
        )

    def confirm(self, clock: FixedClock, notice: Notice) -> None:
        """The branch confirms what came in."""
        for payment in notice.payments.filter(confirmed_at__isnull=True, reversed_at__isnull=True):
            confirm_payment(payment, acting_user=self.cast.branch, clock=clock)

    def activate(self, clock: FixedClock, *, first: Month, through: Month) -> None:
        """BPJS gives everybody accepted a KPJ, the start and the month that is paid through."""
        rows = [
            GivenRow(
                place,
                result=ACTIVATED,
                enrolment_id=pk,
                kpj=f"26{self.number:02d}{pk:07d}",
                starts_on=max(first.first_day, clock.today()),
                paid_through=through,
            )
            for place, pk in enumerate(self._in(State.ACCEPTED), start=1)
        ]
        if rows:
            import_activation(
                rows, paper=self._letter("kpj"), batch=self.batch, acting_user=self.cast.branch, clock=clock
            )

    def carry_on(self, clock: FixedClock) -> None:
        """Carry everybody active over into the new pledge."""
        if self.pledge is not None:
            assign_to_pledge(
                self._in(State.ACTIVE)[: self.pledge.quota],
                pledge=self.pledge,
                renewal=True,
                acting_user=self.cast.officer,
                clock=clock,
            )

    def _pay_order(self, clock: FixedClock, notice: Notice) -> PayOrder:
        code = f"8{self.number:03d}{self.codes:03d}{int(notice.first_month):06d}"
        return PayOrder(code, notice.total_rp, clock.today() + timedelta(days=14))

    def _letter(self, kind: str) -> Paper:
        return Paper(
            LETTER + kind.encode(), f"{kind}-{self.sponsor.code}.pdf", letter_number=f"B/{kind}/{self.number:03d}"
        )

    def _in(self, state: str) -> list[int]:
        return [pk for (pk,) in self._rows(state, "pk")]

    def _rows(self, state: str, *columns: str, **more: object) -> Sequence[tuple[int, ...]]:
        found = Enrolment.objects.filter(sponsor=self.sponsor, state=state, **more).order_by("position", "pk")
        return list(found.values_list(*columns))
