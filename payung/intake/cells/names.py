"""Names of people: almost anything may be one, but not a dash, a number or a picture."""

import re
import unicodedata

from payung.intake.cells.faults import Faults
from payung.intake.cells.text import plain_text
from payung.kernel.nik import masked_in
from payung.tabular.table import Cell

LONGEST = 250
_NOT_NAMES = frozenset(
    {"n/a", "#n/a", "na", "nn", "tidak ada", "belum ada", "kosong", "nihil", "tanpa nama", "true", "false"}
)
# What a database writes for nothing. `Null` itself is somebody's name.
_EMPTY_VALUES = frozenset({"NULL", "null", "NONE", "none", "NaN", "nan"})
_ALLOWED = re.compile(r"[^\W\d_](?:[^\W\d_]|[ .,'’‘`´ʼ/()-])*")
# The first byte of a letter of UTF-8 and a byte that follows it, both read as Windows-1252.
_MOJIBAKE = re.compile(r"[ÂÃÄÅ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€|â\x80")
_DEAD = re.compile(r"\b(?:alm|almh|almarhum|almarhumah)\b", re.IGNORECASE)


def read_name(cell: Cell | None, faults: Faults, *, field: str = "name") -> str:
    """Read a name as it is written, in its own capitals; add the faults of its cell."""
    text = plain_text(cell, field, faults)
    if cell is not None and cell.kind in ("number", "bool", "date", "time"):
        faults.fault("name-characters", field, found=text)
        return ""
    if not any(letter.isalnum() for letter in text) or text.casefold() in _NOT_NAMES or text in _EMPTY_VALUES:
        faults.fault("name-missing", field, found=text)
        return ""
    _check_letters(text, cell.text if cell else "", field, faults)
    text = masked_in(text)  # names are kept in the clear, and a NIK beside one is in the wrong cell
    if len(text) > LONGEST:
        faults.fault("name-too-long", field, found=text[:40], expected=str(LONGEST), length=len(text))
        return text[:LONGEST]
    if _DEAD.search(text):
        faults.note("name-says-dead", field, found=text)
    if len(text) == 1:
        faults.note("name-one-letter", field, found=text)
    return text


def _check_letters(text: str, written: str, field: str, faults: Faults) -> None:
    """`written` is the cell as it stood: a hard space may be half of a garbled letter."""
    if not written.isascii() and _MOJIBAKE.search(written):
        faults.fault("name-garbled", field, found=text, suggestion=_ungarbled(written))
    elif not _ALLOWED.fullmatch(text) or not _is_latin(text):
        faults.fault("name-characters", field, found=text)


def _ungarbled(text: str) -> str:
    """Undo the reading of UTF-8 as Windows-1252, done once or twice; empty where it cannot be undone."""
    for _ in range(3):
        try:
            text = b"".join(map(_byte_of, text)).decode("utf-8")
        except UnicodeError:
            return ""
        if not _MOJIBAKE.search(text):
            return text
    return ""


def _byte_of(letter: str) -> bytes:
    """Windows-1252 leaves five bytes without a letter; readers keep those as they are."""
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return letter.encode("latin-1")


def _is_latin(text: str) -> bool:
    """A Cyrillic letter that looks Latin makes another name of it."""
    return text.isascii() or all(
        not letter.isalpha() or "LATIN" in unicodedata.name(letter, "") or letter == "ʼ" for letter in text
    )
