"""Who acts, and the one door through which every deed goes: counted, a second after the last, sometimes cut off."""

from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any, TypeVar

from django.db import connection

from payung.access.permissions import Role
from payung.access.viewer import Viewer
from payung.audit.models import AuditHead
from payung.contributions.models import (
    CoveredMonth,
    CoverLine,
    JournalEntry,
    Notice,
    NoticeLine,
    PayCode,
    Payment,
    Posting,
)
from payung.enrolment.models import Determination, Enrolment, EnrolmentEvent
from payung.registry.models import PairDecision, Worker, WorkerMerger
from payung.sponsors.models import Pledge, Sponsor
from tests.cast import add_viewer
from tests.world.chance import WorldClock

T = TypeVar("T")
GROWING = (
    *(JournalEntry, Posting, CoverLine, CoveredMonth, Notice, NoticeLine, PayCode, Payment),
    *(Sponsor, Pledge, Worker, PairDecision, WorkerMerger, Enrolment, EnrolmentEvent, Determination),
)
CUT_OFF = 0.02
STATEMENTS = 40  # about as many as a payment takes


class WorldBrokenError(Exception):
    """The program differs from the world's account."""


class CutOffError(BaseException):
    """The process ends here, between two statements."""


class Office:
    """Four officers, and how their deeds are done."""

    def __init__(self, dice: Random, ids: Random, clock: WorldClock) -> None:
        self.dice, self.ids, self.clock = dice, ids, clock
        self.deeds, self.faults = Counter[str](), Counter[str]()
        self.rina: Viewer = add_viewer("Rina", Role.PETUGAS_DINAS, clock=clock)
        self.wulan: Viewer = add_viewer("Wulan", Role.PENYETUJU_DINAS, clock=clock)
        self.dewi: Viewer = add_viewer("Dewi", Role.PETUGAS_BPJS, clock=clock)
        self.bagus: Viewer = add_viewer("Bagus", Role.BENDAHARA, clock=clock)

    def do(self, deed: str, call: Callable[[], T]) -> T:
        """Do it; now and then the process dies within, everything is as before, and it is done again."""
        self.clock.tick()
        self.deeds[deed] += 1
        return self._cut_off(deed, call) if self.dice.random() < CUT_OFF else call()

    def refused(self, fault: str, error: type[Exception], call: Callable[[], Any]) -> None:
        """Do what must be refused."""
        self.clock.tick()
        self.faults[fault] += 1
        before = standing()
        try:
            call()
        except error:
            expect(f"after {fault}", standing(), before)
            return
        raise WorldBrokenError(f"{fault} was not refused")

    def _cut_off(self, deed: str, call: Callable[[], T]) -> T:
        """Die at some statement; a deed that has fewer is done by then."""
        at = self.dice.randint(1, STATEMENTS)
        before, ids = standing(), self.ids.getstate()
        try:
            with connection.execute_wrapper(_Dying(at)):
                return call()
        except CutOffError:
            self.faults["cut off"] += 1
        # The two databases take other statements to the same end: what the attempt drew of the ids is put back.
        self.ids.setstate(ids)
        expect(f"after {deed} was cut off at statement {at}", standing(), before)
        return call()


class _Dying:
    """Dies before one of the statements; savepoints and their rollback are not counted."""

    def __init__(self, last: int) -> None:
        self.left = last

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if "SAVEPOINT" not in sql:
            self.left -= 1
            if self.left == 0:
                raise CutOffError
        return execute(sql, params, many, context)


_ENDS = " UNION ALL ".join(
    [
        *(f"SELECT '{model._meta.db_table}', MAX(id), '' FROM {model._meta.db_table}" for model in GROWING),
        f"SELECT 'head', sequence, {{hash}} FROM {AuditHead._meta.db_table}",
    ]
)
_HASH = {"sqlite": "hex(hash)", "postgresql": "encode(hash, 'hex')"}


def standing() -> list[Any]:
    """The end of every table that grows, and of the record: any trace of a deed shows here."""
    with connection.cursor() as cursor:
        cursor.execute(_ENDS.format(hash=_HASH[connection.vendor]))
        return sorted(cursor.fetchall())


def expect(what: str, found: Any, wanted: Any) -> None:
    """Raise where the program says something else than the account."""
    if found != wanted:
        raise WorldBrokenError(f"{what}: the program says {found!r}, the account {wanted!r}")
