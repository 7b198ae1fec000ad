"""Cases 43 to 59: dates."""

from collections.abc import Iterator

from tests.bad_input.building import listed, of_grid
from tests.bad_input.grids import CellValue, Day, Moment, Num
from tests.bad_input.people import BUDI, SARI, TINI, USUAL, Person, list_of
from tests.bad_input.seeds import Answer, Seed, seed

WRONG = "repair:birth-date"
# Born on 2 March 1990: a date that reads two ways.
MARCH = SARI | {"nik": "3324154203900001", "birth_date": "02-03-1990"}
MAY = SARI | {"nik": "3324154205900001", "birth_date": "02-05-1990"}
AUGUST = SARI | {"nik": "3324154208900001", "birth_date": "02-08-1990"}
NOVEMBER = SARI | {"nik": "3324154211900001", "birth_date": "02-11-1990"}


def _taken(number: int, name: str, person: Person, birth: CellValue, *told: str) -> Seed:
    answer = Answer("A", fates={2: "accepted", 3: "accepted"}, told=told)
    return listed(number, name, answer, {**person, "birth_date": birth}, TINI)


def _wrong(number: int, name: str, birth: CellValue, reason: str, person: Person = MARCH) -> Seed:
    answer = Answer("Q", fates={2: WRONG, 3: "accepted"}, told=(f"{WRONG}/{reason}",))
    return listed(number, name, answer, {**person, "birth_date": birth}, TINI)


@seed(43)
def two_ways_to_read() -> Iterator[Seed]:
    day_first = Answer("A", fates={2: "accepted", 3: "accepted"}, told=("note:dates-day-first",))
    yield listed(43, "day-first", day_first, MARCH | {"birth_date": "02/03/1990"}, BUDI | {"birth_date": "17/08/1979"})
    month_first = Answer("A", fates={2: "accepted", 3: "accepted"}, told=("note:dates-month-first",))
    american = (MARCH | {"birth_date": "03/02/1990"}, BUDI | {"birth_date": "08/17/1979"})
    yield listed(43, "month-first", month_first, *american)
    mixed = Answer("Q", fates={2: WRONG, 3: "accepted", 4: "accepted"}, told=(f"{WRONG}/ambiguous", "note:dates-mixed"))
    people = (SARI | {"birth_date": "02/03/1990"}, BUDI | {"birth_date": "17/08/1979"})
    sari = SARI | {"nik": "3324156501900008", "name": "Dewi Anggraini", "birth_date": "01/25/1990"}
    yield listed(43, "mixed", mixed, *people, sari)


@seed(44)
def months_in_words() -> Iterator[Seed]:
    yield _taken(44, "maret", MARCH, "2 Maret 1990")
    yield _taken(44, "mar-90", MARCH, "2 Mar 90", "note:birth-read-with-nik")
    yield _taken(44, "mei", MAY, "2-Mei-1990")
    yield _taken(44, "agst", AUGUST, "2 Agst 1990")
    yield _taken(44, "nop", NOVEMBER, "2 Nop. 1990")


@seed(45)
def figures() -> Iterator[Seed]:
    yield _taken(45, "iso", MARCH, "1990-03-02")
    yield _taken(45, "run", MARCH, "19900302")
    yield _taken(45, "short-year-as-nik", MARCH, "02.03.90", "note:birth-read-with-nik")
    yield _wrong(45, "short-year", "02.04.90", "two-digit-year")


@seed(46)
def bare_serial() -> Iterator[Seed]:
    yield _wrong(46, "number", Num("32934"), "serial", SARI)
    yield _wrong(46, "text", "32934", "serial", SARI)
    yield _taken(46, "nik-agrees", MARCH, Num("32934"), "note:birth-read-with-nik")


@seed(47)
def epoch_of_1904() -> Seed:
    grid = list_of(MARCH | {"birth_date": Day("31472")}, epoch_1904=True)
    return of_grid(47, "mac", Answer("A", fates={2: "accepted"}), grid)


@seed(48)
def first_days_of_1900() -> Iterator[Seed]:
    for serial in ("59", "60", "61"):
        yield _wrong(48, f"serial-{serial}", Day(serial), "too-early")


@seed(49)
def negative_serial() -> Seed:
    answer = Answer("Q", fates={2: WRONG, 3: "accepted"})
    return listed(49, "negative", answer, MARCH | {"birth_date": Day("-5")}, TINI)


@seed(50)
def not_born_yet() -> Seed:
    return _wrong(50, "future", "17-08-2031", "future")


@seed(51)
def a_hundred_and_thirty() -> Seed:
    return _wrong(51, "old", "02-03-1896", "too-early")


@seed(52)
def thirty_first_of_february() -> Seed:
    return _wrong(52, "february", "31-02-1990", "unreadable")


@seed(53)
def midnight_of_jakarta_in_utc() -> Iterator[Seed]:
    yield _taken(53, "text-z", MARCH, "1990-03-01T17:00:00Z")
    yield _taken(53, "text-offset", MARCH, "1990-03-02 00:00:00+07:00")
    yield _taken(53, "cell", MARCH, Moment("1990-03-01T17:00:00"))


@seed(54)
def not_known() -> Iterator[Seed]:
    yield _wrong(54, "words", "tidak tahu", "unreadable")
    yield _wrong(54, "zeros", "00-00-0000", "unreadable")


@seed(55)
def default_date() -> Iterator[Seed]:
    for name, nik, birth in (("first", "3324154101900001", "01-01-1990"), ("last", "3324157112900001", "31-12-1990")):
        answer = Answer("K", fates={2: "accepted"}, told=("note:birth-may-be-default",))
        yield listed(55, name, answer, SARI | {"nik": nik, "birth_date": birth})


@seed(56)
def hijri() -> Iterator[Seed]:
    yield _wrong(56, "words", "5 Syaban 1410 H", "unreadable")
    yield _wrong(56, "figures", "05-08-1410", "too-early")


@seed(57)
def dead_before_born() -> Iterator[Seed]:
    fields = (*USUAL, "died_on")
    before = Answer("Q", fates={2: "repair:dead", 3: "accepted"}, told=("repair:dead/before-birth",))
    yield listed(57, "before", before, MARCH | {"died_on": "01-03-1990"}, TINI, fields=fields)
    after = Answer("Q", fates={2: "repair:dead", 3: "accepted"}, told=("repair:dead/in-list",))
    yield listed(57, "after", after, MARCH | {"died_on": "01-03-2026"}, TINI, fields=fields)


@seed(58)
def month_thirteen() -> Iterator[Seed]:
    fields = (*USUAL, "month")
    answer = Answer("Q", fates={2: "repair:month-unreadable", 3: "accepted"})
    yield listed(58, "month-13", answer, SARI | {"month": "2026-13"}, TINI | {"month": "2026-12"}, fields=fields)


@seed(59)
def leap_day_of_no_leap_year() -> Seed:
    return _wrong(59, "leap", "29-02-1990", "unreadable")
