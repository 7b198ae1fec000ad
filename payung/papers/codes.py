"""The code on a slip: 128 random bits, written so that a person can read it out: `7K2M-Q8FD-...`, 26 signs.

Crockford's base 32: no I, L, O, U; a reader who writes O for 0 or I for 1 is understood. Whoever keeps codes keeps a
blind index of `normal_code(...)`, never the code.
"""

import re
import secrets

from payung.papers.errors import NotACheckCodeError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 26  # 130 bits hold 128
_READ_AS = str.maketrans("OIL", "011")


def new_check_code() -> str:
    """Draw a code, grouped for reading."""
    number = secrets.randbits(128)
    signs = "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(LENGTH)))
    return grouped(signs)


def normal_code(text: str) -> str:
    """Bring what a person typed into the one form that is compared; raise `NotACheckCodeError` for anything else."""
    signs = re.sub(r"[\s-]", "", text).upper().translate(_READ_AS)
    if len(signs) != LENGTH or not set(signs) <= set(ALPHABET):
        raise NotACheckCodeError
    return signs


def grouped(signs: str) -> str:
    """Write a normal code in groups of four, the last of six."""
    return "-".join([*(signs[start : start + 4] for start in range(0, 20, 4)), signs[20:]])
