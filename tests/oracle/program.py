"""The same steps done by the program itself, by the names that the model uses."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import count, pairwise
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from django.db import transaction

from payung.access.errors import NotPermittedError, SamePersonError
from payung.access.permissions import Role
from payung.access.viewer import SYSTEM_VIEWER, Viewer
from payung.contributions.errors import LedgerError
from payung.contributions.models import Notice, PayCode, Payment
from payung.contributions.services import (
    allocate_payment,
    close_month,
    confirm_payment,
    end_pledge,
    identify_payment,
    issue_notice,
    record_pay_code,
    record_payment,
    reverse_months_after,
    reverse_payment,
    settle_death,
    settle_pair,
    withdraw_notice,
)
from payung.enrolment.errors import EnrolmentError
from payung.enrolment.models import Enrolment, EnrolmentEvent, Wadah
from payung.enrolment.services import leave, substitute
from payung.kernel.clock import FixedClock
from payung.kernel.month import Month
from payung.matching.pairs import Band, Pair
from payung.registry.errors import MergeRefusedError, UnmergeRefusedError, WorkerDataError
from payung.registry.models import Occupation, Region, SuspectedPair, Worker, WorkerMerger
from payung.registry.services import suspect_pairs, unmerge_workers
from payung.sponsors.errors import SponsorDataError
from payung.sponsors.models import Pledge, Sponsor
from payung.sponsors.services import make_pledge
from payung.vault.seal import seal
from tests.cast import add_viewer

BORN = date(1980, 1, 1)
FUNDS = {"A": "CSR", "B": "APBD", "C": "ASN"}
FURTHER = {
    "determined": ("proposed", "verified", "matched", "checked", "determined"),
    "active": ("determined", "registered", "sent", "accepted", "active"),
}
REFUSALS = (
    LedgerError,
    EnrolmentError,
    SponsorDataError,
    NotPermittedError,
    SamePersonError,
    WorkerDataError,
    MergeRefusedError,
    UnmergeRefusedError,
)


@dataclass(frozen=True, slots=True)
class Cast:
    """Who does what, and for whom; made once, before any example."""

    rina: Viewer
    wulan: Viewer
    dewi: Viewer
    sponsors: dict[str, Sponsor]
    wadah: Wadah


def make_cast(clock: FixedClock) -> Cast:
    """The office, its approver, BPJS, and three payers with other funds."""
    Region.objects.get_or_create(code="33.24.09.2001", defaults={"name": "Desa", "level": 4})
    for sector in ("LAINNYA", "TRANSPORTASI"):
        Occupation.objects.get_or_create(
            code=f"uji-{sector.lower()}", defaults={"name": f"Uji {sector}", "sector": sector}
        )
    sponsors = {
        name: Sponsor.objects.create(code=f"UJI{name}", name=f"Penyandang {name}", funds=funds, recorded_at=clock.now())
        for name, funds in FUNDS.items()
    }
    return Cast(
        add_viewer("Rina", Role.PETUGAS_DINAS, clock=clock),
        add_viewer("Wulan", Role.PENYETUJU_DINAS, clock=clock),
        add_viewer("Dewi", Role.PETUGAS_BPJS, clock=clock),
        sponsors,
        Wadah.objects.create(number="W1", name="Uji", type="01", recorded_at=clock.now()),
    )


@contextmanager
def whole() -> Iterator[None]:
    """One step: done or undone."""
    with transaction.atomic():
        yield


@dataclass
class Program:
    """Names of the model, and the rows that they stand for."""

    cast: Cast
    clock: FixedClock
    workers: dict[str, Worker] = field(default_factory=dict)
    ways: dict[str, int] = field(default_factory=dict)
    pledges: dict[str, Pledge] = field(default_factory=dict)
    notices: dict[str, Notice] = field(default_factory=dict)
    payments: dict[str, Payment] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    # -- people and pledges
    def register(self, name: str, sector: str) -> None:
        number = next(self.numbers)
        worker = Worker(
            public_id=uuid5(NAMESPACE_OID, name),
            nik_index=number.to_bytes(32, "big"),
            nik_birth_date=BORN,
            name=f"Pekerja {number}",
            name_folded=f"pekerja {number}",
            birth_date=BORN,
            sex="L",
            village_id="33.24.09.2001",
            occupation_id=f"uji-{sector.lower()}",
            recorded_at=self.clock.now(),
        )
        place = {"table": "registry_worker", "column": "nik_sealed", "public_id": str(worker.public_id)}
        worker.nik_sealed = seal(f"332409010180{number:04d}", **place)
        worker.save(force_insert=True)
        self.workers[name] = worker

    def join(self, way: str, worker: str, payer: str, pledge: str | None, place: int, state: str) -> None:
        made = Enrolment.objects.create(
            worker=self.workers[worker],
            sponsor=self.cast.sponsors[payer],
            pledge=self.pledges[pledge] if pledge else None,
            position=place,
            state=state,
            since=self.clock.today(),
            recorded_at=self.clock.now(),
        )
        self.ways[way] = made.pk

    def stand(self, way: str, state: str) -> None:
        """BPJS's answers are another module's: the way simply stands there."""
        more = {"kpj": "1", "starts_on": self.clock.today(), "wadah": self.cast.wadah} if state == "active" else {}
        Enrolment.objects.filter(pk=self.ways[way]).update(state=state, **more)
        steps = FURTHER[state]
        EnrolmentEvent.objects.bulk_create(
            EnrolmentEvent(
                enrolment_id=self.ways[way],
                from_state=before,
                to_state=after,
                effective_on=self.clock.today(),
                recorded_at=self.clock.now(),
                actor_id="uji",
                actor_label="uji",
            )
            for before, after in pairwise(steps)
        )

    def pledge(self, name: str, payer: str, quota: int, first: int, months: int, dasar: int, **more: Any) -> None:
        self.pledges[name] = make_pledge(
            self.cast.sponsors[payer],
            workers=quota,
            first_month=Month(first),
            months=months,
            dasar_upah_rp=dasar,
            client_key=name,
            renewal_of=self.pledges.get(more.get("renews", "")),
            **self._by(self.cast.rina),
        )

    def end_pledge(self, name: str) -> None:
        end_pledge(self.pledges[name], reason="uji", **self._by(self.cast.rina))

    def leave(self, way: str, on: date) -> None:
        leave([self.ways[way]], reason="pindah", effective_on=on, **self._by(self.cast.rina))

    def substitute(self, old: str, new: str, begins: int) -> None:
        rows = {row.pk: row for row in Enrolment.objects.filter(pk__in=[self.ways[old], self.ways[new]])}
        leaving = rows[self.ways[old]]
        substitute(
            leaving,
            rows[self.ways[new]],
            from_month=Month(begins),
            reason=leaving.reason if leaving.state == "left" else "pindah",
            **self._by(self.cast.rina),
        )

    def die(self, worker: str, on: date) -> None:
        settle_death(self._worker(worker), died_on=on, reason="akta", **self._by(self.cast.rina))

    def void_after(self, worker: str, month: int) -> None:
        reverse_months_after(self._worker(worker), month=Month(month), reason="uji", **self._by(self.cast.rina))

    def merge(self, one: str, other: str) -> None:
        left, right = self.workers[one], self.workers[other]
        suspected = Pair(str(left.public_id), str(right.public_id), 970_000, Band.REVIEW, (), "worker 1")
        suspect_pairs([suspected], source="uji", acting_user=SYSTEM_VIEWER, clock=self.clock)
        first, second = sorted((left.pk, right.pk))
        pair = SuspectedPair.objects.get(left=first, right=second)
        for viewer in (self.cast.rina, self.cast.wulan):
            pair.refresh_from_db()
            if settle_pair(pair, answer="same", reason="uji", seen_state=pair.state, **self._by(viewer)).merger:
                return

    def unmerge(self, worker: str) -> None:
        standing = WorkerMerger.objects.filter(worker=self.workers[worker], undoes__isnull=True, undone_by__isnull=True)
        unmerge_workers(standing.get(), reason="uji", **self._by(self.cast.wulan))

    # -- asking and paying
    def issue(self, name: str, pledge: str, first: int, months: int) -> str:
        """Gives the name under which the notice is known: a new one, or the one that stands."""
        made = issue_notice(self.pledges[pledge], first_month=Month(first), months=months, **self._by(self.cast.rina))
        known = {notice.pk: known for known, notice in self.notices.items()}
        if made.pk in known:
            return known[made.pk]
        self.notices[name] = made
        return name

    def pay_code(self, name: str, code: str, amount: int, months: int | None) -> None:
        due_on = PayCode.objects.filter(code=code).values_list("due_on", flat=True).first() or self.clock.today()
        record_pay_code(
            self.notices[name],
            code=code,
            amount_rp=amount,
            due_on=due_on,
            worker_months=months,
            **self._by(self.cast.dewi),
        )

    def withdraw_notice(self, name: str) -> None:
        withdraw_notice(self.notices[name], reason="uji", **self._by(self.cast.rina))

    def pay(self, name: str, payer: str, amount: int, paid_on: date, code: str = "", notice: str | None = None) -> None:
        self.payments[name] = record_payment(
            self.cast.sponsors[payer],
            amount_rp=amount,
            paid_on=paid_on,
            proof=b"bukti",
            proof_name="bukti.pdf",
            client_key=name,
            pay_code=code,
            notice=self.notices[notice] if notice else None,
            **self._by(self.cast.rina),
        )

    def identify(self, name: str, notice: str) -> None:
        identify_payment(self.payments[name], notice=self.notices[notice], **self._by(self.cast.wulan))

    def allocate_to(self, name: str, notice: str) -> None:
        allocate_payment(self.payments[name], to_notice=self.notices[notice], **self._by(self.cast.rina))

    def confirm(self, name: str, *, same_person: bool) -> None:
        confirm_payment(self.payments[name], **self._by(self.cast.rina if same_person else self.cast.dewi))

    def reverse(self, name: str) -> None:
        reverse_payment(self.payments[name], reason="uji", **self._by(self.cast.wulan))

    def close(self, month: int) -> None:
        close_month(Month(month), **self._by(self.cast.wulan))

    def _worker(self, name: str) -> Worker:
        return Worker.objects.get(pk=self.workers[name].pk)

    def _by(self, viewer: Viewer) -> dict[str, Any]:
        return {"acting_user": viewer, "clock": self.clock}


def refused(step: Callable[[], Any]) -> tuple[bool, Any]:
    """Do a step whole, or see it refused: (whether, what it gave)."""
    try:
        with whole():
            return False, step()
    except REFUSALS as error:
        return True, error
