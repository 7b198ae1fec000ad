"""Whatever stands in a cell, its parser answers: a value or a fault, never an exception, never a guess."""

import re

from hypothesis import given
from hypothesis import strategies as st

from payung.intake.cells.amounts import HIGHEST_RP, read_amount
from payung.intake.cells.dates import DateOrder, read_date
from payung.intake.cells.faults import Faults
from payung.intake.cells.names import read_name
from payung.intake.cells.niks import read_nik
from payung.tabular.child import read_content
from payung.tabular.columns import propose_column_map
from payung.tabular.refusal import RefusedError
from payung.tabular.table import Cell, Limits, Row, Table
from tests.bad_input.world import TODAY

KINDS = st.sampled_from(["text", "number", "date", "bool", "error", "formula", "time"])
NEAR_NIKS = st.text(alphabet="0123456789 .-,'Eeo+\u200b３٣²\n", max_size=40)
NEAR_AMOUNTS = st.text(alphabet="0123456789 .,-_()RpUSDe$xin", max_size=25)
NEAR_DATES = st.text(alphabet="0123456789 -/.:,TZ+janfebmaretdesh", max_size=30)


@given(NEAR_NIKS | st.text(), KINDS)
def test_a_nik_is_sixteen_digits_that_stood_there_or_a_fault(written: str, kind: str):
    faults = Faults(2)
    nik = read_nik(Cell(written, kind), faults)
    assert (nik is None) <= bool(faults.problems)
    if nik:
        full_width = written.translate({ord("０") + digit: str(digit) for digit in range(10)})
        assert re.sub("[^0-9]", "", full_width) == nik.digits


@given(NEAR_AMOUNTS | st.text(), KINDS, st.booleans())
def test_an_amount_is_whole_rupiah_above_zero_or_a_fault(written: str, kind: str, with_commas: bool):
    faults = Faults(2)
    amount = read_amount(Cell(written, kind), "income", faults, with_commas=with_commas)
    assert amount is None or 0 < amount <= HIGHEST_RP
    assert amount is None or not faults.problems


@given(NEAR_DATES | st.text(), KINDS, st.sampled_from(list(DateOrder)))
def test_a_date_is_a_date_or_a_reason(written: str, kind: str, order: DateOrder):
    reading = read_date(Cell(written, kind), order=order, nik=None, on=TODAY)
    assert (reading.value is None) == bool(reading.reason)


@given(st.text(max_size=300), KINDS)
def test_a_name_is_never_longer_than_the_registry_keeps(written: str, kind: str):
    assert len(read_name(Cell(written, kind), Faults(2))) <= 250


@given(st.lists(st.lists(st.text(max_size=20) | st.integers() | st.none(), max_size=6), max_size=6))
def test_headings_are_found_or_missed_but_never_break(rows: list[list[str | int | None]]):
    table = Table("x", rows=tuple(Row(number, list(values)) for number, values in enumerate(rows, start=1)))
    propose_column_map(table)


@given(st.binary(max_size=200) | st.text(alphabet='NIKama;,\t|"\n\r0123456789', max_size=200).map(str.encode))
def test_bytes_are_read_or_refused(content: bytes):
    try:
        answer = read_content(content, limits=Limits().as_dict())
    except RefusedError as refusal:
        assert refusal.code.startswith("file:")
    else:
        assert answer["rows"]
