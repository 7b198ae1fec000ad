"""Texts as people paste them: with invisible signs, hard spaces, line breaks."""

import re
import unicodedata

from payung.intake.cells.faults import Faults
from payung.tabular.table import Cell

NOTHING = frozenset(
    {
        "-",
        "--",
        "---",
        "–",
        "—",
        ".",
        "..",
        "...",
        "0",
        "/",
        "?",
        "??",
        "n/a",
        "na",
        "null",
        "nil",
        "none",
        "#n/a",
        "#ref!",
    }
    | {"nihil", "kosong", "tidak ada", "tdk ada", "belum ada", "blm ada", "belum punya", "tidak punya", "tidak tahu"}
)
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
# Signs that turn the direction of writing can make a text read as another one.
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
LONGEST = {"birth_place": 100}
_LONGEST = 250  # as much as the registry keeps of a text
_UNREADABLE = {"error": "cell-error", "formula": "cell-not-calculated", "unsure": "cell-unsure"}


def is_nothing(text: str) -> bool:
    """Whether a text only says that there is nothing: `-`, `N/A`, `tidak ada`."""
    return not text or text.casefold() in NOTHING


def plain_text(cell: Cell | None, field: str, faults: Faults) -> str:
    """Read a cell as one line of text; tell of signs that were left out, and of a cell that cannot be read."""
    if cell is None:
        return ""
    text, kind = cell
    if kind in _UNREADABLE:
        faults.fault(_UNREADABLE[kind], field, found=text)
        return ""
    if text.isascii() and text.isprintable():
        return _of_length(" ".join(text.split()), field, faults)
    visible = INVISIBLE.sub("", text)
    if _CONTROL.search(visible):
        faults.fault("control-characters", field)
        visible = _CONTROL.sub("", visible)
    tidied = " ".join(unicodedata.normalize("NFC", visible).split())
    if _DIRECTION.search(text):
        faults.note("text-direction", field)
    elif len(INVISIBLE.sub("", text)) != len(text):
        faults.note("invisible-signs", field)
    elif tidied != visible:
        faults.note("text-tidied", field)
    return _of_length(tidied, field, faults)


def _of_length(text: str, field: str, faults: Faults) -> str:
    longest = LONGEST.get(field, _LONGEST)
    if len(text) > longest and field != "name":  # names say it in their own words
        faults.fault("text-too-long", field, found=text[:40], expected=str(longest), length=len(text))
        return text[:longest]
    return text
