"""Persons shown by halves: enough to recognise a list by, not enough to know somebody by."""

import re

from payung.kernel.nik import mask

_NUMBERS = re.compile(r"[0-9](?:[ .\-]?[0-9]){8,}")
_NOT_DIGITS = re.compile(r"[^0-9]")
_SECRET_FIELDS = frozenset({"mother_name", "phone", "email"})


def masked_name(name: str) -> str:
    """The initials of a name.

    >>> masked_name("Siti Aminah")
    'S. A.'
    """
    return " ".join(f"{part[0].upper()}." for part in name.split() if part[0].isalpha()) or "…"


def masked_sample(text: str, *, field: str | None = None) -> str:
    """A cell of a list as an example: long numbers masked, however they are spaced; of a secret its beginning.

    >>> masked_sample("3324 0141 0790 0003")
    '3324••••••••0003'
    >>> masked_sample("Aminah", field="mother_name")
    'A•••••'
    """
    if field in _SECRET_FIELDS:
        return text[:1] + "•" * min(len(text) - 1, 8)
    return _NUMBERS.sub(lambda found: _masked(_NOT_DIGITS.sub("", found[0])), text)


def _masked(digits: str) -> str:
    return mask(digits) if len(digits) == 16 else digits[:4] + "•" * (len(digits) - 4)
