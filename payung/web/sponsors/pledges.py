"""Pledges: making one with its price beside it, one of them with its workers, renewing it, taking it back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from payung.access.doors import ViewerRequest, door
from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.contributions.errors import LedgerError
from payung.contributions.selectors import notice_balances, notices_visible_to
from payung.contributions.services import end_pledge
from payung.contributions.texts import refusal_text
from payung.enrolment.models import Enrolment
from payung.enrolment.selectors import (
    enrolments_visible_to,
    going_on,
    in_pledge,
    names_staying,
    pledge_counts,
    sectors_of,
)
from payung.enrolment.services import assign_to_pledge, renew_pledge
from payung.enrolment.texts import REASONS
from payung.kernel.clock import SystemClock
from payung.kernel.funds import SumberDana
from payung.kernel.month import Month
from payung.kernel.public_id import new_public_id
from payung.registry.occupations import sector_of
from payung.registry.selectors import masked_niks
from payung.sponsors.errors import (
    BudgetError,
    ClientKeyReusedError,
    PledgeRenewedError,
    SponsorDataError,
    SponsorInactiveError,
)
from payung.sponsors.models import Pledge, Sponsor
from payung.sponsors.selectors import pledges_visible_to
from payung.sponsors.services import PledgeFacts, check_pledge, make_pledge, price_facts, price_pledge
from payung.web.frame.links import link_to
from payung.web.frame.lists import asked_page
from payung.web.sponsors.finding import pledge_or_404, sponsor_or_404
from payung.web.sponsors.forms import PledgeForm, renewal_of
from payung.web.sponsors.prices import ShownPrice, shown_price
from payung.web.sponsors.words import budget_words, refusal_words
from payung.web.workers.standings import tell_standing

FIELD_OF = {"village_wish": "kecamatan", "occupation_wish": "occupation"}


@door(GET=Permission.PLEDGE_WRITE, POST=Permission.PLEDGE_WRITE)
def new(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """Make a pledge; `hitung` prices what stands in the form and writes nothing."""
    sponsor = sponsor_or_404(request.viewer, public_id)
    request.viewer.require(Permission.PLEDGE_WRITE, sponsor=sponsor.public_id)
    return _fill_in(request, sponsor, initial={"workers": 10})


@door(GET=Permission.PLEDGE_WRITE, POST=Permission.PLEDGE_WRITE)
def renew(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """Promise the same again, from the month after a pledge ends; its workers go on with it."""
    before = pledge_or_404(request.viewer, public_id)
    request.viewer.require(Permission.PLEDGE_WRITE, sponsor=before.sponsor.public_id)
    initial = renewal_of(before, now=Month.of(SystemClock().today()))
    return _fill_in(request, before.sponsor, initial=initial, before=before)


def _renewed(
    form: PledgeForm, before: Pledge, facts: Mapping[str, Any], request: ViewerRequest, clock: SystemClock
) -> Pledge | None:
    try:
        done = renew_pledge(before, acting_user=request.viewer, clock=clock, **facts)
    except PledgeRenewedError as error:
        if error.renewal is None:
            form.add_error(None, _("Janji ini sudah ditarik, jadi tidak dapat diperpanjang. Buatlah janji baru."))
            return None
        messages.info(request, _("Janji itu sudah diperpanjang; ini perpanjangannya."))
        return pledge_or_404(request.viewer, error.renewal)
    told = ngettext("%(n)s pekerja diteruskan ke janji ini.", "%(n)s pekerja diteruskan ke janji ini.", done.carried)
    messages.success(request, told % {"n": done.carried})
    if done.without_place:
        more = _("%(n)s pekerja belum mendapat tempat: janji baru lebih kecil daripada daftarnya.")
        messages.warning(request, more % {"n": done.without_place})
    return done.pledge


@door(GET=Permission.PLEDGE_READ, POST=Permission.PLEDGE_WRITE)
def page(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """One pledge: its price, its workers and how far each is. A POST carries on the workers of the pledge before."""
    pledge = pledge_or_404(request.viewer, public_id)
    if request.method == "POST":
        return _carry_on(request, pledge)
    clock = SystemClock()
    viewer = request.viewer
    ways = enrolments_visible_to(viewer).filter(in_pledge(pledge))
    ways = ways.select_related("worker__village", "worker__occupation")
    people = asked_page(request, ways, order=("position", "id"), size=50)
    niks = masked_niks(way.worker for way in people.items)
    rows = [
        {"way": way, "nik": niks[way.worker_id], "told": tell_standing(way, on=clock.today())} for way in people.items
    ]
    counts = pledge_counts(pledge)
    facts = {
        "pledge": pledge,
        "sponsor": pledge.sponsor,
        "last_month": Month(pledge.first_month) + (pledge.months - 1),
        "price": shown_price(price_pledge(pledge, sectors=sectors_of(pledge))),
        "people": people,
        "rows": rows,
        "listed": pledge.quota - counts["vacant"],
        "vacant": counts["vacant"],
        "active": counts[Enrolment.State.ACTIVE],
        "notices": _notices(pledge, viewer),
        "may_write": viewer.may(Permission.PLEDGE_WRITE) and pledge.state == Pledge.State.LIVE,
        "to_carry": _to_carry(pledge, viewer).count() if pledge.renewal_of_id else 0,
        "renewals": pledges_visible_to(viewer).filter(renewal_of=pledge),
    }
    return render(request, "sponsors/pledge.html", facts)


@door(POST=Permission.PLEDGE_WRITE)
def withdraw(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """Take a pledge back, with what hangs on it."""
    pledge = pledge_or_404(request.viewer, public_id)
    try:
        end_pledge(pledge, reason=request.POST.get("reason", ""), acting_user=request.viewer, clock=SystemClock())
    except SponsorDataError as error:
        messages.error(request, refusal_words(error))
    except LedgerError as error:
        messages.error(request, refusal_text(error))
    else:
        messages.success(request, _("Janji ditarik. Bulan yang sudah dibayar tetap melindungi orangnya."))
    return HttpResponseRedirect(reverse("pledge", args=[pledge.public_id]))


def _fill_in(
    request: ViewerRequest, sponsor: Sponsor, *, initial: Mapping[str, Any], before: Pledge | None = None
) -> HttpResponse:
    clock = SystemClock()
    now = Month.of(clock.today())
    begun = dict(initial) | {"client_key": str(new_public_id())}
    form = PledgeForm(request.POST or None, now=now, initial=begun)
    asked: Mapping[str, Any] | None = None
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        made = None if "hitung" in request.POST else _make(form, sponsor, before, request, clock)
        if made is not None:
            messages.success(request, _("Janji tercatat. Terima kasih."))
            return HttpResponseRedirect(reverse("pledge", args=[made.public_id]))
    elif request.method != "POST":
        asked = {**form.initial, "first_month": Month.from_text(form.initial["first_month"])}
    facts = {"form": form, "sponsor": sponsor, "before": before, "price": _price(sponsor, asked, form, clock, before)}
    if before is not None:
        facts |= _who_goes_on(before, asked, request.viewer)
    return render(request, "sponsors/pledge_new.html", facts)


def _make(
    form: PledgeForm, sponsor: Sponsor, before: Pledge | None, request: ViewerRequest, clock: SystemClock
) -> Pledge | None:
    asked = form.cleaned_data
    facts = {name: asked[name] for name in ("workers", "first_month", "months", "dasar_upah_rp", "client_key")}
    facts |= {"village_wish": asked["kecamatan"] or None, "occupation_wish": asked["occupation"] or None}
    try:
        if before is not None:
            return _renewed(form, before, facts, request, clock)
        return make_pledge(sponsor, acting_user=request.viewer, clock=clock, **facts)
    except SponsorDataError as error:
        form.add_error(FIELD_OF.get(error.field, error.field), refusal_words(error))
    except BudgetError as error:
        form.add_error(None, budget_words(error))
    except SponsorInactiveError:
        form.add_error(None, _("Penyandang ini tidak ikut lagi. Aktifkan kembali sebelum membuat janji."))
    except ClientKeyReusedError:
        form.add_error(None, _("Formulir ini sudah dikirim dengan isian lain. Muat ulang halaman, lalu isi lagi."))
    return None


def _who_goes_on(before: Pledge, asked: Mapping[str, Any] | None, viewer: Viewer) -> dict[str, Any]:
    """How many of a pledge's people go on, how many have no place, and by name who cannot, where names may be seen."""
    last = Month(before.first_month) + (before.months - 1)
    first = asked["first_month"] if asked else last + 1
    seen = going_on(before, month=max(first, last + 1))
    shown = names_staying(before) if viewer.may(Permission.ENROLMENT_READ) else []
    reach = (
        set(enrolments_visible_to(viewer).filter(pledge=before).values_list("worker_id", flat=True)) if shown else ()
    )
    return {
        "seen": seen,
        "going": min(len(seen.people), asked["workers"]) if asked else len(seen.people),
        "without_place": max(0, len(seen.people) - asked["workers"]) if asked else 0,
        "gap": max(0, first - last - 1),
        "staying": [(worker, REASONS[reason]) for worker, reason in shown if worker.pk in reach],
        "staying_count": len(seen.stay) + sum(seen.ended.values()),
    }


def _price(
    sponsor: Sponsor,
    asked: Mapping[str, Any] | None,
    form: PledgeForm,
    clock: SystemClock,
    before: Pledge | None = None,
) -> ShownPrice | None:
    """The price of what stands in the form, of whom it carries on by their sectors; none while it makes no pledge."""
    if asked is None:
        return None
    sector = sector_of(asked["occupation"]) if asked.get("occupation") else None
    known = sectors_of(before) if before is not None else {}
    known = known if sum(known.values()) <= asked["workers"] else {}
    facts = PledgeFacts(
        funds=SumberDana(sponsor.funds),
        workers=asked["workers"],
        first_month=asked["first_month"],
        months=asked["months"],
        dasar_upah_rp=asked["dasar_upah_rp"],
        sectors={sector: asked["workers"]} if sector else known,
    )
    try:
        check_pledge(facts, clock=clock)
    except SponsorDataError as error:
        if form.is_bound and not form.errors:
            form.add_error(FIELD_OF.get(error.field, error.field), refusal_words(error))
        return None
    return shown_price(price_facts(facts))


def _to_carry(pledge: Pledge, viewer: Viewer) -> QuerySet[Enrolment]:
    """Ways that still stand in the pledge before, in its order."""
    ways = enrolments_visible_to(viewer).filter(pledge=pledge.renewal_of)
    return ways.exclude(state__in=Enrolment.ENDED).order_by("position", "pk")


def _carry_on(request: ViewerRequest, pledge: Pledge) -> HttpResponse:
    request.viewer.require(Permission.PLEDGE_WRITE, sponsor=pledge.sponsor.public_id)
    places = pledge_counts(pledge)["vacant"]
    wanted = list(_to_carry(pledge, request.viewer).values_list("pk", flat=True)[:places])
    moved = assign_to_pledge(wanted, pledge=pledge, renewal=True, acting_user=request.viewer, clock=SystemClock())
    told = ngettext("%(n)s pekerja diteruskan ke janji ini.", "%(n)s pekerja diteruskan ke janji ini.", moved)
    messages.success(request, told % {"n": moved})
    return HttpResponseRedirect(reverse("pledge", args=[pledge.public_id]))


def _notices(pledge: Pledge, viewer: Viewer) -> list[dict[str, Any]]:
    if not viewer.may(Permission.NOTICE_READ):
        return []
    notices = list(notices_visible_to(viewer).filter(pledge=pledge, withdrawn_at__isnull=True).order_by("-pk")[:12])
    owing = notice_balances(notices)
    return [
        {"notice": notice, "owing": owing[notice.pk], "url": link_to("notice", notice.public_id)} for notice in notices
    ]
