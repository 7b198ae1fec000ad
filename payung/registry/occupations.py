"""The book of occupations, and finding one by the way a list writes it. Pure: no database."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from payung.kernel.edits import edits_within
from payung.kernel.funds import Sektor
from payung.kernel.yaml_files import read_yaml

_BOOK = Path(__file__).with_name("occupations.yaml")
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
_SHORTHAND = {"tk": "tukang", "tkg": "tukang", "tkng": "tukang", "pdg": "pedagang", "pdgg": "pedagang", "brh": "buruh"}


@dataclass(frozen=True, slots=True)
class OccupationCard:
    """One occupation as the book has it."""

    code: str
    name: str
    group: str
    sector: Sektor
    aliases: tuple[str, ...]


@lru_cache(maxsize=1)
def occupation_cards() -> tuple[OccupationCard, ...]:
    """Read the book once a process."""
    groups = read_yaml(_BOOK)
    return tuple(
        OccupationCard(card["code"], card["name"], group["group"], Sektor(group["sector"]), tuple(card["aliases"]))
        for group in groups
        for card in group["occupations"]
    )


@lru_cache(maxsize=4096)
def occupation_named(text: str) -> str | None:
    """Give the code of the occupation that a list means, or None; a slip of the finger is forgiven if it is clear.

    >>> occupation_named("TK. BECAK")
    'tukang-becak'
    >>> occupation_named("Astronot") is None
    True
    """
    wanted = fold_occupation(text)
    book = _by_writing()
    if wanted in book:
        return book[wanted]
    return _nearest(wanted, book) if wanted else None


def fold_occupation(text: str) -> str:
    """Write an occupation the way it is compared: small letters without spaces, short forms written out."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    words = _NOT_LETTERS.sub(" ", plain).split()
    return "".join(_SHORTHAND.get(word, word) for word in words)


def sector_of(code: str | None) -> Sektor | None:
    """The sector of an occupation's code; None where either is unknown."""
    return _sectors().get(code or "")


@lru_cache(maxsize=1)
def _sectors() -> dict[str, Sektor]:
    return {card.code: card.sector for card in occupation_cards()}


@lru_cache(maxsize=1)
def _by_writing() -> dict[str, str]:
    return {
        fold_occupation(writing): card.code for card in occupation_cards() for writing in (card.name, *card.aliases)
    }


def _nearest(wanted: str, book: dict[str, str]) -> str | None:
    """One letter may differ from six letters on, two from twelve on, and only one occupation may lie that near."""
    limit = 0 if len(wanted) < 6 else 1 if len(wanted) < 12 else 2
    distances = _distances(wanted, book, limit) if limit else []
    least = min((distance for distance, _ in distances), default=0)
    codes = {code for distance, code in distances if distance == least}
    return codes.pop() if len(codes) == 1 else None


def _distances(wanted: str, book: dict[str, str], limit: int) -> list[tuple[int, str]]:
    found: Iterable[tuple[int | None, str]] = ((edits_within(wanted, key, limit), code) for key, code in book.items())
    return [(distance, code) for distance, code in found if distance is not None]
