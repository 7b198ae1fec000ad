"""Looking through the books, and keeping what was found."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import recording
from payung.kernel.clock import Clock
from payung.watch.invariants import SHOWN_ROWS, Checked, check_each
from payung.watch.models import CheckRun


def run_checks(
    *,
    acting_user: Viewer,
    clock: Clock,
    only: frozenset[str] = frozenset(),
    tell: Callable[[Checked], None] = lambda _: None,
) -> CheckRun:
    """Run the checkers, tell each answer as it is found, and keep the run; looking takes no lock of its own."""
    acting_user.require(Permission.LEDGER_CHECK)
    started, results = clock.now(), []
    for checked in check_each(only):
        tell(checked)
        results.append(_kept(checked))
    return _keep(results, started_at=started, is_whole=not only, acting_user=acting_user, clock=clock)


@transaction.atomic
def _keep(
    results: list[dict[str, Any]], *, started_at: Any, is_whole: bool, acting_user: Viewer, clock: Clock
) -> CheckRun:
    with recording(acting_user.actor, "watch.check") as event:
        run = CheckRun.objects.create(
            started_at=started_at,
            finished_at=clock.now(),
            asked_by=acting_user.actor.id,
            asked_label=acting_user.actor.label,
            is_whole=is_whole,
            broken=sum(result["state"] == "broken" for result in results),
            results=results,
        )
        event.touch("watch.check_run", run.public_id)
    return run


def _kept(checked: Checked) -> dict[str, Any]:
    return {
        "number": checked.invariant.number,
        "state": checked.state,
        "found": len(checked.violations),
        "milliseconds": round(checked.seconds * 1000),
        "rows": [violation.as_dict() for violation in checked.violations[:SHOWN_ROWS]],
    }
