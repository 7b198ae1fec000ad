"""The NIK of a row: sixteen digits written as text, or a fault that says how they were lost.

Excel keeps fifteen digits of a number, so a NIK in a numeric cell may be somebody else's; `3,32404E+15` holds six.
Nothing is padded, rounded back or guessed: only signs between the digits are taken out.
"""

import re

from payung.intake.cells.faults import Faults
from payung.intake.cells.text import INVISIBLE, is_nothing
from payung.kernel.nik import Nik, NotANikError, mask
from payung.tabular.table import Cell

_SIXTEEN = re.compile(r"[0-9]{16}")
_SCIENTIFIC = re.compile(r"[0-9]+(?:[.,][0-9]+)?\s*[eE]\s*\+?[0-9]+")
_NUMBER_WITH_ZEROS = re.compile(r"([0-9]{12,20})[.,]0+")
_AS_FORMULA = re.compile(r'="?([0-9]+)"?')
_SEPARATORS = re.compile(r"[\s.\-\u2010-\u2015\u00a0]+")
_QUOTES = "'’‘`´\"“”"
_FULL_WIDTH = {ord("０") + digit: str(digit) for digit in range(10)}
_DOUBTFUL = {"merged": "nik-merged", "unsure": "cell-unsure"}
_ANY_REGION = "110101"


def read_nik(cell: Cell | None, faults: Faults) -> Nik | None:
    """Read a NIK, or add the faults of its cell."""
    if cell is None or (cell.kind == "text" and is_nothing(cell.text.strip())):
        faults.fault("nik-missing", "nik", expected="16")
        return None
    if cell.kind == "number":
        _damaged_number(cell.text, faults)
        return None
    if cell.kind in ("error", "formula"):
        faults.fault("nik-missing", "nik", found=cell.text, expected="16")
        return None
    if cell.kind in _DOUBTFUL:
        faults.fault(_DOUBTFUL[cell.kind], "nik", expected="16")
        return None
    if _SIXTEEN.fullmatch(cell.text):
        return _parsed(cell.text, faults)
    return _read_untidy(cell.text, faults)


def _read_untidy(written: str, faults: Faults) -> Nik | None:
    text = INVISIBLE.sub("", written).translate(_FULL_WIDTH).strip().strip(_QUOTES).strip()
    if told := _AS_FORMULA.fullmatch(text):
        text = told[1]
    if _SCIENTIFIC.fullmatch(text):
        faults.fault("nik-scientific", "nik", found=text, expected="16")
        return None
    if number := _NUMBER_WITH_ZEROS.fullmatch(text):
        _damaged_number(number[1], faults)
        return None
    text = _SEPARATORS.sub("", text)
    if not _sixteen_digits(text, faults):
        return None
    faults.note("nik-cleaned", "nik")
    return _parsed(text, faults)


def _damaged_number(digits: str, faults: Faults) -> None:
    if _SCIENTIFIC.fullmatch(digits):
        faults.fault("nik-scientific", "nik", found=digits, expected="16")
    else:
        faults.fault("nik-typed-as-number", "nik", found=mask(digits), expected="16")


def _sixteen_digits(text: str, faults: Faults) -> bool:
    """Tell of a wrong length and of signs that are no digits; both may be true."""
    has_length, has_digits = len(text) == 16, text.isascii() and text.isdigit()
    if not has_length:
        faults.fault("nik-length", "nik", found=mask(text), expected="16", length=len(text))
    if not has_digits:
        faults.fault("nik-characters", "nik", found=mask(text), expected="0-9")
    return has_length and has_digits


def _parsed(digits: str, faults: Faults) -> Nik | None:
    try:
        return Nik.parse(digits)
    except NotANikError as error:
        _fault_of_part(error.part, digits, faults)
        if error.part == "region":
            _further_faults(digits, faults)
        return None


def _fault_of_part(part: str, digits: str, faults: Faults) -> None:
    if part == "date":
        faults.fault("nik-date", "nik", found=mask(digits), day=digits[6:8], month=digits[8:10])
    else:
        faults.fault(f"nik-{part}", "nik", found=mask(digits))


def _further_faults(digits: str, faults: Faults) -> None:
    """A NIK whose region is impossible may have other faults, too."""
    try:
        Nik.parse(_ANY_REGION + digits[6:])
    except NotANikError as error:
        _fault_of_part(error.part, digits, faults)
