"""Ghosts: months paid for somebody whom nobody has seen, whom no office knows, or who shares what is one's own."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from payung.contributions.models import CoveredMonth
from payung.enrolment.models import Enrolment, EnrolmentEvent
from payung.kernel.funds import Program
from payung.kernel.month import Month
from payung.registry.models import Worker, WorkerBlocks
from payung.watch.rules.found import Found

WAITED_DAYS = 60
MANY_ON_ONE_PHONE = 5
MANY_AT_ONE_ADDRESS = 15
SHOWN = 20


def _paid_before(day: date) -> QuerySet[CoveredMonth]:
    return CoveredMonth.objects.filter(
        enrolment=OuterRef("pk"), program=Program.JKK, payment__confirmed_at__isnull=False, payment__paid_on__lt=day
    )


def without_kpj(today: date) -> list[Found]:
    """Payers whose months BPJS confirmed two months ago and for whose people no KPJ has come since."""
    waiting = Enrolment.objects.filter(kpj="").filter(Exists(_paid_before(today - timedelta(days=WAITED_DAYS))))
    counted = _by_sponsor(waiting, people=Count("pk"))
    return [_of_sponsor("no-kpj", row, today, {"people": row["people"], "days": WAITED_DAYS}) for row in counted]


def without_steps(today: date) -> list[Found]:
    """Payers with people who are covered though nobody verified them, or Dukcapil never said that they exist."""
    steps = EnrolmentEvent.objects.filter(enrolment=OuterRef("pk"))
    covered = Enrolment.objects.filter(
        Exists(CoveredMonth.objects.filter(enrolment=OuterRef("pk"), program=Program.JKK))
    ).annotate(
        seen=Exists(steps.filter(to_state=Enrolment.State.VERIFIED)),
        padan=Exists(steps.filter(to_state=Enrolment.State.MATCHED)),
    )
    lacking = covered.filter(Q(seen=False) | Q(padan=False))
    counted = _by_sponsor(
        lacking, unverified=Count("pk", filter=Q(seen=False)), unmatched=Count("pk", filter=Q(padan=False))
    )
    return [
        _of_sponsor("no-steps", row, today, {"unverified": row["unverified"], "unmatched": row["unmatched"]})
        for row in counted
    ]


def one_phone(_today: date) -> list[Found]:
    """Many covered people with one telephone (by its keyed hash: the number stays sealed)."""
    groups: Any = (
        WorkerBlocks.objects.filter(phone__isnull=False)
        .filter(Exists(CoveredMonth.objects.filter(worker=OuterRef("pk"), program=Program.JKK)))
        .order_by()
        .values("phone")
        .annotate(people=Count("pk"), first=Min("pk"))
        .filter(people__gte=MANY_ON_ONE_PHONE)
    )
    shared: dict[int, dict[str, Any]] = {row["phone"] or 0: row for row in groups}
    names: dict[int, list[Worker]] = {phone: [] for phone in shared}
    for block in WorkerBlocks.objects.filter(phone__in=list(shared)).select_related("worker").order_by("pk"):
        names[block.phone or 0].append(block.worker)
    return [
        _of_people(f"one-phone:{names[phone][0].public_id}:{row['people']}", names[phone], {"people": row["people"]})
        for phone, row in shared.items()
    ]


def one_address(_today: date) -> list[Found]:
    """Many covered people at one address of one village, under one payer."""
    groups = (
        Enrolment.objects.filter(Exists(CoveredMonth.objects.filter(enrolment=OuterRef("pk"), program=Program.JKK)))
        .exclude(worker__address="")
        .order_by()
        .values("sponsor", "sponsor__public_id", "sponsor__name", "worker__village", "worker__address")
        .annotate(people=Count("worker", distinct=True))
        .filter(people__gte=MANY_AT_ONE_ADDRESS)
    )
    return [
        Found(
            f"one-address:{row['sponsor__public_id']}:{row['worker__village']}:{row['worker__address']}"[:200],
            "sponsors.sponsor",
            str(row["sponsor__public_id"]),
            row["sponsor__name"],
            {"people": row["people"], "village": row["worker__village"], "address": row["worker__address"]},
        )
        for row in groups
    ]


def _by_sponsor(ways: QuerySet[Enrolment], **counts: Any) -> list[dict[str, Any]]:
    grouped: Any = ways.order_by().values("sponsor__public_id", "sponsor__name").annotate(**counts)
    return list(grouped.order_by("sponsor__public_id"))


def _of_sponsor(rule: str, row: dict[str, Any], today: date, figures: dict[str, Any]) -> Found:
    """Once a month at most: the figure moves with every file that comes in."""
    subject = str(row["sponsor__public_id"])
    key = f"{rule}:{subject}:{Month.of(today)}"
    return Found(key, "sponsors.sponsor", subject, row["sponsor__name"], figures)


def _of_people(key: str, people: list[Worker], figures: dict[str, Any]) -> Found:
    first = people[0]
    shown = [{"id": str(worker.public_id), "name": worker.name} for worker in people[:SHOWN]]
    return Found(key, "registry.worker", str(first.public_id), first.name, figures | {"workers": shown})
