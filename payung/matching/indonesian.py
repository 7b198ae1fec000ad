"""Indonesian names and the NIK with its birth date, written for comparison: expressions of SQL (DuckDB).

A name: small letters, titles and degrees dropped, short forms written out (`names.yaml`), old spelling made new, words
in the order of the alphabet. A NIK holds the birth date, so both are one field: apart they would count one thing twice.
"""

from payung.matching.names import DEGREES, SHORT_FORMS, TITLES

Columns = dict[str, str]

# Old spelling and how people write what they hear; longer first. Applied to both sides, so nothing needs to be right.
_SPELLING = (
    ("oe", "u"), ("dj", "j"), ("tj", "c"), ("sj", "s"), ("nj", "ny"), ("sy", "s"), ("sh", "s"), ("ts", "s"),
    ("kh", "k"), ("ch", "k"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("bh", "b"), ("ph", "f"), ("dz", "z"),
    ("v", "f"), ("q", "k"), ("x", "ks"), ("z", "s"), ("ie", "i"), ("y", "i"), ("ii", "i"), ("aa", "a"), ("ee", "e"),
    ("uu", "u"), ("oo", "u"), ("bb", "b"), ("dd", "d"), ("ff", "f"), ("gg", "g"), ("kk", "k"), ("ll", "l"),
    ("mm", "m"), ("nn", "n"), ("pp", "p"), ("rr", "r"), ("ss", "s"), ("tt", "t"),
)  # fmt: skip
_UNKNOWN_DAYS = "('0101', '1231')"
_THIS_CENTURY = 26


def person_stages(f: str, value: str) -> list[Columns]:
    """Stages of a whole name: as said (`f`), as it sounds, its words by the alphabet, the sounds for blocking."""
    words = f"list_sort(list_distinct(string_split({f}__heard, ' ')))"
    second = bones(f"split_part({f}__heard, ' ', 2)")
    return [
        {f: written_out(value)},
        {f"{f}__heard": as_heard(f)},
        {
            f"{f}__words": words,
            f"{f}__flat": f"replace({f}__heard, ' ', '')",
            f"{f}__sound": bones(f"split_part({f}__heard, ' ', 1)"),
            f"{f}__second": f"nullif({second}, '')",
        },
        {f"{f}__sorted": f"array_to_string({f}__words, ' ')"},
    ]


def written_out(value: str) -> str:
    """Drop titles and degrees, write short forms out."""
    plain = f"regexp_replace(lower(strip_accents({value})), '[''’‘`´ʼ-]', '', 'g')"
    # A degree is one only behind a comma, or written with points: "ma" and "si" may be names.
    headless = f"regexp_replace({plain}, ',.*$', '')"
    degrees = sorted((degree for degree in DEGREES if len(degree) <= 5), key=len, reverse=True)
    pointed = "|".join(_with_a_point(degree) for degree in degrees)
    undegreed = rf"regexp_replace({headless}, '\s({pointed})[.]?\s*$', '')"
    text = f"' ' || trim(regexp_replace({undegreed}, '[^\\p{{L}}]+', '  ', 'g')) || ' '"
    text = f"regexp_replace({text}, ' ({'|'.join(sorted(TITLES, key=len, reverse=True))}) ', ' ', 'g')"
    for full, shorts in SHORT_FORMS.items():
        text = f"regexp_replace({text}, ' ({'|'.join(sorted(shorts, key=len, reverse=True))}) ', ' {full} ', 'g')"
    text = f"nullif(trim(regexp_replace({text}, ' +', ' ', 'g')), '')"
    return f"coalesce({text}, nullif(trim(regexp_replace({plain}, '[^\\p{{L}}]+', ' ', 'g')), ''))"


def _with_a_point(degree: str) -> str:
    """A degree with a point between any two of its letters: S.Pd, S.P.D, Ph.D."""
    return "|".join(
        r"[.]?\s?".join(degree[:place]) + r"[.]\s?" + r"[.]?\s?".join(degree[place:]) for place in range(1, len(degree))
    )


def as_heard(text: str) -> str:
    """Write a name the way it sounds."""
    for old, new in _SPELLING:
        text = f"replace({text}, '{old}', '{new}')"
    return f"regexp_replace({text}, 'd\\b', 't', 'g')"


def bones(word: str) -> str:
    """First letter and the consonants after it, three letters in all; h and w aside."""
    return f"left(left({word}, 1) || translate(substr({word}, 2), 'aeiouhw', ''), 3)"


def nik_stages(f: str, value: str, birth: str) -> list[Columns]:
    """`f`: a whole NIK or null; `f__born`: eight digits, of the date or else the NIK; `f__year`: the year alone.

    A NIK that a spreadsheet has damaged (rounded, in powers of ten, too short) is no NIK: nothing is guessed from it.
    """
    digits = f"regexp_replace({value}, '[^0-9]', '', 'g')"
    whole = (
        f"case when length({digits}) = 16 and right({digits}, 4) <> '0000' and not regexp_matches({value}, '[eE,]') "
        f"then {digits} end"
    )
    year = f"case when substr({f}, 11, 2) > '{_THIS_CENTURY}' then '19' else '20' end || substr({f}, 11, 2)"
    day = f"(try_cast(substr({f}, 7, 2) as integer) % 40)"
    inside = f"{year} || substr({f}, 9, 2) || lpad(cast({day} as varchar), 2, '0')"
    sure = f"case when length({f}__said) = 8 and right({f}__said, 4) not in {_UNKNOWN_DAYS} then {f}__said end"
    return [
        {f: whole, f"{f}__said": birth},
        {f"{f}__born": f"coalesce({sure}, {inside})", f"{f}__year": f"coalesce(left({f}__said, 4), {year})"},
    ]
