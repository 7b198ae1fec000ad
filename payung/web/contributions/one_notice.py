"""What the page of one notice shows."""

from typing import Any

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.contributions.models import Notice, PayCode
from payung.contributions.selectors import (
    NoticeStanding,
    PersonDue,
    explain_payment,
    live_pay_code,
    notice_months,
    payments_visible_to,
    people_due,
)
from payung.contributions.texts import DIFFERENCES
from payung.enrolment.models import Enrolment
from payung.enrolment.selectors import enrolments_visible_to
from payung.intake.selectors import masked_name
from payung.kernel.clock import Clock
from payung.kernel.public_id import new_public_id
from payung.registry.selectors import masked_niks
from payung.store.paging import Page
from payung.web.contributions.forms import PayCodeForm, PaymentForm
from payung.web.contributions.prices import month_span, notice_reasons
from payung.web.contributions.words import PAYMENT_STATES, STANDINGS, payment_state
from payung.web.frame.navigation import is_company
from payung.web.frame.words import FUND_NAMES, SECTOR_NAMES

NOBODY = PersonDue(0, 0, 0)


def page_facts(notice: Notice, people: Page[Enrolment] | None, *, viewer: Viewer, clock: Clock) -> dict[str, Any]:
    """Everything of one notice that this viewer may see; `people` is the page of its workers, or nothing."""
    standing: str = notice.standing  # type: ignore[attr-defined]
    owing_rp: int = notice.owing_rp  # type: ignore[attr-defined]
    code, months = live_pay_code(notice), notice_months(notice)
    stands = standing != NoticeStanding.WITHDRAWN
    words, tone = STANDINGS[standing]
    paid = list(payments_visible_to(viewer).filter(notice=notice).order_by("paid_on", "pk"))
    asks = sum(line.total_rp for line in months)
    return {
        "notice": notice,
        "sponsor": notice.sponsor,
        "words": words,
        "tone": tone,
        "span": month_span(notice.first_month, notice.months),
        "funds": FUND_NAMES[notice.funds],  # type: ignore[index]
        "owing_rp": max(owing_rp, 0) if stands else 0,
        "is_late": stands and owing_rp > 0 and (code or notice).due_on < clock.today(),
        "due_on": (code or notice).due_on,
        "paid_rp": sum(payment.amount_rp for payment in paid if payment.reversed_at is None),
        "lines": [(line, SECTOR_NAMES[line.sector]) for line in months],
        "asks_rp": asks,
        "ended_rp": notice.total_rp - asks,
        "several": len({line.sector for line in months}) > 1,
        "reasons": notice_reasons(notice, months),
        "code": code,
        "difference_rp": code.amount_rp - code.our_amount_rp if code else 0,
        "difference": DIFFERENCES[code.difference] if code else "",
        "is_odd": bool(code) and code.difference == PayCode.Difference.UNEXPLAINED,  # type: ignore[union-attr]
        "old_codes": notice.pay_codes.filter(replaced_at__isnull=False).order_by("-replaced_at"),
        "payments": [(payment, explain_payment(payment), *PAYMENT_STATES[payment_state(payment)]) for payment in paid],
        "people": people,
        "rows": _people(notice, people.items, viewer) if people else [],
        "code_form": PayCodeForm() if stands and viewer.may(Permission.BPJS_ANSWER) else None,
        "pay_form": payment_form(code, owing_rp) if stands and _may_pay(notice, viewer) else None,
        "may_withdraw": stands and not any(payment.reversed_at is None for payment in paid) and _may(notice, viewer),
    }


def payment_form(code: PayCode | None, owing_rp: int) -> PaymentForm:
    """An empty form with what is most likely; its key makes a double click one payment."""
    initial = {
        "pay_code": code.code if code else "",
        "amount_rp": str(owing_rp) if owing_rp > 0 else "",
        "client_key": str(new_public_id()),
    }
    return PaymentForm(initial=initial)


def people_of(notice: Notice, viewer: Viewer) -> Any:
    """The ways in that stand on a notice, as far as the viewer may see workers."""
    ways = enrolments_visible_to(viewer).filter(pk__in=notice.lines.order_by().values("enrolment_id"))
    return ways.select_related("worker__village")


def _people(notice: Notice, ways: list[Enrolment], viewer: Viewer) -> list[dict[str, Any]]:
    """A page of workers. A company sees names masked until it has paid for them."""
    due = people_due(notice, [way.pk for way in ways])
    niks = masked_niks(way.worker for way in ways)
    own = is_company(viewer)
    rows = []
    for way in ways:
        told = due.get(way.pk, NOBODY)
        hidden = own and not told.covered
        rows.append(
            {
                "way": way,
                "nik": niks[way.worker_id],
                "name": masked_name(way.worker.name) if hidden else way.worker.name,
                "is_hidden": hidden,
                "due": told,
            }
        )
    return rows


def _may_pay(notice: Notice, viewer: Viewer) -> bool:
    scope = viewer.scope_of(Permission.PAYMENT_RECORD)
    return scope.everything or notice.sponsor.public_id in scope.sponsors


def _may(notice: Notice, viewer: Viewer) -> bool:
    scope = viewer.scope_of(Permission.NOTICE_ISSUE)
    return scope.everything or notice.sponsor.public_id in scope.sponsors
