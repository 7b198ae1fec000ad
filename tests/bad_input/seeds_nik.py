"""Cases 1 to 27: what becomes of NIKs on their way through Excel and through people's hands."""

from collections.abc import Iterator
from datetime import date

from payung.intake.checks import KnownPerson
from tests.bad_input.building import listed
from tests.bad_input.grids import CellValue, Num
from tests.bad_input.people import SARI, TINI, USUAL
from tests.bad_input.seeds import Answer, Seed, seed
from tests.bad_input.world import World

NIK = str(SARI["nik"])
CLEANED = Answer("A", fates={2: "accepted", 3: "accepted"}, told=("note:nik-cleaned",))


def _wrong(number: int, name: str, nik: CellValue, fate: str, told: str = "") -> Seed:
    """Tini's row is good; Sari's NIK is what it is."""
    answer = Answer("Q", fates={2: fate, 3: "accepted"}, told=(told or fate,))
    return listed(number, name, answer, SARI | {"nik": nik}, TINI)


def _tidied(number: int, name: str, nik: str) -> Seed:
    return listed(number, name, CLEANED, SARI | {"nik": nik}, TINI)


@seed(1)
def typed_as_a_number() -> Seed:
    return _wrong(1, "typed-as-number", Num(NIK), "repair:nik-typed-as-number", "repair:nik-typed-as-number/typed")


@seed(2)
def scientific_with_a_point() -> Seed:
    return _wrong(2, "scientific-point", "3.32416E+15", "repair:nik-scientific")


@seed(3)
def scientific_with_a_comma() -> Seed:
    return _wrong(3, "scientific-comma", "3,32416E+15", "repair:nik-scientific")


@seed(4)
def rounded_after_fifteen_digits() -> Seed:
    reason = "repair:nik-typed-as-number/rounded"
    return _wrong(4, "rounded", Num("3324156501900010"), "repair:nik-typed-as-number", reason)


@seed(5)
def beyond_what_a_float_holds() -> Seed:
    reason = "repair:nik-typed-as-number/beyond"
    return _wrong(5, "papua", Num("9171016501900003"), "repair:nik-typed-as-number", reason)


@seed(6)
def leading_apostrophe() -> Seed:
    return _tidied(6, "leading-apostrophe", "'" + NIK)


@seed(7)
def zero_lost_in_front() -> Iterator[Seed]:
    yield _wrong(7, "as-text", NIK[1:], "repair:nik-length", "repair:nik-length/zero-lost")
    number = "repair:nik-typed-as-number"
    yield _wrong(7, "as-number", Num(NIK[1:]), number, f"{number}/zero-lost")


@seed(8)
def signs_between_the_digits() -> Iterator[Seed]:
    yield _tidied(8, "spaces", "3324 1565 0190 0001")
    yield _tidied(8, "points", "33.24.15.650190.0001")
    yield _tidied(8, "dashes", "332415-650190-0001")
    yield _wrong(8, "one-digit-too-few", "3324-1565-0190-001", "repair:nik-length")


@seed(9)
def line_break_at_the_end() -> Iterator[Seed]:
    yield _tidied(9, "newline", NIK + "\n")
    yield _tidied(9, "tab", NIK + "\t")


@seed(10)
def full_width_digits() -> Seed:
    return _tidied(10, "full-width", "３３２４" + NIK[4:])


@seed(11)
def arabic_indic_digits() -> Seed:
    return _wrong(11, "arabic-indic", "٣٣٢٤١٥٦٥٠١٩٠٠٠٠١", "repair:nik-characters")


@seed(12)
def superscript_digits() -> Seed:
    return _wrong(12, "superscript", NIK[:13] + "²①1", "repair:nik-characters")


@seed(13)
def letters_for_digits() -> Iterator[Seed]:
    yield _wrong(13, "capital-o", NIK[:8] + "O" + NIK[9:], "repair:nik-characters")
    yield _wrong(13, "small-l", NIK[:9] + "l" + NIK[10:], "repair:nik-characters")


@seed(14)
def seventeen_digits() -> Seed:
    return _wrong(14, "seventeen", NIK + "1", "repair:nik-length")


@seed(15)
def made_up_digits() -> Iterator[Seed]:
    yield _wrong(15, "zeros", "0" * 16, "repair:nik-date")
    yield _wrong(15, "one-to-six", "1234567890123456", "repair:nik-date")


@seed(16)
def impossible_day() -> Iterator[Seed]:
    for day in ("00", "32", "40", "72"):
        yield _wrong(16, f"day-{day}", NIK[:6] + day + NIK[8:], "repair:nik-date")


@seed(17)
def unknown_region() -> Iterator[Seed]:
    yield _wrong(17, "province", "99" + NIK[2:], "repair:nik-region")
    yield _wrong(17, "regency", "3399" + NIK[4:], "repair:nik-region")
    former = Answer("A", fates={2: "accepted"}, told=("note:nik-region-former",))
    yield listed(17, "former-code", former, SARI | {"nik": "6404" + NIK[4:]})


@seed(18)
def womans_nik_with_the_sex_of_a_man() -> Seed:
    answer = Answer("Q", fates={2: "repair:sex-disagrees-with-nik"})
    return listed(18, "sex", answer, SARI | {"sex": "L"})


@seed(19)
def family_card_in_the_column() -> Seed:
    card = "3324151203080012"
    answer = Answer("Q", fates={2: "repair:nik-is-kk", 3: "accepted"})
    return listed(19, "kk", answer, SARI | {"nik": card, "kk": card}, TINI, fields=(*USUAL, "kk"))


@seed(20)
def two_niks_in_one_cell() -> Seed:
    both = f"{NIK} / {TINI['nik']}"
    return _wrong(20, "two", both, "repair:nik-length", "repair:nik-length/several")


@seed(21)
def same_person_twice() -> Seed:
    answer = Answer("A", fates={2: "accepted", 3: "duplicate:2", 4: "accepted"})
    return listed(21, "twice", answer, SARI, SARI | {"name": "SARI WULANDRI"}, TINI)


@seed(22)
def one_nik_under_two_names() -> Seed:
    fate = "repair:same-nik-different-name"
    answer = Answer("Q", fates={2: fate, 3: fate})
    man = {**SARI, "name": "Budi Santoso"}
    return listed(22, "two-names", answer, SARI, man)


@seed(23)
def niks_that_differ_in_one_digit() -> Seed:
    answer = Answer("K", fates={2: "accepted", 3: "accepted"}, told=("note:near-twin",))
    return listed(23, "near-twins", answer, SARI, SARI | {"nik": NIK[:-1] + "7"})


@seed(24)
def recorded_as_dead() -> Seed:
    known = {NIK: KnownPerson(7, "Sari Wulandari", died_on=date(2026, 3, 1))}
    answer = Answer("Q", fates={2: "repair:dead", 3: "accepted"}, told=("repair:dead/in-registry",))
    return listed(24, "dead", answer, SARI, TINI, world=World(known=known))


@seed(25)
def empty() -> Iterator[Seed]:
    yield _wrong(25, "none", None, "repair:nik-missing")
    yield _wrong(25, "dash", "-", "repair:nik-missing")


@seed(26)
def other_identity() -> Iterator[Seed]:
    yield _wrong(26, "passport", "B1234567", "repair:nik-other-id")
    yield _wrong(26, "kitas", "2C21JE1234-K", "repair:nik-other-id")


@seed(27)
def card_of_bpjs() -> Iterator[Seed]:
    yield _wrong(27, "kesehatan", "0001234567890", "repair:nik-length", "repair:nik-length/bpjs-card")
    yield _wrong(27, "kpj", "19012345678", "repair:nik-length", "repair:nik-length/kpj")
