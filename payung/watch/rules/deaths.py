"""Enrolled after the event, and enrolled when dying."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import F, Min, Q

from payung.access.models import User
from payung.contributions.invariants.violation import rows
from payung.kernel.clock import BUSINESS_ZONE
from payung.registry.models import Worker
from payung.sponsors.models import Sponsor
from payung.watch.chance import at_least, expected_deaths, mortality
from payung.watch.rules.found import Found

SOON = 90
FEWEST_DEATHS = 3
# Chance enough to explain: one false alarm in a hundred runs, however many groups are compared.
ALARM = 0.01


def after_death(today: date) -> list[Found]:
    """Somebody whose way in was begun, or for whom was first paid, after the day they died."""
    dead = Worker.objects.filter(died_on__isnull=False, enrolments__isnull=False).annotate(
        began=Min("enrolments__recorded_at"), paid=Min("covered_months__payment__paid_on")
    )
    asked = dead.filter(Q(began__date__gt=F("died_on")) | Q(paid__gt=F("died_on"))).order_by("pk")
    found = []
    for worker in asked:
        died_on = worker.died_on or today
        began = worker.began.astimezone(BUSINESS_ZONE).date()
        late = worker.paid is not None and worker.paid > died_on
        if began <= died_on and not late:
            continue
        figures = {"died_on": died_on.isoformat(), "began": began.isoformat()}
        figures["paid"] = worker.paid.isoformat() if worker.paid else ""
        found.append(Found(f"after-death:{worker.public_id}:{worker.died_on}", "registry.worker",
                           str(worker.public_id), worker.name, figures))  # fmt: skip
    return found


@dataclass(slots=True)
class Group:
    """The people whom one payer or one officer brought in: how many, how many deaths expected, how many there were."""

    people: int = 0
    expected: float = 0.0
    deaths: int = 0


def soon_after_cover(today: date) -> list[Found]:
    """Payers and officers under whom more died within ninety days of their first cover than chance explains."""
    sponsors = {str(pk): (str(key), name) for pk, key, name in Sponsor.objects.values_list("pk", "public_id", "name")}
    people = {str(key): name for key, name in User.objects.values_list("public_id", "name")}
    payers = _groups("f.sponsor_id", "", today)
    officers = _groups("v.actor_id", OFFICERS, today)
    told = [_told(*sponsors[key], "sponsors.sponsor", group) for key, group in _unlikely(payers)]
    told += [_told(key, people.get(key, key), "access.user", group, about=(key,)) for key, group in _unlikely(officers)]
    return told


OFFICERS = (
    "JOIN enrolment_enrolment e ON e.worker_id = f.worker_id AND e.sponsor_id = f.sponsor_id "
    "JOIN enrolment_enrolmentevent v ON v.enrolment_id = e.id AND v.to_state = 'verified' AND v.from_state = 'proposed'"
)
FIRST = (
    "(SELECT sponsor_id, worker_id, MIN(covered_from) AS start FROM contributions_coveredmonth "
    "WHERE program = 'JKK' GROUP BY sponsor_id, worker_id) f"
)


def _groups(by: str, joined: str, today: date) -> dict[str, Group]:
    """Everybody's first cover under a payer, counted by birth year and first day: a few rows a group."""
    year = "substr(w.birth_date, 1, 4)" if connection.vendor == "sqlite" else "EXTRACT(YEAR FROM w.birth_date)"
    source = f"FROM {FIRST} JOIN registry_worker w ON w.id = f.worker_id {joined}"
    counted = rows(f"SELECT {by}, {year}, f.start, COUNT(*) {source} GROUP BY {by}, {year}, f.start")
    groups: dict[str, Group] = defaultdict(Group)
    for key, born, start, count in counted:
        days = min(SOON, (today - _day(start)).days)
        if days <= 0:
            continue
        group = groups[str(key)]
        group.people += count
        group.expected += count * expected_deaths(_day(start).year - int(born), days)
    died = rows(f"SELECT {by}, f.start, w.died_on {source} WHERE w.died_on IS NOT NULL")
    for key, start, died_on in died:
        if _day(start) <= _day(died_on) <= _day(start) + timedelta(days=SOON) and str(key) in groups:
            groups[str(key)].deaths += 1
    return groups


def _unlikely(groups: dict[str, Group]) -> Iterable[tuple[str, Group]]:
    limit = ALARM / max(len(groups), 1)
    return [
        (key, group)
        for key, group in sorted(groups.items())
        if group.deaths >= FEWEST_DEATHS and at_least(group.deaths, group.expected) < limit
    ]


def _told(subject: str, label: str, kind: str, group: Group, *, about: tuple[str, ...] = ()) -> Found:
    chance = at_least(group.deaths, group.expected)
    figures: dict[str, Any] = {
        "people": group.people,
        "deaths": group.deaths,
        "expected": f"{group.expected:.2f}",
        "one_in": round(1 / chance) if chance > 1e-9 else 10**9,
        "confidence": mortality()["confidence"],
    }
    return Found(f"dying:{kind}:{subject}:{group.deaths}", kind, subject, label, figures, about)


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)
