"""KPJ, start and paid-through as BPJS's file of participants gives them: BPJS's figure wins over ours."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import recording
from payung.enrolment.models import Enrolment
from payung.enrolment.transitions import PAID, locked, note
from payung.kernel.clock import Clock
from payung.kernel.month import Month
from payung.store.bulk import bulk_update


@dataclass(frozen=True, slots=True)
class BpjsFacts:
    """What BPJS says of one way in; what it leaves out stays as it is."""

    kpj: str = ""
    starts_on: date | None = None
    paid_through: Month | None = None


@transaction.atomic
def record_bpjs_facts(
    facts: Mapping[int, BpjsFacts],
    *,
    source: str,
    on: date,
    is_whole: bool = False,
    acting_user: Viewer,
    clock: Clock,
) -> dict[int, dict[str, Any]]:
    """Write BPJS's facts of many ways in; give what stood there before, of those that changed.

    Each change is a note of its way with both values and its `source`; ways that ended keep theirs. `is_whole`: what
    is left out is taken away, as it was before. A few statements whatever the number.
    """
    acting_user.require(Permission.PAYMENT_CONFIRM)
    changed: dict[int, dict[str, Any]] = {}
    params: dict[int, dict[str, Any]] = {}
    rows = [row for row in locked(facts) if row.state not in Enrolment.ENDED]
    with recording(acting_user.actor, "enrolment.bpjs_facts") as event:
        for row in rows:
            before, after = _plain(row), _plain(row) | _given(facts[row.pk], is_whole=is_whole)
            if after != before:
                changed[row.pk], params[row.pk] = before, {"source": source, "before": before, **after}
                row.kpj, row.starts_on, row.paid_through = after["kpj"], _day(after["starts_on"]), after["paid_through"]
        moved = [row for row in rows if row.pk in changed]
        bulk_update(
            Enrolment,
            ("kpj", "starts_on", "paid_through"),
            ((row.pk, row.kpj, row.starts_on, row.paid_through) for row in moved),
        )
        note(moved, PAID, params=params, effective_on=on, event=event, acting_user=acting_user, clock=clock)
    return changed


def facts_before(before: Mapping[str, Any]) -> BpjsFacts:
    """What stood there, to be written again."""
    month = before["paid_through"]
    return BpjsFacts(before["kpj"], _day(before["starts_on"]), Month(month) if month is not None else None)


def _plain(row: Enrolment) -> dict[str, Any]:
    starts_on = row.starts_on.isoformat() if row.starts_on else ""
    return {"kpj": row.kpj, "starts_on": starts_on, "paid_through": row.paid_through}


def _given(facts: BpjsFacts, *, is_whole: bool) -> dict[str, Any]:
    given = {
        "kpj": facts.kpj,
        "starts_on": facts.starts_on.isoformat() if facts.starts_on else "",
        "paid_through": int(facts.paid_through) if facts.paid_through is not None else None,
    }
    return given if is_whole else {name: value for name, value in given.items() if value not in ("", None)}


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
