"""The smaller facts of a row: sex, income, telephone, family card."""

import re

from payung.intake.cells.faults import Faults
from payung.intake.cells.text import is_nothing, plain_text
from payung.kernel.nik import mask
from payung.kernel.rupiah import NotRupiahError, parse_rupiah
from payung.tabular.table import Cell

_MEN = ("l", "lk", "laki", "lakilaki", "laki2", "lelaki", "lki", "pria", "cowok", "m", "male", "man", "1")
_WOMEN = (
    "p",
    "pr",
    "prp",
    "perempuan",
    "perempuwan",
    "prmpuan",
    "wanita",
    "wnt",
    "cewek",
    "w",
    "f",
    "female",
    "woman",
    "2",
)
_SEX = {**dict.fromkeys(_MEN, "L"), **dict.fromkeys(_WOMEN, "P")}
_GROUPED_BY_COMMAS = re.compile(r"(?:rp\.?\s*)?[0-9]{1,3}(?:,[0-9]{3}){2,}", re.IGNORECASE)
_NOT_DIGITS = re.compile(r"[^0-9]")


def means_pria(texts: set[str]) -> bool:
    """Whether a column writes P for pria: it does where W stands for the women and L nowhere."""
    folded = {text.strip().casefold() for text in texts}
    return "w" in folded and "p" in folded and "l" not in folded


def read_sex(cell: Cell | None, faults: Faults, *, p_is_pria: bool = False) -> str:
    """Read `L` or `P`; empty where nothing stands or what stands cannot be read."""
    text = plain_text(cell, "sex", faults)
    if is_nothing(text):
        return ""
    folded = re.sub(r"[\s.\-/]", "", text.casefold())
    if p_is_pria and folded == "p":
        return "L"
    if folded not in _SEX:
        faults.fault("sex-unreadable", "sex", found=text, expected="L / P")
    return _SEX.get(folded, "")


def read_income(cell: Cell | None, faults: Faults) -> int | None:
    """Read a month's income in whole rupiah; an empty cell is none."""
    text = plain_text(cell, "income", faults)
    if is_nothing(text) and text != "0":
        return None
    if _GROUPED_BY_COMMAS.fullmatch(text):
        text = text.replace(",", "")
    try:
        income = parse_rupiah(text)
    except NotRupiahError:
        income = None
    if not income or income >= 10**12:
        faults.fault("income-unreadable", "income", found=text, expected="1.000.000")
        return None
    return int(income)


def read_phone(cell: Cell | None, faults: Faults) -> str:
    """Read a telephone number as `08...`; a number that cannot be one is left out with a note, not a fault."""
    text = plain_text(cell, "phone", faults)
    if is_nothing(text):
        return ""
    digits = _NOT_DIGITS.sub("", re.split(r"[/,;]", text)[0])
    if digits.startswith("62"):
        digits = "0" + digits[2:].removeprefix("0")
    elif digits.startswith("8"):
        digits = "0" + digits
    if not 8 <= len(digits) <= 15:
        faults.note("phone-unreadable", "phone")
        return ""
    return digits


def read_kk(cell: Cell | None, faults: Faults) -> str:
    """Read the number of a family card; sixteen digits written as text, or a note."""
    if cell is None:
        return ""
    digits = _NOT_DIGITS.sub("", cell.text)
    if cell.kind != "text" or len(digits) != 16:
        if not is_nothing(cell.text.strip()):
            faults.note("kk-unreadable", "kk", found=mask(digits))
        return ""
    return digits
