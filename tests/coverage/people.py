"""Workers and covered months as the counting finds them, written in bulk: what leads to them is told elsewhere."""

import hashlib
from collections.abc import Iterable
from datetime import date

from payung.contributions.models import CoveredMonth, JournalEntry, Payment
from payung.enrolment.models import Enrolment
from payung.kernel.clock import Clock
from payung.kernel.month import Month
from payung.kernel.public_id import new_public_id
from payung.registry.models import Occupation, Region, Worker
from payung.sponsors.models import Sponsor
from payung.store.bulk import bulk_insert, reserve_ids

KENDAL = "33.24"
OJEK, ASONGAN = "tukang-ojek", "pedagang-asongan"
NGAMPEL = "33.24.19"
REGIONS = {
    "33": ("Jawa Tengah", 1, None),
    KENDAL: ("Kendal", 2, "33"),
    "33.24.08": ("Kaliwungu", 3, KENDAL),
    "33.24.15": ("Kota Kendal", 3, KENDAL),
    NGAMPEL: ("Ngampel", 3, KENDAL),
    "33.24.08.2011": ("Sarirejo", 4, "33.24.08"),
    "33.24.08.2012": ("Krajankulon", 4, "33.24.08"),
    "33.24.15.1001": ("Candiroto", 4, "33.24.15"),
    "33.24.15.1002": ("Sukodono", 4, "33.24.15"),
    "33.24.19.2001": ("Dempelrejo", 4, NGAMPEL),
}
SARIREJO, KRAJANKULON, CANDIROTO, SUKODONO, DEMPELREJO = (code for code in REGIONS if len(code) == 13)


def add_regions() -> None:
    for code, (name, level, parent) in REGIONS.items():
        Region.objects.create(code=code, name=name, level=level, kind="x", parent_id=parent, postal_code="")


def add_occupations() -> None:
    Occupation.objects.create(code=OJEK, name="Tukang ojek", group="Transportasi", sector="TRANSPORTASI")
    Occupation.objects.create(code=ASONGAN, name="Pedagang asongan", group="Perdagangan", sector="LAINNYA")


def _filled(model: type, **values: object) -> dict[str, object]:
    """Every column that has no default of the database: a model that gains a field does not break these tests."""
    columns: dict[str, object] = {}
    for field in model._meta.concrete_fields:  # type: ignore[attr-defined]
        if field.primary_key or field.attname in values:
            continue
        if field.has_default():
            columns[field.attname] = field.get_default()
        elif field.null:
            columns[field.attname] = None
        else:
            columns[field.attname] = {"BinaryField": b"\x00" * 32, "BooleanField": False, "JSONField": {}}.get(
                field.get_internal_type(), "" if field.get_internal_type() in ("CharField", "EmailField") else 0
            )
    return columns | values


def add_workers(
    count: int,
    *,
    village: str,
    clock: Clock,
    occupation: str | None = ASONGAN,
    born: date = date(1985, 5, 5),
    died_on: date | None = None,
) -> list[int]:
    ids = reserve_ids(Worker, count)
    rows = [
        _filled(
            Worker,
            id=pk,
            public_id=new_public_id(),
            nik_index=hashlib.sha256(f"{pk}".encode()).digest(),
            nik_birth_date=born,
            name=f"Sari {pk}",
            birth_date=born,
            sex="P",
            village_id=village,
            occupation_id=occupation,
            died_on=died_on,
            recorded_at=clock.now(),
        )
        for pk in ids
    ]
    _insert(Worker, rows)
    return list(ids)


def cover(
    workers: Iterable[int],
    *,
    sponsor: Sponsor,
    months: Iterable[Month],
    clock: Clock,
    state: str = "berlaku",
    programs: tuple[str, ...] = ("JKK", "JKM"),
) -> None:
    """Cover workers for months, as a payment of the sponsor's would."""
    people, span = list(workers), list(months)
    ways = dict(Enrolment.objects.filter(worker_id__in=people, sponsor=sponsor).values_list("worker_id", "pk"))
    new = [worker for worker in people if worker not in ways]
    ids = reserve_ids(Enrolment, len(new))
    way = {"sponsor_id": sponsor.pk, "state": "left", "reason": "masa_berakhir", "since": clock.today()}
    _insert(
        Enrolment,
        [
            _filled(Enrolment, id=pk, public_id=new_public_id(), worker_id=worker, recorded_at=clock.now(), **way)
            for pk, worker in zip(ids, new, strict=True)
        ],
    )
    ways |= dict(zip(new, ids, strict=True))
    key = f"test:{new_public_id()}"
    payment = Payment.objects.create(
        **_filled(
            Payment,
            sponsor_id=sponsor.pk,
            amount_rp=8_400 * len(people) * len(span) or 1,
            paid_on=clock.today(),
            client_key=key[:64],
            recorded_by="x",
            recorded_at=clock.now(),
        )
    )
    entry = JournalEntry.objects.create(
        natural_key=key,
        kind="allocation",
        effective_on=clock.today(),
        recorded_at=clock.now(),
        actor_id="",
        actor_label="",
    )
    _insert(
        CoveredMonth,
        [
            _filled(
                CoveredMonth,
                worker_id=worker,
                program=program,
                month=int(month),
                sponsor_id=sponsor.pk,
                enrolment_id=ways[worker],
                payment_id=payment.pk,
                entry_id=entry.pk,
                amount_rp=4_200,
                covered_from=month.first_day,
                state=state,
            )
            for worker in people
            for month in span
            for program in programs
        ],
    )


def _insert(model: type, rows: list[dict[str, object]]) -> None:
    if rows:
        columns = list(rows[0])
        bulk_insert(model, columns, ([row[name] for name in columns] for row in rows))  # type: ignore[type-var]
