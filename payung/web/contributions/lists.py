"""The list of notices with their standing, and of payments."""

from typing import Any

from django.db.models import F, Q, QuerySet, Sum
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from payung.access.doors import ViewerRequest, door
from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.contributions.models import Payment
from payung.contributions.selectors import (
    OPEN_STANDINGS,
    NoticeStanding,
    notices_visible_to,
    payments_visible_to,
    with_standing,
)
from payung.kernel.clock import SystemClock
from payung.kernel.month import Month, NotAMonthError, months_from
from payung.sponsors.models import Sponsor
from payung.sponsors.selectors import sponsors_visible_to
from payung.web.contributions.words import (
    CONFIRMED,
    PAYMENT_STATES,
    REVERSED,
    STANDINGS,
    SUSPENSE,
    WAITING,
    payment_state,
)
from payung.web.frame.lists import asked_page
from payung.web.frame.navigation import is_company
from payung.web.frame.tags import bulan

OPEN, LATE = "belum", "lewat"
MONTHS_BACK, MONTHS_OFFERED = 18, 31
MANY = 500
_NOTICES_BY = {"bulan": "first_month", "tempo": "due_on", "diminta": "total_rp"}
_PAYMENTS_BY = {"tanggal": "paid_on", "jumlah": "amount_rp"}
_PAYMENTS = {
    WAITING: Q(reversed_at__isnull=True, notice__isnull=False, confirmed_at__isnull=True),
    SUSPENSE: Q(reversed_at__isnull=True, notice__isnull=True),
    CONFIRMED: Q(reversed_at__isnull=True, notice__isnull=False, confirmed_at__isnull=False),
    REVERSED: Q(reversed_at__isnull=False),
}


@door(GET=Permission.NOTICE_READ)
def notices(request: ViewerRequest) -> HttpResponse:
    """What was asked for, and how far it is."""
    viewer, clock = request.viewer, SystemClock()
    sponsor, month = asked_sponsor(request), _month(request)
    standing = request.GET.get("keadaan", "")
    found = with_standing(notices_visible_to(viewer))
    if sponsor is not None:
        found = found.filter(sponsor=sponsor)
    if month is not None:
        found = found.filter(first_month__lte=month, first_month__gt=int(month) - F("months"))
    found = _in_standing(found, standing, clock)
    page = asked_page(request, found, sorts=_NOTICES_BY)
    now = Month.of(clock.today())
    facts = {
        "page": page,
        "rows": [_row(notice) for notice in page.items],
        "today": clock.today(),
        "sponsor": sponsor,
        "month": month,
        "standing": standing,
        "standings": _choices(),
        "months": [(str(each), bulan(each)) for each in months_from(Month(now - MONTHS_BACK), MONTHS_OFFERED)],
        "sponsors": sponsors_to_choose(viewer),
        "is_filtered": bool(sponsor or month or standing),
        "may_issue": viewer.may(Permission.NOTICE_ISSUE),
        "may_record": viewer.may(Permission.PAYMENT_RECORD),
        "reconciles": viewer.may(Permission.RECONCILIATION_READ),
        "sees_months": viewer.may(Permission.MONTH_CLOSE),
        "asks_month": str(month or now + 1) if viewer.scope_of(Permission.NOTICE_ISSUE).everything else "",
        "sums": _sums(viewer, sponsor),
        "account_of": sponsor or _only_sponsor(viewer),
    }
    return render(request, "contributions/index.html", facts)


@door(GET=Permission.NOTICE_READ)
def payments(request: ViewerRequest) -> HttpResponse:
    """What was paid: waiting for confirmation, of unknown pay code, confirmed, reversed."""
    viewer, sponsor = request.viewer, asked_sponsor(request)
    state = request.GET.get("keadaan", "")
    found = payments_visible_to(viewer)
    if sponsor is not None:
        found = found.filter(sponsor=sponsor)
    if state in _PAYMENTS:
        found = found.filter(_PAYMENTS[state])
    page = asked_page(request, found, sorts=_PAYMENTS_BY)
    facts = {
        "page": page,
        "rows": [(payment, *PAYMENT_STATES[payment_state(payment)]) for payment in page.items],
        "sponsor": sponsor,
        "state": state,
        "states": [(code, words) for code, (words, _tone) in PAYMENT_STATES.items()],
        "sponsors": sponsors_to_choose(viewer),
        "is_filtered": bool(sponsor or state),
        "may_record": viewer.may(Permission.PAYMENT_RECORD),
    }
    return render(request, "contributions/payments.html", facts)


def asked_sponsor(request: ViewerRequest) -> Sponsor | None:
    """The payer that an address names by its code, where the viewer may see it."""
    code = request.GET.get("penyandang", "").strip()
    return sponsors_visible_to(request.viewer).filter(code__iexact=code).first() if code else None


def sponsors_to_choose(viewer: Viewer) -> list[Sponsor]:
    """The payers to filter by; a company has one and chooses none."""
    return [] if is_company(viewer) else list(sponsors_visible_to(viewer).order_by("name")[:MANY])


def _only_sponsor(viewer: Viewer) -> Sponsor | None:
    """A company's own account is one click away without choosing."""
    return sponsors_visible_to(viewer).first() if is_company(viewer) else None


def overdue(found: QuerySet[Any], clock: SystemClock) -> QuerySet[Any]:
    """Those on which something is owed past their due date."""
    return found.filter(standing__in=OPEN_STANDINGS, due_on__lt=clock.today())


def _in_standing(found: QuerySet[Any], standing: str, clock: SystemClock) -> QuerySet[Any]:
    if standing == OPEN:
        return found.filter(standing__in=OPEN_STANDINGS)
    if standing == LATE:
        return overdue(found, clock)
    return found.filter(standing=standing) if standing in STANDINGS else found


def _choices() -> list[tuple[str, Any]]:
    named = [(str(code), words) for code, (words, _tone) in STANDINGS.items()]
    return [(OPEN, _("belum lunas")), (LATE, _("lewat jatuh tempo")), *named]


def _month(request: ViewerRequest) -> Month | None:
    try:
        return Month.from_text(request.GET.get("bulan", ""))
    except NotAMonthError:
        return None


def _row(notice: Any) -> dict[str, Any]:
    words, tone = STANDINGS[notice.standing]
    return {
        "notice": notice,
        "words": words,
        "tone": tone,
        "is_open": notice.standing in OPEN_STANDINGS,
        "owing_rp": 0 if notice.standing == NoticeStanding.WITHDRAWN else notice.owing_rp,
        "last_month": Month(notice.first_month) + (notice.months - 1),
    }


def _sums(viewer: Viewer, sponsor: Sponsor | None) -> list[dict[str, Any]]:
    """What is open, what waits and what nobody knows, each with the list that it is the sum of."""
    seen, paid = with_standing(notices_visible_to(viewer)), payments_visible_to(viewer)
    if sponsor is not None:
        seen, paid = seen.filter(sponsor=sponsor), paid.filter(sponsor=sponsor)
    whose = f"&penyandang={sponsor.code}" if sponsor else ""
    open_rp = seen.filter(standing__in=OPEN_STANDINGS).aggregate(rp=Sum("owing_rp"))["rp"]
    money = paid.order_by().aggregate(
        waiting=Sum("amount_rp", filter=_PAYMENTS[WAITING]), unknown=Sum("amount_rp", filter=_PAYMENTS[SUSPENSE])
    )
    notices_url, payments_url = reverse("notices"), reverse("payments")
    return [
        {"label": _("Belum dibayar"), "rp": open_rp or 0, "href": f"{notices_url}?keadaan={OPEN}{whose}"},
        {
            "label": _("Menunggu konfirmasi"),
            "rp": money["waiting"] or 0,
            "href": f"{payments_url}?keadaan={WAITING}{whose}",
        },
        {
            "label": _("Kode iuran belum dikenal"),
            "rp": money["unknown"] or 0,
            "href": f"{payments_url}?keadaan={SUSPENSE}{whose}",
        },
    ]


def waiting_payments(viewer: Viewer) -> QuerySet[Payment]:
    """Payments that this person may confirm: those that others recorded."""
    return payments_visible_to(viewer).filter(_PAYMENTS[WAITING]).exclude(recorded_by=viewer.actor.id)


def unknown_payments(viewer: Viewer) -> QuerySet[Payment]:
    """Payments whose notice nobody knows yet."""
    return payments_visible_to(viewer).filter(_PAYMENTS[SUSPENSE])
