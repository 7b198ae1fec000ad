"""Sponsors: the list, one of them, making one known, changing what is known, inviting its people."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from payung.access.doors import ViewerRequest, door
from payung.access.permissions import Permission, Role
from payung.contributions.selectors import sponsor_stories
from payung.kernel.clock import SystemClock
from payung.kernel.funds import SumberDana
from payung.kernel.month import Month
from payung.kernel.nik import holds_a_nik
from payung.sponsors.errors import SponsorCodeTakenError, SponsorDataError
from payung.sponsors.selectors import sponsors_visible_to
from payung.sponsors.services import add_sponsor, invite_clerk_with_link, update_sponsor
from payung.web.frame.lists import asked_page
from payung.web.frame.navigation import is_company
from payung.web.frame.words import FUND_NAMES
from payung.web.sponsors.finding import sponsor_or_404
from payung.web.sponsors.forms import ClerkForm, SponsorEditForm, SponsorForm
from payung.web.sponsors.one import page_facts
from payung.web.sponsors.words import refusal_words


@door(GET=Permission.SPONSOR_READ)
def index(request: ViewerRequest) -> HttpResponse:
    """All sponsors; a company is led to its own page."""
    viewer, now = request.viewer, Month.of(SystemClock().today())
    visible = sponsors_visible_to(viewer)
    if is_company(viewer) and (only := list(visible[:2])) and len(only) == 1:
        return HttpResponseRedirect(reverse("sponsor", args=[only[0].public_id]))
    name, funds = request.GET.get("nama", "").strip(), request.GET.get("dana", "")
    name = "" if holds_a_nik(name) else name
    for word in name.split():
        visible = visible.filter(name__icontains=word)
    if funds in SumberDana.__members__:
        visible = visible.filter(funds=funds)
    page = asked_page(request, visible, order=("name", "id"), sorts={"nama": "name"})
    stories = sponsor_stories([sponsor.pk for sponsor in page.items], month=now)
    rows = [
        {"sponsor": sponsor, "funds": FUND_NAMES[SumberDana(sponsor.funds)], "story": stories[sponsor.pk]}
        for sponsor in page.items
    ]
    facts = {
        "page": page,
        "rows": rows,
        "name": name,
        "funds": funds,
        "fund_names": [(code.value, words) for code, words in FUND_NAMES.items()],
        "is_filtered": bool(name or funds),
        "may_write": viewer.may(Permission.SPONSOR_WRITE),
    }
    return render(request, "sponsors/index.html", facts)


@door(GET=Permission.SPONSOR_WRITE, POST=Permission.SPONSOR_WRITE)
def new(request: ViewerRequest) -> HttpResponse:
    """Register a sponsor."""
    clock = SystemClock()
    form = SponsorForm(request.POST or None, now=Month.of(clock.today()), initial={"funds": SumberDana.CSR.value})
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        try:
            sponsor = add_sponsor(facts.pop("code"), **facts, acting_user=request.viewer, clock=clock)
        except SponsorCodeTakenError:
            form.add_error("code", _("Kode ini sudah dipakai penyandang lain. Pilih kode yang lain."))
        except SponsorDataError as error:
            form.add_error(error.field, refusal_words(error))
        else:
            messages.success(request, _("%(name)s terdaftar. Undang petugasnya agar dapat mengunggah daftar.")
                             % {"name": sponsor.name})  # fmt: skip
            return HttpResponseRedirect(reverse("sponsor", args=[sponsor.public_id]) + "#orang")
    return render(request, "sponsors/new.html", {"form": form})


@door(GET=Permission.SPONSOR_READ)
def page(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """One sponsor: what became of its promise, its months, pledges, people, and what is known of it."""
    sponsor = sponsor_or_404(request.viewer, public_id)
    return render(request, "sponsors/page.html", page_facts(sponsor, viewer=request.viewer, clock=SystemClock()))


@door(GET=Permission.SPONSOR_WRITE, POST=Permission.SPONSOR_WRITE)
def edit(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """Change what is known of a sponsor."""
    sponsor, clock = sponsor_or_404(request.viewer, public_id), SystemClock()
    form = SponsorEditForm(request.POST or None, now=Month.of(clock.today()), sponsor=sponsor)
    if request.method == "POST" and form.is_valid():
        changes = {name: form.cleaned_data[name] for name in form.facts()}
        reason = form.cleaned_data["reason"]
        try:
            update_sponsor(sponsor, changes=changes, reason=reason, acting_user=request.viewer, clock=clock)
        except SponsorDataError as error:
            form.add_error(error.field, refusal_words(error))
        else:
            messages.success(request, _("Perubahan tersimpan."))
            return HttpResponseRedirect(reverse("sponsor", args=[sponsor.public_id]))
    return render(request, "sponsors/edit.html", {"form": form, "sponsor": sponsor})


@door(POST=Permission.SPONSOR_WRITE)
def invite(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """Invite a clerk of a sponsor by mail; a local program, whose letters nobody gets, shows the link this once."""
    sponsor, clock = sponsor_or_404(request.viewer, public_id), SystemClock()
    form = ClerkForm(request.POST)
    extra: dict[str, Any] = {"clerk_form": form}
    if form.is_valid():
        asked = form.cleaned_data
        try:
            _invitation, link = invite_clerk_with_link(
                sponsor,
                email=asked["email"],
                name=asked["name"],
                role=Role(asked["role"]),
                language=(get_language() or "id")[:2],
                acting_user=request.viewer,
                clock=clock,
            )
        except SponsorDataError:
            form.add_error("role", _("Peran ini bukan peran orang perusahaan."))
        else:
            messages.success(request, _("Undangan untuk %(email)s dikirim; tautannya berlaku tujuh hari.")
                             % {"email": asked["email"]})  # fmt: skip
            if not settings.LOCAL:
                return HttpResponseRedirect(reverse("sponsor", args=[sponsor.public_id]) + "#orang")
            extra = {"invitation_link": link}
    facts = page_facts(sponsor, viewer=request.viewer, clock=clock)
    return render(request, "sponsors/page.html", facts | extra)
