"""The NIK of a row: sixteen digits written as text, or a fault that says how they were lost.

Excel keeps fifteen digits of a number, so a NIK in a numeric cell may be somebody else's; `3,32404E+15` holds six.
Nothing is padded, rounded back or guessed: only signs between the digits are taken out. What Excel does has names:

    nik-typed-as-number/typed         the digits may be right, nobody can tell
    nik-typed-as-number/rounded       sixteen digits, the last a zero: the sixteenth was cut off
    nik-typed-as-number/beyond        above 2^53 (Papua): even a program that keeps more digits loses the last
    nik-typed-as-number/zero-lost     fifteen digits: a zero in front is gone, or a digit was forgotten
    nik-scientific                    `3,32404E+15`, with a comma or a point: most digits are gone
    nik-length/zero-lost              the same fifteen digits, written as text
"""

import re

from payung.intake.cells.faults import Faults
from payung.intake.cells.nik_regions import Standing, standing_of
from payung.intake.cells.text import INVISIBLE, is_nothing
from payung.kernel.nik import Nik, NotANikError, mask
from payung.tabular.table import Cell

_SIXTEEN = re.compile(r"[0-9]{16}")
_SCIENTIFIC = re.compile(r"[0-9]+(?:[.,][0-9]+)?\s*[eE]\s*\+?[0-9]+")
_NUMBER_WITH_ZEROS = re.compile(r"([0-9]{12,20})[.,]0+")
_LONG_RUN = re.compile(r"[0-9]{9,}")
_AS_FORMULA = re.compile(r'="?([0-9]+)"?')
_SEPARATORS = re.compile(r"[\s.\-\u2010-\u2015\u00a0]+")
_SEVERAL = re.compile(r"[0-9]{16}(?:[\s,;/&|+.\-]*(?:dan)?[\s,;/&|+.\-]*[0-9]{16})+")
# A passport (`B1234567`), a KITAS or KITAP (`2C21JE1234-K`): letters and digits, and never as many digits as a NIK.
_OTHER_ID = re.compile(r"[A-Z]{1,2}[0-9]{6,8}|[0-9][A-Z][0-9]{2}[A-Z]{2}[0-9]{4}[A-Z]?", re.IGNORECASE)
_QUOTES = "'’‘`´\"“”"
_FULL_WIDTH = {ord("０") + digit: str(digit) for digit in range(10)}
_DOUBTFUL = {"merged": "nik-merged", "unsure": "cell-unsure"}
_ANY_REGION = "110101"
_EXACT_UP_TO = 2**53


def read_nik(cell: Cell | None, faults: Faults, *, kk: str = "") -> Nik | None:
    """Read a NIK, or add the faults of its cell. `kk` is the family card beside it, which a NIK cannot be."""
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
    digits = cell.text if _SIXTEEN.fullmatch(cell.text) else _tidied(cell.text, faults)
    if digits and digits == kk:
        faults.fault("nik-is-kk", "nik", found=mask(digits))
        return None  # a card's number holds its day of issue: comparing it with a birth date says nothing
    return _parsed(digits, faults) if digits else None


def _tidied(written: str, faults: Faults) -> str:
    """The sixteen digits that stand among other signs; empty, with the fault, where they do not."""
    text = INVISIBLE.sub("", written).translate(_FULL_WIDTH).strip().strip(_QUOTES).strip()
    if told := _AS_FORMULA.fullmatch(text):
        text = told[1]
    if _SCIENTIFIC.fullmatch(text):
        faults.fault("nik-scientific", "nik", found=_shown(text), expected="16")
        return ""
    if number := _NUMBER_WITH_ZEROS.fullmatch(text):
        _damaged_number(number[1], faults)
        return ""
    if _SEVERAL.fullmatch(text):
        faults.fault("nik-length", "nik", expected="16", reason="several", length=len(re.sub(r"[^0-9]", "", text)))
        return ""
    text = _SEPARATORS.sub("", text)
    if _OTHER_ID.fullmatch(text):
        faults.fault("nik-other-id", "nik", expected="16")
        return ""
    if not _sixteen_digits(text, faults):
        return ""
    faults.note("nik-cleaned", "nik")
    return text


def _damaged_number(digits: str, faults: Faults) -> None:
    if _SCIENTIFIC.fullmatch(digits):
        faults.fault("nik-scientific", "nik", found=_shown(digits), expected="16")
    else:
        reason = _damage(digits)
        faults.fault("nik-typed-as-number", "nik", found=mask(digits), expected="16", reason=reason)


def _shown(scientific: str) -> str:
    """A number in scientific notation, without the digits of a person's: `3324156501900001e0` holds them all."""
    return _LONG_RUN.sub(lambda run: mask(run[0]), scientific)


def _damage(digits: str) -> str:
    """What Excel may have done to a number of these digits."""
    if not (digits.isascii() and digits.isdigit()):
        return "typed"
    if int(digits) > _EXACT_UP_TO:
        return "beyond"
    if len(digits) == 16 and digits.endswith("0"):
        return "rounded"
    return "zero-lost" if len(digits) == 15 else "typed"


def _sixteen_digits(text: str, faults: Faults) -> bool:
    """Tell of a wrong length and of signs that are no digits; both may be true."""
    has_length, has_digits = len(text) == 16, text.isascii() and text.isdigit()
    if not has_length:
        reason = _kind_of_length(text) if has_digits else ""
        why = {"reason": reason} if reason else {}
        faults.fault("nik-length", "nik", found=mask(text), expected="16", length=len(text), **why)
    if not has_digits:
        faults.fault("nik-characters", "nik", found=mask(text), expected="0-9")
    return has_length and has_digits


def _kind_of_length(digits: str) -> str:
    """What a number of another length probably is: a card of BPJS Kesehatan, a KPJ, or a NIK without its zero."""
    if len(digits) == 13 and digits.startswith("000"):
        return "bpjs-card"
    if len(digits) == 11:
        return "kpj"
    return "zero-lost" if len(digits) == 15 else ""


def _parsed(digits: str, faults: Faults) -> Nik | None:
    try:
        nik = Nik.parse(digits)
    except NotANikError as error:
        _fault_of_part(error.part, digits, faults)
        if error.part == "region":
            _further_faults(digits, faults)
        return None
    standing = standing_of(digits)
    if standing is Standing.NEVER:
        _fault_of_part("region", digits, faults)
    elif standing is Standing.FORMER:
        faults.note("nik-region-former", "nik", region=nik.region[:5])
    return nik


def _fault_of_part(part: str, digits: str, faults: Faults) -> None:
    if part == "date":
        faults.fault("nik-date", "nik", found=mask(digits), day=digits[6:8], month=digits[8:10])
    elif part == "region":
        faults.fault("nik-region", "nik", found=mask(digits), region=f"{digits[:2]}.{digits[2:4]}")
    else:
        faults.fault(f"nik-{part}", "nik", found=mask(digits))


def _further_faults(digits: str, faults: Faults) -> None:
    """A NIK whose region is impossible may have other faults, too."""
    try:
        Nik.parse(_ANY_REGION + digits[6:])
    except NotANikError as error:
        _fault_of_part(error.part, digits, faults)
