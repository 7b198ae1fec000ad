"""Every figure of the law: the cards of all programmes, by their names."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType, ModuleType
from typing import Any

from payung.rules.cards import Card
from payung.rules.iuran import figures as iuran
from payung.rules.jkk import figures as jkk
from payung.rules.jkm import figures as jkm
from payung.rules.kepesertaan import figures as kepesertaan
from payung.rules.tenggat import figures as tenggat

PROGRAMMES: Mapping[str, ModuleType] = {
    "iuran": iuran,
    "jkk": jkk,
    "jkm": jkm,
    "kepesertaan": kepesertaan,
    "tenggat": tenggat,
}


def _cards_in(value: Any) -> Iterator[Card[Any]]:
    """The cards that a name of `figures.py` holds: one, or several by a key."""
    if isinstance(value, Card):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _cards_in(item)


def _cards_of(figures: ModuleType) -> Mapping[str, Card[Any]]:
    return {card.name: card for value in vars(figures).values() for card in _cards_in(value)}


CARDS_OF: Mapping[str, Mapping[str, Card[Any]]] = {
    programme: MappingProxyType(_cards_of(figures)) for programme, figures in PROGRAMMES.items()
}
CARDS: Mapping[str, Card[Any]] = {name: card for cards in CARDS_OF.values() for name, card in cards.items()}
PROGRAMME_OF: Mapping[str, str] = {name: programme for programme, cards in CARDS_OF.items() for name in cards}
