"""A register of residents is told from a list that somebody made of the people they know."""

from pathlib import Path

import pytest

from payung.tabular.columns import propose_column_map
from payung.tabular.reading import read_rows
from payung.tabular.registers import is_population_register
from tests.bad_input.grids import xlsx
from tests.bad_input.people import HEADINGS, SARI, list_of
from tests.tabular import exports

LISTS = Path(__file__).parents[1] / "data" / "lists"


def is_register(content: bytes) -> bool:
    return is_population_register(propose_column_map(read_rows(content, name="x")))


@pytest.mark.parametrize(
    "make",
    [
        *(exports.opensid_penduduk, exports.opensid_ekspor, exports.siak, exports.siak_columns),
        *(exports.bip_2016, exports.bip_ektp, exports.bip_by_family),
    ],
    ids=lambda each: each.__name__,
)
def test_exports_of_the_population_administration_are_registers(make) -> None:
    assert is_register(xlsx(make()))


@pytest.mark.parametrize(
    "name", ["usulan-pt-maju.xlsx", "daftar-cv-sejahtera.csv", "data-pekerja-rentan-disperinaker.csv"]
)
def test_lists_of_companies_and_of_the_office_are_none(name: str) -> None:
    assert not is_register((LISTS / name).read_bytes())


def test_a_list_with_every_column_that_is_read_is_none() -> None:
    assert not is_register(xlsx(list_of(SARI, fields=tuple(HEADINGS))))
