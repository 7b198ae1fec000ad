"""Tinjau kembar: the list at the left, two records side by side, and the answer."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from payung.access.doors import ViewerRequest, door
from payung.access.errors import SamePersonError
from payung.access.permissions import Permission
from payung.contributions.errors import SameMonthsError, TwoWaysError
from payung.contributions.selectors import merge_view
from payung.contributions.services import settle_pair
from payung.kernel.clock import SystemClock
from payung.registry.errors import (
    DecisionError,
    MergeRefusedError,
    PairDecidedError,
    UnknownPairError,
    UnmergeRefusedError,
)
from payung.registry.models import SuspectedPair
from payung.registry.selectors import (
    awaited_decision,
    draft_of,
    drafted_by,
    pair_for,
    pairs_visible_to,
    pairs_waiting,
    standing_merger,
)
from payung.registry.services import save_draft, unmerge_workers
from payung.web.duplicates.forms import DecisionForm
from payung.web.duplicates.sides import background_of, clues_of, facts_of, is_of_a_rule
from payung.web.duplicates.story import story_of
from payung.web.duplicates.words import ANSWERS, REFUSALS, STATES, months_words, obstacle_words, ways_words
from payung.web.frame.lists import asked_page
from payung.web.frame.shapes import Choice

State = SuspectedPair.State
WAITING = (State.OPEN, State.AWAITING, State.UNSURE)
ORDER = ("-probability_ppm", "-id")
REFUSED = (SameMonthsError, TwoWaysError, MergeRefusedError, PairDecidedError, SamePersonError)


@door(GET=Permission.DUPLICATE_READ)
def index(request: ViewerRequest) -> HttpResponse:
    """The pairs asked for; the first of them is open beside the list."""
    listed = _listed(request)
    first = listed["page"].items[0] if listed["page"].items else None
    if first is None:
        return render(request, "duplicates/empty.html", listed)
    return _shown(request, first, listed)


@door(GET=Permission.DUPLICATE_READ)
def page(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """One pair."""
    return _shown(request, _find(request, public_id), _listed(request))


@door(POST=Permission.DUPLICATE_DECIDE)
def decide(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """Write an answer down, and go on with the next pair."""
    pair = _find(request, public_id)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _shown(request, pair, _listed(request), form=form)
    given, clock = form.cleaned_data, SystemClock()
    try:
        settled = settle_pair(
            pair,
            answer=given["answer"],
            reason=given["reason"],
            seen_state=given["seen"],
            acting_user=request.viewer,
            clock=clock,
        )
    except REFUSED as error:
        save_draft(pair, answer=given["answer"], reason=given["reason"], acting_user=request.viewer, clock=clock)
        messages.error(request, _refusal(error))
        return _to(request, pair)
    except DecisionError:
        messages.error(request, _("Tulis alasannya dahulu."))
        return _to(request, pair)
    if settled.merger:
        messages.success(request, _("Digabung: {name} mewakili keduanya.").format(name=settled.merger.into.name))
    elif settled.decision.answer == "unsure" or settled.decision.is_final:
        messages.success(request, _("Tersimpan: {answer}.").format(answer=ANSWERS[settled.decision.answer]))
    else:
        messages.success(
            request, _("Tersimpan. Orang kedua perlu memastikannya, karena ada bulan yang sudah terbayar.")
        )
    return HttpResponseRedirect(_with_filter(request, reverse("duplicates")))


@door(POST=Permission.DUPLICATE_DECIDE)
def draft(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """Keep what is not yet sent; the browser calls this by itself, without it a button does."""
    pair = _find(request, public_id)
    save_draft(
        pair,
        answer=request.POST.get("answer", ""),
        reason=request.POST.get("reason", ""),
        acting_user=request.viewer,
        clock=SystemClock(),
    )
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=204)
    messages.success(request, _("Draf tersimpan."))
    return _to(request, pair)


@door(POST=Permission.DUPLICATE_UNDO)
def separate(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """Take two merged records apart again."""
    pair = _find(request, public_id)
    merger, reason = standing_merger(pair), request.POST.get("reason", "").strip()
    if merger is None or not reason:
        messages.error(request, _("Tulis alasannya dahulu.") if merger else str(REFUSALS["undone"]))
        return _to(request, pair)
    try:
        unmerge_workers(merger, reason=reason, acting_user=request.viewer, clock=SystemClock())
    except UnmergeRefusedError as error:
        messages.error(request, str(REFUSALS[error.code]))
    else:
        messages.success(request, _("Dipisahkan: keduanya kembali seperti sebelum digabung."))
    return _to(request, pair)


def _find(request: ViewerRequest, public_id: UUID) -> SuspectedPair:
    try:
        return pair_for(request.viewer, public_id)
    except UnknownPairError as error:
        raise Http404 from error


def _listed(request: ViewerRequest) -> dict[str, Any]:
    """The list at the left: one state, or everything that waits."""
    state = request.GET.get("keadaan", "")
    state = state if state in State.values else ""
    viewer = request.viewer
    decided = pairs_visible_to(viewer).filter(state=state)
    found = decided if state in SuspectedPair.DECIDED else pairs_waiting(viewer, state=state)
    shown = asked_page(request, found, order=ORDER, size=25)
    drafts = drafted_by(viewer, shown.items)
    return {
        "page": shown,
        "state": state,
        "filter": _query(request),
        "lines": [
            {
                "pair": pair,
                "word": str(STATES[pair.state][0]),
                "tone": STATES[pair.state][1],
                "has_draft": pair.pk in drafts,
            }
            for pair in shown.items
        ],
        "chips": _chips(request, state),
    }


def _chips(request: ViewerRequest, state: str) -> list[Choice]:
    address, viewer = reverse("duplicates"), request.viewer

    def chip(each: str, count: int | None = None) -> Choice:
        return Choice(str(STATES[each][0]), f"{address}?keadaan={each}", state == each, count)

    waiting = [chip(each, pairs_waiting(viewer, state=each).count()) for each in WAITING]
    decided = [chip(each) for each in SuspectedPair.DECIDED]
    return [Choice(_("Semua yang menunggu"), address, not state), *waiting, *decided]


def _shown(
    request: ViewerRequest, pair: SuspectedPair, listed: dict[str, Any], form: DecisionForm | None = None
) -> HttpResponse:
    viewer, clock = request.viewer, SystemClock()
    merger, first, mine = standing_merger(pair), awaited_decision(pair), draft_of(pair, viewer)
    is_live = not (pair.left.merged_into_id or pair.right.merged_into_id)
    view = merge_view(pair) if is_live else None
    known = {"answer": mine.answer, "reason": mine.reason} if mine else {}
    facts = {
        "pair": pair,
        "told": STATES[pair.state],
        "is_of_a_rule": is_of_a_rule(pair),
        "share": f"{pair.probability_ppm / 10_000:.2f}".replace(".", ","),
        "facts": facts_of(pair),
        "background": background_of(pair, viewer=viewer, clock=clock),
        "clues": clues_of(pair),
        "events": story_of(pair),
        "form": form or DecisionForm(initial={**known, "seen": pair.state}),
        "draft": mine,
        "may_decide": viewer.may(Permission.DUPLICATE_DECIDE) and is_live,
        "may_separate": viewer.may(Permission.DUPLICATE_UNDO) and merger is not None,
        "merger": merger,
        "first": first,
        "first_answer": ANSWERS[first.answer] if first else "",
        "is_first": first is not None and first.actor_id == viewer.actor.id and not viewer.is_operator,
        "view": view,
        "kept": _kept(pair, view.kept_id) if view else None,
        "obstacle": obstacle_words(view) if view else "",
    }
    return render(request, "duplicates/page.html", {**listed, **facts})


def _kept(pair: SuspectedPair, kept_id: int) -> Any:
    return pair.left if pair.left_id == kept_id else pair.right


def _refusal(error: Exception) -> str:
    if isinstance(error, SameMonthsError):
        return months_words(error.months)
    if isinstance(error, TwoWaysError):
        return ways_words()
    if isinstance(error, MergeRefusedError):
        return str(REFUSALS[error.code])
    if isinstance(error, SamePersonError):
        return _("Anda yang menjawab pertama. Mintalah rekan untuk memastikannya.")
    return _("Rekan Anda baru saja memutuskan pasangan ini. Lihat dahulu putusannya.")


def _to(request: ViewerRequest, pair: SuspectedPair) -> HttpResponse:
    return HttpResponseRedirect(_with_filter(request, reverse("duplicate", args=[pair.public_id])))


def _query(request: ViewerRequest) -> str:
    kept = {name: request.GET[name] for name in ("keadaan", "hal") if request.GET.get(name)}
    return f"?{urlencode(kept)}" if kept else ""


def _with_filter(request: ViewerRequest, address: str) -> str:
    return address + _query(request)
