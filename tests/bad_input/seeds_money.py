"""Cases 28 to 42: amounts of money in a list."""

from collections.abc import Iterator

from tests.bad_input.building import listed, of_grid
from tests.bad_input.grids import CellValue, Formula, Num
from tests.bad_input.people import BUDI, SARI, TINI, USUAL, list_of
from tests.bad_input.seeds import Answer, Seed, seed
from tests.bad_input.world import World

FIELDS = (*USUAL, "income")
UNREADABLE = "repair:income-unreadable"


def _refused(number: int, name: str, amount: CellValue, reason: str) -> Seed:
    answer = Answer("Q", fates={2: UNREADABLE, 3: "accepted"}, told=(f"{UNREADABLE}/{reason}",))
    return listed(number, name, answer, SARI | {"income": amount}, TINI | {"income": "1.500.000"}, fields=FIELDS)


def _taken(number: int, name: str, amount: CellValue) -> Seed:
    answer = Answer("A", fates={2: "accepted", 3: "accepted"})
    return listed(number, name, answer, SARI | {"income": amount}, TINI | {"income": "1.500.000"}, fields=FIELDS)


@seed(28)
def below_zero() -> Iterator[Seed]:
    yield _refused(28, "text", "-16.800", "negative")
    yield _refused(28, "number", Num("-16800"), "negative")


@seed(29)
def nothing() -> Iterator[Seed]:
    yield _refused(29, "text", "0", "zero")
    yield _refused(29, "rupiah", "Rp0", "zero")


@seed(30)
def with_rp() -> Iterator[Seed]:
    yield _taken(30, "rp", "Rp16.800")
    yield _taken(30, "rp-point", "Rp. 16.800,-")


@seed(31)
def one_comma() -> Iterator[Seed]:
    yield _refused(31, "alone", "16,800", "ambiguous")
    agree = Answer("A", fates={2: "accepted", 3: "accepted"}, told=("note:amount-by-column",))
    people = (SARI | {"income": "800,000"}, TINI | {"income": "1,500,000"})
    yield listed(31, "column-agrees", agree, *people, fields=FIELDS)


@seed(32)
def comma_zeros() -> Seed:
    return _taken(32, "comma-zeros", "16.800,00")


@seed(33)
def fraction() -> Iterator[Seed]:
    yield _refused(33, "text", "16800.5", "fraction")
    yield _refused(33, "number", Num("16800.5"), "fraction")


@seed(34)
def no_number_at_all() -> Iterator[Seed]:
    for name, written in (("huge", "1e400"), ("inf", "inf"), ("nan", "NaN")):
        yield _refused(34, name, written, "exponent")
    answer = Answer("Q", fates={2: "repair:cell-error", 3: "accepted"})
    people = (SARI | {"income": Num("1e400")}, TINI | {"income": "1.500.000"})
    yield listed(34, "huge-number", answer, *people, fields=FIELDS)


@seed(35)
def underscore() -> Seed:
    return _refused(35, "underscore", "16_800", "unreadable")


@seed(36)
def not_the_rate() -> Iterator[Seed]:
    world = World(rates=frozenset({8400, 16800}))
    fields = (*USUAL, "iuran")
    fate = "repair:iuran-disagrees"
    answer = Answer("Q", fates={2: fate, 3: "accepted"}, told=(fate,))
    people = (SARI | {"iuran": "16.000"}, TINI | {"iuran": "Rp16.800"})
    yield listed(36, "rate", answer, *people, fields=fields, world=world)


@seed(37)
def words() -> Seed:
    return _refused(37, "words", "lunas", "words")


@seed(38)
def too_large() -> Iterator[Seed]:
    yield _refused(38, "text", "9223372036854775808", "too-large")
    yield _refused(38, "beyond-the-registry", "2.000.000.001", "too-large")


@seed(39)
def another_currency() -> Iterator[Seed]:
    yield _refused(39, "usd", "USD 100", "currency")
    yield _refused(39, "sign", "$100", "currency")


@seed(40)
def brackets() -> Seed:
    return _refused(40, "brackets", "(16.800)", "parentheses")


@seed(41)
def total_below() -> Iterator[Seed]:
    people = [person | {"income": "1.000.000"} for person in (SARI, TINI, BUDI)]
    grid = list_of(*people, fields=FIELDS)
    right = Answer("A", fates={2: "accepted", 3: "accepted", 4: "accepted"})
    yield of_grid(41, "fits", right, grid.with_rows([*grid.rows, ("JUMLAH", *[None] * 5, "3.000.000")]))
    wrong = grid.with_rows([*grid.rows, ("JUMLAH", *[None] * 5, "4.000.000")])
    yield of_grid(41, "differs", Answer("R", "file:total-differs"), wrong)


@seed(42)
def formula_without_a_value() -> Seed:
    answer = Answer("Q", fates={2: "repair:cell-not-calculated", 3: "accepted"})
    people = (SARI | {"income": Formula("B2*2")}, TINI | {"income": "1.500.000"})
    return listed(42, "formula", answer, *people, fields=FIELDS)
