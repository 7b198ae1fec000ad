"""Cases 117 to 120: text files in every encoding, separator and line end that offices' programs write."""

from collections.abc import Iterator

from payung.tabular.table import Choices
from tests.bad_input.grids import delimited
from tests.bad_input.people import SARI, TINI, list_of
from tests.bad_input.seeds import Answer, Seed, seed

JOSE = SARI | {"name": "José Wulandari"}
LIST = list_of(JOSE, TINI)
BOTH = {2: "accepted", 3: "accepted"}
TOLD = ("note:read-as-text",)


@seed(117)
def encodings() -> Iterator[Seed]:
    answer = Answer("A", fates=BOTH, told=TOLD)
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"):
        yield Seed(117, encoding, delimited(LIST, separator=";", encoding=encoding), answer, "daftar.csv")
    marked_big = b"\xfe\xff" + delimited(LIST, separator=";", encoding="utf-16-be")
    yield Seed(117, "utf-16-be-with-a-mark", marked_big, answer, "daftar.csv")
    head = delimited(list_of(JOSE), separator=";", encoding="utf-8")
    tail = delimited(list_of(TINI | {"name": "André Lestari"}), separator=";", encoding="cp1252").split(b"\r\n", 1)[1]
    yield Seed(117, "two-encodings-pasted-together", head + tail, answer, "daftar.csv")
    unsure = delimited(LIST, separator=";", encoding="cp1252").replace(b"Jos\xe9", b"Jos\x8f")
    yield Seed(117, "undecidable", unsure, Answer("R", "file:encoding"), "daftar.csv")
    chosen = Choices(encoding="mac-roman")
    yield Seed(117, "undecidable-chosen", unsure, answer, "daftar.csv", choices=chosen)


@seed(118)
def separators() -> Iterator[Seed]:
    answer = Answer("A", fates=BOTH, told=TOLD)
    for name, separator in (("semicolon", ";"), ("comma", ","), ("tab", "\t"), ("bar", "|")):
        yield Seed(118, name, delimited(LIST, separator=separator), answer, "daftar.csv")
    named = b"sep=|\r\n" + delimited(LIST, separator="|")
    fates = {3: "accepted", 4: "accepted"}
    yield Seed(118, "named-in-the-first-line", named, Answer("A", fates=fates, told=TOLD), "daftar.csv")


@seed(119)
def quotes_left_open() -> Iterator[Seed]:
    lines = delimited(LIST, separator=";").decode().splitlines()
    opened = [lines[0], lines[1].replace(";José", ';"José'), *lines[2:] * 3]
    yield Seed(119, "to-the-end", "\n".join(opened).encode(), Answer("R", "file:quotes"), "daftar.csv")
    closed = [*opened, lines[2].replace(";Tini", ';"Tini'), lines[2]]
    yield Seed(119, "to-the-next-quote", "\n".join(closed).encode(), Answer("R", "file:quotes"), "daftar.csv")


@seed(120)
def line_ends() -> Iterator[Seed]:
    answer = Answer("A", fates=BOTH, told=TOLD)
    for name, end in (("unix", "\n"), ("windows", "\r\n"), ("old-mac", "\r")):
        yield Seed(120, name, delimited(LIST, separator=";", line_end=end), answer, "daftar.csv")
    mixed = delimited(LIST, separator=";", line_end="\n").replace(b"\n", b"\r", 1)
    yield Seed(120, "mixed", mixed, answer, "daftar.csv")
