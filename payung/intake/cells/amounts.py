"""Amounts of a list in whole rupiah: an income, a contribution. What may mean two things is refused, with why."""

import re
from collections.abc import Iterable

from payung.intake.cells.faults import Faults
from payung.intake.cells.text import is_nothing, plain_text
from payung.kernel.rupiah import NotRupiahError, parse_rupiah
from payung.tabular.table import Cell

HIGHEST_RP = 2_000_000_000  # as much as the registry keeps
_RUPIAH = re.compile(r"^(?:rp|idr)\.?\s*", re.IGNORECASE)
# Commas group for certain where they do it twice, or where a point with zeros follows them.
_COMMAS_GROUP = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){2,}(?:\.0{1,2})?|[0-9]{1,3},[0-9]{3}\.0{1,2}")
_POINTS_GROUP = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,(?:0{1,2}|-))?")
_ONE_COMMA = re.compile(r"[0-9]{1,3},[0-9]{3}")
_REASONS = (
    ("negative", re.compile(r"[-−–].*|.*[0-9]\s*[-−–]", re.DOTALL)),
    ("parentheses", re.compile(r"\(.*\)", re.DOTALL)),
    ("currency", re.compile(r".*(?:usd|us\$|\$|€|£|¥|eur|sgd|myr|\brm\b|ringgit|dolar|dollar).*", re.IGNORECASE)),
    ("exponent", re.compile(r"[0-9.,]+e[+-]?[0-9]+|[+]?(?:inf|infinity|nan)|#num!", re.IGNORECASE)),
    ("ambiguous", _ONE_COMMA),
    ("fraction", re.compile(r"(?:[0-9]{1,3}(?:[.,][0-9]{3})*|[0-9]+)[.,][0-9]+")),
    ("too-large", re.compile(r"[0-9]{16,}|[0-9]{1,3}(?:[.,][0-9]{3}){5,}")),
    ("words", re.compile(r"[^0-9]+")),
)


def commas_group(texts: Iterable[str]) -> bool:
    """Whether a column writes thousands with commas: some amount shows it, and none groups by points."""
    seen = False
    for text in texts:
        bare = _RUPIAH.sub("", text.strip())
        if _POINTS_GROUP.fullmatch(bare):
            return False
        seen = seen or _COMMAS_GROUP.fullmatch(bare) is not None
    return seen


def read_amount(cell: Cell | None, field: str, faults: Faults, *, with_commas: bool = False) -> int | None:
    """Read an amount above zero; an empty cell is none. `with_commas` says what the whole column showed."""
    before = len(faults.problems)
    text = plain_text(cell, field, faults)
    if len(faults.problems) > before:
        return None  # what is left of a spoilt cell is no amount
    if is_nothing(text) and text != "0":
        return None
    amount, reason = _amount(text, with_commas=with_commas)
    if reason:
        faults.fault(f"{field}-unreadable", field, found=text, expected="1.000.000", reason=reason)
    elif _ONE_COMMA.fullmatch(_RUPIAH.sub("", text)):
        faults.note("amount-by-column", field, found=text)
    return amount


def _amount(text: str, *, with_commas: bool) -> tuple[int | None, str]:
    bare = _RUPIAH.sub("", text)
    if _COMMAS_GROUP.fullmatch(bare) or (with_commas and _ONE_COMMA.fullmatch(bare)):
        bare = bare.split(".")[0].replace(",", "")
    try:
        amount = int(parse_rupiah(bare))
    except NotRupiahError:
        return None, next((name for name, written in _REASONS if written.fullmatch(bare)), "unreadable")
    if amount == 0:
        return None, "zero"
    return (amount, "") if amount <= HIGHEST_RP else (None, "too-large")
