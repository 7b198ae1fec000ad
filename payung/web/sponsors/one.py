"""What the page of one sponsor shows."""

from typing import Any

from payung.access.permissions import Permission, Role
from payung.access.selectors import invitations_of_sponsor, people_of_sponsor
from payung.access.viewer import Viewer
from payung.contributions.selectors import (
    balances_of,
    months_on_time,
    notice_balances,
    notices_visible_to,
    sponsor_month_strip,
    sponsor_stories,
)
from payung.kernel.clock import Clock
from payung.kernel.funds import SumberDana
from payung.kernel.month import Month
from payung.sponsors.budgets import is_public
from payung.sponsors.models import Pledge, Sponsor
from payung.sponsors.selectors import civil_servants_visible_to, pledges_visible_to
from payung.web.frame.links import link_to
from payung.web.frame.navigation import is_company
from payung.web.frame.words import FUND_NAMES, ROLE_NAMES
from payung.web.sponsors.forms import ClerkForm
from payung.web.sponsors.story import story_parts, strip_cell, strip_legend
from payung.web.sponsors.words import price_words

MONTHS_BACK, MONTHS_SHOWN = 5, 12
SOME = 6


def page_facts(sponsor: Sponsor, *, viewer: Viewer, clock: Clock) -> dict[str, Any]:
    """Everything of one sponsor that this viewer may see."""
    today = clock.today()
    now = Month.of(today)
    funds = SumberDana(sponsor.funds)
    strip = sponsor_month_strip(sponsor, first_month=Month(now - MONTHS_BACK), months=MONTHS_SHOWN)
    may_write = viewer.may(Permission.SPONSOR_WRITE)
    facts: dict[str, Any] = {
        "sponsor": sponsor,
        "is_own": is_company(viewer),
        "funds_name": FUND_NAMES[funds],
        "price_words": price_words(funds, now),
        "story": story_parts(sponsor, sponsor_stories([sponsor.pk], month=now)[sponsor.pk]),
        "strip": [strip_cell(month, now) for month in strip],
        "strip_legend": strip_legend(),
        "on_time": months_on_time(sponsor, today=today),
        "may_write": may_write,
        "budget_url": link_to("sponsor_budget", sponsor.public_id) if is_public(sponsor) else "",
        "may_pledge": viewer.may(Permission.PLEDGE_WRITE) and sponsor.is_active,
        "lists_url": link_to("lists") if viewer.may(Permission.LIST_READ) else "",
        "upload_url": link_to("list_upload") if viewer.may(Permission.LIST_UPLOAD) else "",
        "is_office": funds is SumberDana.ASN,
    }
    if viewer.may(Permission.PLEDGE_READ):
        facts["pledges"] = _pledges(sponsor, viewer, now)
    if viewer.may(Permission.NOTICE_READ):
        facts |= _money(sponsor, viewer)
    if may_write:
        facts |= {
            "people": [
                (grant, ROLE_NAMES[Role(grant.role)]) for grant in people_of_sponsor(sponsor.public_id, viewer=viewer)
            ],
            "invited": invitations_of_sponsor(sponsor.public_id, viewer=viewer, clock=clock),
            "clerk_form": ClerkForm(),
        }
    if facts["is_office"]:
        facts["civil_servant_count"] = civil_servants_visible_to(viewer).filter(sponsor=sponsor).count()
    return facts


def _pledges(sponsor: Sponsor, viewer: Viewer, now: Month) -> list[dict[str, Any]]:
    pledges = pledges_visible_to(viewer).filter(sponsor=sponsor).order_by("-first_month", "-pk")[:SOME]
    return [{"pledge": pledge, "last_month": _last_month(pledge), "state": _state(pledge, now)} for pledge in pledges]


def _last_month(pledge: Pledge) -> Month:
    return Month(pledge.first_month) + (pledge.months - 1)


def _state(pledge: Pledge, now: Month) -> str:
    if pledge.state == Pledge.State.WITHDRAWN:
        return "withdrawn"
    if _last_month(pledge) < now:
        return "over"
    return "running" if Month(pledge.first_month) <= now else "coming"


def _money(sponsor: Sponsor, viewer: Viewer) -> dict[str, Any]:
    newest = notices_visible_to(viewer).filter(sponsor=sponsor, withdrawn_at__isnull=True).order_by("-pk")
    notices = list(newest[:SOME])
    owing = notice_balances(notices)
    return {
        "balances": balances_of(sponsor),
        "notices": [
            {"notice": notice, "owing": owing[notice.pk], "url": link_to("notice", notice.public_id)}
            for notice in notices
        ],
        "account_url": link_to("account_of_sponsor", sponsor.public_id),
        "notices_url": link_to("notices", query=f"penyandang={sponsor.code}"),
    }
