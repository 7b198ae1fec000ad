"""A bank's statement of so many rows and as many participants of BPJS held against the ledger, beside their floor.

The floor in the same run: the same files parsed by the child alone, and the same lines bulk-written, nothing else.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.db import transaction

import payung.cli.boot  # noqa: F401  # starts Django before the models below
from bench.home import CLOCK, TODAY
from bench.meter import metered
from payung.access.permissions import Role, ScopeKind
from payung.access.viewer import SYSTEM_VIEWER, GrantedRole, Viewer
from payung.audit.actor import Actor
from payung.contributions.models import Notice, ReconciliationFile, ReconciliationLine
from payung.contributions.reconciliation.services import accept_file, submit_file
from payung.contributions.reconciliation.staging import stage_file
from payung.contributions.services import confirm_payment, issue_notice, record_pay_code, record_payment
from payung.enrolment.models import Enrolment, Wadah
from payung.kernel.month import Month
from payung.kernel.public_id import new_public_id
from payung.registry.models import Worker
from payung.sponsors.models import Pledge, Sponsor
from payung.store.bulk import bulk_insert, bulk_update
from payung.tabular.reading import read_rows

Source = ReconciliationFile.Source
MONTH = Month.of(TODAY)
PLEDGES = 12
CONFIRMER = Viewer(Actor("person", "confirmer", "Dewi"), 0, (GrantedRole(Role.PETUGAS_BPJS, ScopeKind.REGENCY, ""),))
_COLUMNS = (
    *("public_id", "worker_id", "sponsor_id", "pledge_id", "position", "source", "state", "since", "reason", "kpj"),
    "recorded_at",
)


def pledges(workers: int) -> list[Pledge]:
    """Twelve sponsors, each with an equal share of determined workers."""
    ids = list(Worker.objects.order_by("pk").values_list("pk", flat=True)[:workers])
    made = []
    for number in range(PLEDGES):
        sponsor = Sponsor.objects.create(code=f"B{number}", name=f"PT {number}", funds="CSR", recorded_at=CLOCK.now())
        share = ids[number::PLEDGES]
        pledge = Pledge.objects.create(
            sponsor=sponsor,
            quota=len(share),
            first_month=int(MONTH),
            months=6,
            dasar_upah_rp=1_000_000,
            pledged_by="bench",
            pledged_on=TODAY,
            recorded_at=CLOCK.now(),
        )
        enrol(share, pledge)
        made.append(pledge)
    return made


def enrol(worker_ids: Sequence[int], pledge: Pledge) -> None:
    with transaction.atomic():
        bulk_insert(
            Enrolment,
            _COLUMNS,
            (
                (
                    new_public_id(),
                    worker,
                    pledge.sponsor_id,
                    pledge.pk,
                    place,
                    "bench",
                    "determined",
                    TODAY,
                    "",
                    "",
                    CLOCK.now(),
                )
                for place, worker in enumerate(worker_ids, start=1)
            ),
        )


def pay(notice: Notice) -> None:
    code = record_pay_code(
        notice,
        code=f"K{notice.pk:010d}",
        amount_rp=notice.total_rp,
        due_on=TODAY,
        acting_user=SYSTEM_VIEWER,
        clock=CLOCK,
    )
    payment = record_payment(
        notice.sponsor,
        amount_rp=notice.total_rp,
        paid_on=TODAY,
        proof=b"bench",
        proof_name="bukti.pdf",
        client_key=str(notice.public_id),
        pay_code=code.code,
        acting_user=SYSTEM_VIEWER,
        clock=CLOCK,
    )
    confirm_payment(payment, acting_user=CONFIRMER, clock=CLOCK)


def covered(workers: int) -> list[Enrolment]:
    """Workers with a KPJ each, their month paid and in force."""
    for pledge in pledges(workers):
        pay(issue_notice(pledge, first_month=MONTH, months=1, acting_user=SYSTEM_VIEWER, clock=CLOCK))
    wadah = Wadah.objects.create(number="BENCH", name="Bench", type="RT", recorded_at=CLOCK.now())
    ways = list(Enrolment.objects.select_related("worker").order_by("pk")[:workers])
    with transaction.atomic():
        rows = ((way.pk, f"24{way.pk:09d}", TODAY, wadah.pk, "active") for way in ways)
        bulk_update(Enrolment, ("kpj", "starts_on", "wadah_id", "state"), rows)
    return ways


def statement(rows: int) -> bytes:
    """A month of deposits as BRI writes them."""
    lines, balance = ["NO. REKENING;001201000123305", "TANGGAL;TRANSAKSI;DEBET;KREDIT;SALDO"], 0
    for number in range(rows):
        day = date(2026, 10, 1) + timedelta(days=number * 31 // rows)
        amount = 16_800 + number
        balance += amount
        lines.append(f"{day:%d/%m/%y} 08:15:20;SETORAN ASN PEDULI {number:06d};0.00;{amount:,}.00;{balance:,}.00")
    return "\n".join(lines).encode()


def participants(ways: list[Enrolment]) -> bytes:
    """BPJS's file of the same people."""
    through = f"{MONTH.first_day:%m/%Y}"
    rows = (f"24{way.pk:09d};3324********0001;{way.worker.name};{TODAY:%d/%m/%Y};{through}" for way in ways)
    return "\n".join(["KPJ;NIK;Nama Peserta;TMT;Iuran Sampai", *rows]).encode()


def measure(rows: int) -> dict[str, object]:
    ways = covered(rows)
    sponsor = ways[0].sponsor
    files = {Source.STATEMENT: statement(rows), Source.PARTICIPANTS: participants(ways)}
    figures: dict[str, object] = {"measure": "reconciliation", "rows": rows, "bar_s": 3.0}
    staged = []
    with metered(figures):  # type: ignore[arg-type]
        for source, content in files.items():
            with metered(figures, str(source)):  # type: ignore[arg-type]
                owner = sponsor if source == Source.STATEMENT else None
                done = stage_file(
                    content,
                    name="berkas.csv",
                    source=source,
                    sponsor=owner,
                    month=MONTH,
                    acting_user=SYSTEM_VIEWER,
                    clock=CLOCK,
                )
                staged.append(done.file)
    with metered(figures, "accepting"):  # type: ignore[arg-type]
        for file in staged:
            submit_file(file, acting_user=SYSTEM_VIEWER, clock=CLOCK)
            accept_file(file, acting_user=CONFIRMER, clock=CLOCK)
    figures["lines"] = ReconciliationLine.objects.filter(side="theirs").count()
    assert figures["lines"] == 2 * rows
    floor(figures, files)
    return figures


def floor(figures: dict[str, object], files: dict[Source, bytes]) -> None:
    """Parse the same bytes, write the same lines once more, under other numbers."""
    columns = [field.attname for field in ReconciliationLine._meta.concrete_fields if field.attname != "id"]
    rows = list(ReconciliationLine.objects.values_list(*columns))
    place = columns.index("row_number")
    with metered(figures, "floor"):  # type: ignore[arg-type]
        for content in files.values():
            read_rows(content, name="berkas.csv")
        with transaction.atomic():
            bulk_insert(ReconciliationLine, columns, renumbered(rows, place))


def renumbered(rows: list[tuple[object, ...]], place: int) -> Iterator[list[object]]:
    """The same rows under numbers that nobody has taken."""
    for row in rows:
        changed: list[object] = list(row)
        changed[place] = int(changed[place]) + 1_000_000  # type: ignore[call-overload]
        yield changed


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, required=True)
    print(json.dumps(measure(parser.parse_args().rows)))
