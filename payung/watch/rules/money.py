"""One payment claimed twice, and months moved to friends."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Max, Min

from payung.contributions.models import Payment
from payung.enrolment.models import Enrolment, EnrolmentEvent, LeaveReason
from payung.watch.rules.found import Found

FEWEST = 5
MOST_OF_THEM, FEW_OF_THEM = 0.6, 0.3
SOON_DAYS = 14


def paid_twice(_today: date) -> list[Found]:
    """The same proof for two live payments, or the same code, amount and day at two payers."""
    live = Payment.objects.filter(reversed_at__isnull=True).order_by()
    proofs = live.values("proof_sha256").annotate(times=Count("pk"), last=Max("pk")).filter(times__gt=1)
    same = live.exclude(code_text="").values("code_text", "amount_rp", "paid_on")
    codes = same.annotate(payers=Count("sponsor", distinct=True), last=Max("pk")).filter(payers__gt=1)
    by_pk = Payment.objects.select_related("sponsor").in_bulk(
        [*(r["last"] for r in proofs), *(r["last"] for r in codes)]
    )
    found = [
        _of_payment(f"paid-twice:proof:{row['proof_sha256']}:{row['times']}", by_pk[row["last"]],
                    {"how": "proof", "times": row["times"]})
        for row in proofs
    ]  # fmt: skip
    return found + [
        _of_payment(f"paid-twice:code:{row['code_text']}:{row['amount_rp']}:{row['paid_on']}:{row['payers']}",
                    by_pk[row["last"]], {"how": "code", "times": row["payers"], "code": row["code_text"]})
        for row in codes
    ]  # fmt: skip


def _of_payment(key: str, payment: Payment, figures: dict[str, Any]) -> Found:
    told = {"amount_rp": payment.amount_rp, "paid_on": payment.paid_on.isoformat()}
    return Found(key, "contributions.payment", str(payment.public_id), payment.sponsor.name, figures | told,
                 (payment.recorded_by,))  # fmt: skip


def friends(_today: date) -> list[Found]:
    """Officers whose substitutes come from one village that few of the replaced came from, or come soon after payment.

    Who died is no part of it: a death asks for a substitute by itself.
    """
    ended = EnrolmentEvent.objects.filter(to_state=Enrolment.State.LEFT).exclude(reason=LeaveReason.MENINGGAL)
    ended = ended.filter(enrolment__replaced_by__isnull=False).annotate(
        paid=Min("enrolment__worker__covered_months__payment__recorded_at")
    )
    by_officer: dict[tuple[str, str], list[tuple[str, str, bool]]] = defaultdict(list)
    for actor, label, old, new, at, paid in ended.values_list(
        "actor_id",
        "actor_label",
        "enrolment__worker__village_id",
        "enrolment__replaced_by__worker__village_id",
        "recorded_at",
        "paid",
    ):
        soon = paid is not None and paid <= at <= paid + timedelta(days=SOON_DAYS)
        by_officer[actor, label].append((old, new, soon))
    told = (_judged(actor, label, moved) for (actor, label), moved in sorted(by_officer.items()))
    return [found for found in told if found is not None]


def _judged(actor: str, label: str, moved: list[tuple[str, str, bool]]) -> Found | None:
    village, gained = Counter(new for _old, new, _soon in moved).most_common(1)[0]
    before = sum(old == village for old, _new, _soon in moved)
    soon = sum(is_soon for _old, _new, is_soon in moved)
    count = len(moved)
    to_one_place = gained >= MOST_OF_THEM * count and before <= FEW_OF_THEM * count
    if count < FEWEST or not (to_one_place or soon >= MOST_OF_THEM * count):
        return None
    figures = {"substituted": count, "village": village, "gained": gained, "before": before, "soon": soon,
               "days": SOON_DAYS}  # fmt: skip
    return Found(f"friends:{actor}:{count}", "access.user", actor, label, figures, (actor,))
