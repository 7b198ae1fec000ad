"""Whether two written names are one person's, when the NIK is already the same.

Names arrive in capitals, with titles, short forms, a lost space or a slip of the finger. The rule (decisions.md, "Fates
of a row"): at most two edits a token, tokens in any order, titles and the usual short forms aside. It is a rule for
confirming a NIK, never for finding a person: "Ani" and "Uli" lie two edits apart.
"""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

import yaml

from payung.kernel.edits import edits_within

_JOINERS = re.compile(r"['’‘`´ʼ-]")
_WORD = re.compile(r"[^\W_]+")
_MOST_TOKENS = 12
_WORDS = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
TITLES = frozenset(_WORDS["titles"])
DEGREES = frozenset(_WORDS["degrees"])
SHORT_FORMS: dict[str, list[str]] = _WORDS["short_forms"]
_SHORT = {short: full for full, shorts in SHORT_FORMS.items() for short in shorts}


def fold_name(name: str) -> str:
    """Write a name the way it is compared: lower case, without titles, points and accents, short forms written out.

    >>> fold_name("H. Moh. Sholeh, S.Pd")
    'muhammad sholeh'
    """
    return " ".join(_written_out(_tokens(name)))


def names_agree(one: str, other: str) -> bool:
    """Say whether two names can be one person's.

    >>> names_agree("AMINNAH SITI", "Hj. St. Aminah")
    True
    >>> names_agree("Bakidin Firmansyah", "Gabriella Laksita")
    False
    """
    first, second = _tokens(one), _tokens(other)
    if not first or not second:
        return False
    if first == second or sorted(first) == sorted(second):
        return True
    # Both as written and written out: a typing error inside a short form ("MMOCHAMAD") leaves it unrecognised.
    return _pair(first, second) or _pair(_written_out(first), _written_out(second))


def _written_out(tokens: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_SHORT.get(token, token) for token in tokens)


@lru_cache(maxsize=65536)
def _tokens(name: str) -> tuple[str, ...]:
    text = unicodedata.normalize("NFKD", name).casefold()
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    text = _JOINERS.sub("", text)
    head, *tail = text.split(",")
    words = [word for chunk in head.split() for word in _words_of(chunk, behind_comma=False)]
    words += [word for part in tail for chunk in part.split() for word in _words_of(chunk, behind_comma=True)]
    kept = tuple(word for word in words if word not in TITLES)
    return kept or tuple(words)


def _words_of(chunk: str, *, behind_comma: bool) -> list[str]:
    """Split "moh.cahyadi" in two, and drop "s.pd.i" whole."""
    letters = chunk.replace(".", "")
    if letters in DEGREES and (behind_comma or "." in chunk.rstrip(".")):
        return []
    return _WORD.findall(chunk)


def _pair(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Give each token of the shorter name one of the longer's; what is left over must be a title or a lost space."""
    if len(first) > len(second):
        first, second = second, first
    left, rest = _match_greedily(first, second)
    if not left and not rest:
        return True
    if not left:
        return all(_is_almost_a_title(token) for token in rest)
    return _agree_joined(first, second)


def _match_greedily(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Pair the nearest tokens first; return what found no partner on each side."""
    pairs = sorted(
        (distance, i, j)
        for i, token in enumerate(first)
        for j, against in enumerate(second)
        if (distance := _distance(token, against)) is not None
    )
    used_first: set[int] = set()
    used_second: set[int] = set()
    for _, i, j in pairs:
        if i not in used_first and j not in used_second:
            used_first.add(i)
            used_second.add(j)
    return (
        [token for i, token in enumerate(first) if i not in used_first],
        [token for j, token in enumerate(second) if j not in used_second],
    )


def _distance(one: str, other: str) -> int | None:
    if one[0] == other[0] and 1 in (len(one), len(other)):
        return 2  # an initial stands for any token that begins with it
    return edits_within(one, other, min(2, min(len(one), len(other)) - 1))


def _is_almost_a_title(token: str) -> bool:
    return any(edits_within(token, title, 1) is not None for title in ("h", "hj", "drs", "alm", "almh", "haji", "ir"))


def _agree_joined(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether the names agree once one lost space is put back: "OSKARMARYADI" is "Oskar Maryadi"."""
    if len(first) == len(second) or len(second) > _MOST_TOKENS:
        return False
    for place in range(len(second) - 1):
        joined = (*second[:place], second[place] + second[place + 1], *second[place + 2 :])
        left, rest = _match_greedily(first, joined)
        if not left and all(_is_almost_a_title(token) for token in rest):
            return True
    return False
