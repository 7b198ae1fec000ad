"""Balances, computed from the journal, and differences that wait for somebody to explain them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, Sum

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.contributions.models import Account, Notice, PayCode, Payment, Posting
from payung.contributions.selectors.visibility import notices_visible_to, pay_codes_visible_to, payments_visible_to
from payung.sponsors.models import Sponsor

Kind = Account.Kind


@dataclass(frozen=True, slots=True)
class Balances:
    """What stands open with one payer, in rupiah.

    `due_rp`: asked for and not yet covered. `credit_rp`: paid and not yet allocated. `unconfirmed_rp`: paid and not yet
    confirmed by BPJS. `owed_rp`: what BPJS is still owed (below zero: what it holds for us).
    `entrusted_rp`: what lies in the movement's collecting account, as far as accepted statements say.
    """

    due_rp: int
    credit_rp: int
    unconfirmed_rp: int
    owed_rp: int
    entrusted_rp: int


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference that somebody must look at. Kinds: `pay_code`, `suspense`, `excess`, `short`."""

    kind: str
    object_type: str
    public_id: str
    label: str
    sponsor_id: int
    amount_rp: int
    params: dict[str, Any]


def balances_of(sponsor: Sponsor) -> Balances:
    """A payer's balances, by one query over the postings."""
    rows = Posting.objects.filter(account__sponsor=sponsor).values("account__kind").annotate(rp=Sum("amount_rp"))
    rp = {row["account__kind"]: int(row["rp"]) for row in rows.order_by()}
    return Balances(
        due_rp=rp.get(Kind.PIUTANG, 0),
        credit_rp=-rp.get(Kind.SUSPENS, 0),
        unconfirmed_rp=rp.get(Kind.KLIRING, 0),
        owed_rp=-rp.get(Kind.IURAN, 0),
        entrusted_rp=rp.get(Kind.TITIPAN, 0),
    )


def notice_balances(notices: Iterable[Notice | int]) -> dict[int, int]:
    """What is still open on each notice (or id of one), by one query."""
    ids = [notice.pk if isinstance(notice, Notice) else notice for notice in notices]
    # By kind and not of one kind: a database without statistics would begin with the receivables of every payer.
    rows = Posting.objects.filter(notice__in=ids).values("notice_id", "account__kind")
    sums = rows.annotate(rp=Sum("amount_rp")).order_by()
    found = {row["notice_id"]: int(row["rp"]) for row in sums if row["account__kind"] == Kind.PIUTANG}
    return {pk: found.get(pk, 0) for pk in ids}


def unexplained_differences(viewer: Viewer) -> list[Difference]:
    """Everything that does not come out even: codes unlike our figure, money without a notice, too much, too little."""
    viewer.require(Permission.NOTICE_READ)
    return [*_pay_codes(viewer), *_payments(viewer), *_short_notices(viewer)]


def _pay_codes(viewer: Viewer) -> list[Difference]:
    open_codes = pay_codes_visible_to(viewer).filter(
        replaced_at__isnull=True, difference=PayCode.Difference.UNEXPLAINED
    )
    return [
        Difference(
            "pay_code",
            "contributions.pay_code",
            str(code.public_id),
            code.code,
            code.notice.sponsor_id,
            code.amount_rp - code.our_amount_rp,
            {"ours_rp": code.our_amount_rp, "bpjs_rp": code.amount_rp, "notice": code.notice.number},
        )
        for code in open_codes.order_by("pk")
    ]


def _payments(viewer: Viewer) -> list[Difference]:
    live = payments_visible_to(viewer).filter(reversed_at__isnull=True)
    left = live.annotate(suspense=Sum("postings__amount_rp", filter=Q(postings__account__kind=Kind.SUSPENS)))
    return [_left_over(payment) for payment in left.filter(suspense__lt=0).order_by("pk")]


def _left_over(payment: Payment) -> Difference:
    return Difference(
        "excess" if payment.notice_id else "suspense",
        "contributions.payment",
        str(payment.public_id),
        payment.code_text,
        payment.sponsor_id,
        -payment.suspense,  # type: ignore[attr-defined]
        {"paid_rp": payment.amount_rp, "notice": payment.notice.number if payment.notice else ""},
    )


def _short_notices(viewer: Viewer) -> list[Difference]:
    """Notices on which something was paid and something is still open."""
    paid = notices_visible_to(viewer).filter(
        pk__in=Payment.objects.filter(reversed_at__isnull=True, notice__isnull=False).values("notice_id")
    )
    owing = paid.annotate(owing=Sum("postings__amount_rp", filter=Q(postings__account__kind=Kind.PIUTANG)))
    return [
        Difference(
            "short",
            "contributions.notice",
            str(notice.public_id),
            notice.number,
            notice.sponsor_id,
            notice.owing,  # type: ignore[attr-defined]
            {"asked_rp": notice.total_rp},
        )
        for notice in owing.filter(owing__gt=0).order_by("pk")
    ]
