"""The smaller facts of a row: sex, telephone, family card, segment of membership."""

import re
from functools import lru_cache

from payung.intake.cells.faults import Faults
from payung.intake.cells.text import is_nothing, plain_text
from payung.kernel.nik import mask
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
_WAGE_EARNERS = frozenset({"pu", "ppu", "penerima upah", "pekerja penerima upah", "peserta penerima upah"})
# Occupations of an identity card that mean an employer with the duty to insure (UU 24/2011 art. 15).
_EMPLOYEES = frozenset(
    {"pns", "asn", "pppk", "pegawai negeri", "pegawai negeri sipil", "aparatur sipil negara", "tni", "polri"}
    | {"tni ad", "tni al", "tni au", "tentara nasional indonesia", "kepolisian ri", "anggota polri", "anggota tni"}
    | {"karyawan swasta", "pegawai swasta", "karyawan bumn", "karyawan bumd", "pegawai bumn", "pegawai bumd"}
    | {"karyawan tetap", "pegawai tetap", "karyawan pabrik", "karyawan perusahaan"}
)
_NOT_DIGITS = re.compile(r"[^0-9]")
_NOT_LETTERS = re.compile(r"[^a-z]+")
_NEXT_NUMBER = re.compile(r"[/,;]")


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


def read_phone(cell: Cell | None, faults: Faults) -> str:
    """Read a telephone number as `08...`; a number that cannot be one is left out with a note, not a fault."""
    text = plain_text(cell, "phone", faults)
    if is_nothing(text):
        return ""
    digits = text if text.isascii() and text.isdigit() else _NOT_DIGITS.sub("", _NEXT_NUMBER.split(text)[0])
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


def is_employee(occupation: str, segment: str) -> bool:
    """Whether a row says that somebody earns wages from an employer (PU), who must insure them."""
    return _fold(segment) in _WAGE_EARNERS or _fold(occupation) in _EMPLOYEES


def says_bpu(cell: Cell | None) -> bool:
    """Whether the column of membership says that somebody is no wage earner."""
    return cell is not None and _fold(cell.text) in ("bpu", "bukan penerima upah")


@lru_cache(maxsize=4096)
def _fold(text: str) -> str:
    return " ".join(_NOT_LETTERS.sub(" ", text.casefold()).split())
