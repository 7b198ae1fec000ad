"""How a value is written for a reader: rupiah, days, months, shares and the words of closed lists, in two languages.

`written(value, kind, language)` takes the kind that a sentence names behind a colon (`{result:rp}`):

    rp       16800         Rp16.800            bulan   Month 2026-11   November 2026
    angka    1234          1.234               persen  50              50 %
    tanggal  2026-11-22    22 November 2026    bp      450             4,5 %
    daftar   (a, b)        a, b                satu|banyak             one of two texts: the first for 1 and for true

Without a kind a number is written plainly (a row, a year), a day and a month in words, a member of a closed list in the
words of `words.yaml`. Nothing at all is a dash.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from payung.kernel.month import Month
from payung.kernel.rupiah import rupiah_text
from payung.rules.cards import StrictLoader
from payung.rules.errors import SentenceError

NOTHING = "–"
EITHER = "|"


class Language(StrEnum):
    """The languages in which the law is told."""

    ID = "id"
    EN = "en"


_MONTHS: Mapping[Language, tuple[str, ...]] = {
    Language.ID: ("Januari", "Februari", "Maret", "April", "Mei", "Juni",
                  "Juli", "Agustus", "September", "Oktober", "November", "Desember"),
    Language.EN: ("January", "February", "March", "April", "May", "June",
                  "July", "August", "September", "October", "November", "December"),
}  # fmt: skip
_TRUTH: Mapping[Language, tuple[str, str]] = {Language.ID: ("ya", "tidak"), Language.EN: ("yes", "no")}


def written(value: Any, kind: str, language: Language) -> str:
    """Write a value; raise `SentenceError` where the kind is unknown or does not fit the value.

    >>> written(16800, "rp", Language.ID), written(450, "bp", Language.ID), written(450, "bp", Language.EN)
    ('Rp16.800', '4,5 %', '4.5%')
    >>> written(3, "month|months", Language.EN), written(date(2026, 11, 22), "tanggal", Language.ID)
    ('months', '22 November 2026')
    """
    if value is None:
        return NOTHING
    if EITHER in kind:
        one, _, other = kind.partition(EITHER)
        return one if value == 1 else other
    if kind not in _KINDS:
        raise SentenceError(f"no kind {kind!r}")
    try:
        return _KINDS[kind](value, language)
    except (TypeError, ValueError, AttributeError) as error:
        raise SentenceError(f"a value of {type(value).__name__} is no {kind!r}") from error


def _rupiah(value: int, language: Language) -> str:
    text = rupiah_text(int(value))
    return text if language is Language.ID else text.replace(".", ",")


def _count(value: int, language: Language) -> str:
    text = f"{int(value):,}"
    return text.replace(",", ".") if language is Language.ID else text


def _day(value: date, language: Language) -> str:
    time = ""
    if isinstance(value, datetime):
        time = f" {value:%H.%M}" if language is Language.ID else f" {value:%H:%M}"
    return f"{value.day} {_MONTHS[language][value.month - 1]} {value.year}{time}"


def _month(value: Month | date, language: Language) -> str:
    month = Month.of(value) if isinstance(value, date) else value
    return f"{_MONTHS[language][month.number - 1]} {month.year}"


def _percent(value: int, language: Language) -> str:
    return f"{_count(value, language)} %" if language is Language.ID else f"{_count(value, language)}%"


def _basis_points(value: int, language: Language) -> str:
    whole, rest = divmod(int(value), 100)
    text = _count(whole, language)
    if rest:
        text += ("," if language is Language.ID else ".") + f"{rest:02d}".rstrip("0")
    return f"{text} %" if language is Language.ID else f"{text}%"


def _list(value: Any, language: Language) -> str:
    return ", ".join(_plainly(item, language) for item in value) or NOTHING


def _plainly(value: Any, language: Language) -> str:  # noqa: PLR0911  one line a kind of value
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return _TRUTH[language][0 if value else 1]
    if isinstance(value, Month):
        return _month(value, language)
    if isinstance(value, date):
        return _day(value, language)
    if isinstance(value, StrEnum):
        return word(value, language)
    if isinstance(value, (tuple, list)):
        return _list(value, language)
    return str(value)


_KINDS: Mapping[str, Callable[[Any, Language], str]] = {
    "": _plainly,
    "rp": _rupiah,
    "angka": _count,
    "tanggal": _day,
    "bulan": _month,
    "persen": _percent,
    "bp": _basis_points,
    "daftar": _list,
}


def is_kind(kind: str) -> bool:
    """Whether a sentence may ask for this kind."""
    return EITHER in kind or kind in _KINDS


@cache
def _words() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    with Path(__file__).with_name("words.yaml").open(encoding="utf-8") as stream:
        words: Mapping[str, Mapping[str, Mapping[str, str]]] = yaml.load(stream, Loader=StrictLoader)  # noqa: S506
    return words


def has_word(member: StrEnum) -> bool:
    """Whether `words.yaml` names a member of a closed list."""
    return member.value in _words().get(type(member).__name__, {})


def word(member: StrEnum, language: Language) -> str:
    """Name a member of a closed list; one without a word is shown with its underscores as spaces.

    >>> from payung.kernel.funds import Sektor
    >>> word(Sektor.LAINNYA, Language.EN)
    'outside transport'
    """
    if not has_word(member):
        return member.value.replace("_", " ")
    return _words()[type(member).__name__][member.value][language.value]
