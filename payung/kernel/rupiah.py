"""Whole rupiah. Money is an int from end to end; there is no fraction of a rupiah anywhere in Payung."""

import re
from typing import NewType

Rupiah = NewType("Rupiah", int)

_GROUPED = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+")
_PLAIN = re.compile(r"[0-9]{1,15}")


class NotRupiahError(ValueError):
    """A text that is not an amount of whole rupiah."""


def rupiah_text(amount: int) -> str:
    """Write an amount the way people here do.

    >>> rupiah_text(16800)
    'Rp16.800'
    >>> rupiah_text(-42000000)
    '-Rp42.000.000'
    """
    return f"{'-' if amount < 0 else ''}Rp{abs(amount):,}".replace(",", ".")


def parse_rupiah(text: str) -> Rupiah:
    """Read an amount as offices write it: `Rp 1.000.000`, `16.800,00`, `1500000`, `Rp16.800,-`.

    Anything with another meaning is refused rather than guessed: a point before fewer than three digits, a comma before
    anything but zeros or a dash, signs, exponents, underscores, other currencies.

    >>> parse_rupiah("Rp 1.000.000")
    1000000
    """
    found = text.strip()
    found = re.sub(r"(?i)^(rp|idr)\.?\s*", "", found)
    found = re.sub(r",(0{1,2}|-)$", "", found).strip()
    if _GROUPED.fullmatch(found):
        found = found.replace(".", "")
    if not _PLAIN.fullmatch(found) or not found.isascii():
        raise NotRupiahError(text)
    return Rupiah(int(found))
