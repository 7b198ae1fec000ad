"""By what a person is found again among a million: five texts, each shared by most records of one person.

    nik_name        the NIK's last eight digits (month, year, serial) and the telling word of the name
    birth_name      the birth date and the telling word of the name
    birth_village   the birth date and the village
    mother          the mother's name, the year of birth and the telling word of the name
    phone           the telephone number

Whoever shares one is a candidate, nothing more. Words are taken by their sound (`sound_of`), so that old spelling,
doubled letters and vowels do not part them. The texts are secrets: what is stored is their keyed hashes.
"""

import re
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from payung.matching.names import fold_name

# Raised when the texts change: what was stored by another version is then written anew.
VERSION: Final = 2
# A key that more people share than this tells nothing (1 January in a large village).
MOST_CANDIDATES: Final = 60
# Words that so many people bear that they tell nobody apart, as `fold_name` writes them.
_COMMON = frozenset({"muhammad", "ahmad", "abdul", "siti", "nur", "sri", "bin", "binti"})
_OLD_SPELLING = (("oe", "u"), ("tj", "c"), ("dj", "j"), ("sj", "s"), ("sy", "s"), ("kh", ""), ("ch", ""), ("th", "t"))
_SAME_SOUND = str.maketrans({"v": "p", "f": "p", "b": "p", "z": "s", "x": "s", "q": "k", "d": "t", "h": ""})
_VOWELS = re.compile(r"[aeiouy]")
_TWICE = re.compile(r"(.)\1+")
_NOT_DIGITS = re.compile(r"[^0-9]")
_SHORTEST_PHONE = 8


class BlockTexts(NamedTuple):
    """The texts of one record in the order above; empty where what they are made of is not known."""

    nik_name: str
    birth_name: str
    birth_village: str
    mother: str
    phone: str


KINDS: Final = BlockTexts._fields


def block_texts(
    *, nik: str, name: str, birth_date: date | None, village_code: str, mother: str, phone: str
) -> BlockTexts:
    """Say by which texts a record is found. `nik` is its sixteen digits or empty, as the others may be."""
    word = telling_word(name)
    born = birth_date.isoformat() if birth_date else ""
    # The first of January is what offices write for a day nobody knows: with a village alone it says too little.
    is_default = birth_date is not None and (birth_date.month, birth_date.day) == (1, 1)
    digits = phone_digits(phone)
    return BlockTexts(
        f"{nik[8:]}|{word}" if nik and word else "",
        f"{born}|{word}" if born and word else "",
        f"{born}|{village_code}" if born and village_code and not is_default else "",
        # Mothers of one name are too many in a large registry: alone, with a year, they would be hundreds.
        f"{born[:4]}|{_whole_sound(mother)}|{word}" if born and mother and word else "",
        digits if len(digits) >= _SHORTEST_PHONE else "",
    )


@lru_cache(maxsize=65536)
def telling_word(name: str) -> str:
    """The sound of the word of a name that tells most: the longest that is not everybody's, whatever its place.

    >>> telling_word("Moh. Sholeh") == telling_word("SOLEH, H. Muhamad") == "sl"
    True
    """
    words = fold_name(name).split()
    telling = [sound_of(word) for word in words if word not in _COMMON and len(word) > 1]
    return max(telling or [sound_of(word) for word in words] or [""], key=lambda sound: (len(sound), sound))


@lru_cache(maxsize=65536)
def sound_of(word: str) -> str:
    """The consonants of a word, alike where they sound alike; a first vowel is kept as `a`.

    >>> sound_of("soetardjo") == sound_of("sutarjo")
    True
    >>> sound_of("aminnah")
    'amn'
    """
    for written, spoken in _OLD_SPELLING:
        word = word.replace(written, spoken)
    first, rest = word[:1], word[1:]
    first = "a" if first in "aeiou" else "j" if first == "y" else first
    sound = _VOWELS.sub("", rest).translate(_SAME_SOUND)
    return _TWICE.sub(r"\1", (first.translate(_SAME_SOUND) or "a") + sound) if word else ""


def phone_digits(phone: str) -> str:
    """The digits of a telephone number without 0, 62 or +62 in front.

    >>> phone_digits("+62 812-3456-7890") == phone_digits("081234567890")
    True
    """
    digits = _NOT_DIGITS.sub("", phone)
    return digits.removeprefix("62").removeprefix("0") if digits.startswith(("62", "0")) else digits


def _whole_sound(name: str) -> str:
    return " ".join(sorted(sound_of(word) for word in fold_name(name).split()))
