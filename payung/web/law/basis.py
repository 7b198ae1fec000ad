"""The legal basis: every figure of the law, its history, and what changed between two days."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from payung.access.doors import ViewerRequest, door
from payung.access.permissions import Permission
from payung.kernel.clock import SystemClock
from payung.rules.cards import Card, DatedValue
from payung.rules.diff import Change, changes_between
from payung.rules.labels import Table, card_name, card_note, label, table_of
from payung.rules.legal_basis import CARDS, CARDS_OF, PROGRAMME_OF
from payung.rules.telling import CONFIDENCE_MARKS, days_text, is_unsure, tell_value
from payung.web.frame.shapes import Choice
from payung.web.frame.traces import reader_language
from payung.web.law.days import DaysForm
from payung.web.law.drawing import history_chart
from payung.web.law.tables import ShownTable, shown_table

UNSURE = "belum-pasti"


@dataclass(frozen=True, slots=True)
class ShownValue:
    """A value with its article, its days and any doubt."""

    value: str
    article: str
    source: str
    days: str
    doubt: str
    is_now: bool


@dataclass(frozen=True, slots=True)
class ShownCard:
    """A figure as the list shows it; without `held` no law gives one today."""

    name: str
    title: str
    href: str
    held: ShownValue | None
    last_checked_on: date


@dataclass(frozen=True, slots=True)
class Programme:
    """The figures of one programme."""

    code: str
    title: str
    cards: list[ShownCard]


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A figure that is another on the second day."""

    title: str
    href: str
    old: str
    new: str
    by: ShownValue
    went: ShownTable | None
    came: ShownTable | None


@door(GET=Permission.PUBLIC)
def index(request: ViewerRequest) -> HttpResponse:
    """Every figure, programme by programme."""
    today = SystemClock().today()
    only, asked = request.GET.get("saring") == UNSURE, request.GET.get("program", "")
    programmes = [_programme(code, today, unsure=only) for code in CARDS_OF if asked in ("", code)]
    unsure = sum(is_unsure(card.find(today)) for card in CARDS.values())
    facts = {
        "today": today,
        "programmes": [programme for programme in programmes if programme.cards],
        "filters": [
            Choice(_("Semua"), reverse("law"), active=not only and not asked, count=len(CARDS)),
            Choice(_("Belum pasti"), f"{reverse('law')}?saring={UNSURE}", active=only, count=unsure),
            *(
                Choice(
                    programme_title(code), f"{reverse('law')}?program={code}", active=asked == code, count=len(cards)
                )
                for code, cards in CARDS_OF.items()
            ),
        ],
    }
    return render(request, "law/index.html", facts)


@door(GET=Permission.PUBLIC)
def page(request: ViewerRequest, name: str) -> HttpResponse:
    """One figure: its value today, its article, and its history."""
    card = CARDS.get(name)
    if card is None:
        raise Http404
    today = SystemClock().today()
    held = card.find(today)
    table = table_of(held.value) if held else None
    facts = {
        "today": today,
        "card": card,
        "title": card_name(card, reader_language()),
        "programme": programme_title(PROGRAMME_OF[name]),
        "held": _value(held, today) if held else None,
        "table": shown_table(_("Isi tabel"), table) if table else None,
        "history": [_value(value, today) for value in reversed(card.values)],
        "chart": history_chart(card, today=today),
        "is_unsure": is_unsure(held),
        "note": card_note(card, reader_language()),
    }
    return render(request, "law/card.html", facts)


@door(GET=Permission.PUBLIC)
def changes(request: ViewerRequest) -> HttpResponse:
    """What changed between two days, and by which regulation."""
    today = SystemClock().today()
    form = DaysForm(request.GET, today=today)
    facts: dict[str, Any] = {"form": form}
    if form.is_valid():
        days = form.cleaned_data["dari"], form.cleaned_data["ke"]
        facts |= {"days": days, "changes": [_change(change, today) for change in changes_between(*days)]}
    return render(request, "law/changes.html", facts)


def programme_title(code: str) -> str:
    """The name of a programme."""
    return label("programmes", code, reader_language())


def _programme(code: str, today: date, *, unsure: bool) -> Programme:
    cards = [card for card in CARDS_OF[code].values() if not unsure or is_unsure(card.find(today))]
    return Programme(code, programme_title(code), [_card(card, today) for card in cards])


def _card(card: Card[Any], today: date) -> ShownCard:
    held = card.find(today)
    return ShownCard(
        name=card.name,
        title=card_name(card, reader_language()),
        href=reverse("law_card", args=[card.name]),
        held=_value(held, today) if held else None,
        last_checked_on=card.last_checked_on,
    )


def _value(held: DatedValue[Any], today: date) -> ShownValue:
    return ShownValue(
        value=tell_value(held, reader_language()),
        article=held.origin.article,
        source=held.origin.source,
        days=days_text(held, reader_language()),
        doubt=_doubt(held),
        is_now=held.holds_on(today),
    )


def _doubt(held: DatedValue[Any]) -> str:
    mark = CONFIDENCE_MARKS[reader_language()][held.origin.confidence]
    return mark or (_("sebagian baris belum pasti") if is_unsure(held) else "")


def _change(change: Change, today: date) -> ShownChange:
    language = reader_language()
    went, came = change.rows or (None, None)
    return ShownChange(
        title=card_name(change.card, language),
        href=reverse("law_card", args=[change.card.name]),
        old=tell_value(change.old, language),
        new=tell_value(change.new, language),
        by=_value(change.by, today),
        went=_rows(_("Yang hilang"), went),
        came=_rows(_("Yang baru"), came),
    )


def _rows(title: str, table: Table | None) -> ShownTable | None:
    return shown_table(title, table) if table and table.rows else None
