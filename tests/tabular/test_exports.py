"""The exports of OpenSID and SIAK are recognised whole, without a hand."""

from collections.abc import Callable

import pytest

from payung.intake.checks import CheckContext, check_rows
from payung.tabular.columns import apply_column_map, propose_column_map
from payung.tabular.reading import read_rows
from tests.bad_input.binary_workbooks import xls
from tests.bad_input.grids import Grid, xlsx
from tests.bad_input.web_pages import as_web_page
from tests.bad_input.world import TODAY, kendal
from tests.tabular import exports

CARD_OF_SECOND = exports.KK[:-1] + "2"


def read(content: bytes, name: str):
    table = read_rows(content, name=name)
    assert not table.problems
    column_map = propose_column_map(table)
    assert not [each.code for each in column_map.problems if each.code != "note:village-of-letterhead"]
    rows = apply_column_map(table, column_map)
    return rows, check_rows(rows, context=CheckContext(on=TODAY, villages=kendal()))


def of_page(grid: Grid) -> bytes:
    return as_web_page(grid, above=["Desa : Pekauman Kec. : Kendal Kab : Kendal", "DATA PENDUDUK"])


@pytest.mark.parametrize(
    ("make", "write", "name"),
    [
        (exports.opensid_penduduk, of_page, "penduduk.xls"),
        (exports.siak, xlsx, "siak.xlsx"),
        (exports.siak, xls, "siak.xls"),
        (exports.siak_columns, xlsx, "siak.xlsx"),
        (exports.bip_2016, xls, "bip.xls"),
        (exports.bip_ektp, xls, "bip.xls"),
        (exports.bip_by_family, xls, "bip.xls"),
        (exports.bip_by_family, xlsx, "bip.xlsx"),
    ],
    ids=["opensid-page", "siak", "siak-xls", "siak-columns", "bip-2016", "bip-ektp", "bip-family", "bip-family-xlsx"],
)
def test_an_export_is_recognised_whole(make: Callable[[], Grid], write: Callable[[Grid], bytes], name: str) -> None:
    _, checked = read(write(make()), name)
    assert [row.fate for row in checked] == ["accepted", "accepted"]
    for row, (nik, full_name, place, sex, _, _, mother, _) in zip(checked, exports.PEOPLE, strict=True):
        person = row.person
        assert person.nik is not None
        assert (person.nik.digits, person.name, person.birth_place, person.sex) == (nik, full_name, place, sex)
        assert (person.mother_name, person.village_code) == (mother, "33.24.15.1013")
        assert person.birth_date is not None
        assert person.birth_date.isoformat() == exports.iso(nik)


@pytest.mark.parametrize(
    ("make", "cards"),
    [(exports.bip_2016, CARD_OF_SECOND), (exports.bip_ektp, exports.KK), (exports.bip_by_family, CARD_OF_SECOND)],
)
def test_members_have_the_card_and_address_of_their_own_family(make: Callable[[], Grid], cards: str) -> None:
    rows, checked = read(xlsx(make()), "bip.xlsx")
    assert [row.person.kk for row in checked] == [exports.KK, cards]
    assert rows[0].cells["rt_rw"].text == "001/002"


def test_opensids_own_export_lacks_only_the_village() -> None:
    rows, checked = read(xlsx(exports.opensid_ekspor()), "penduduk.xlsx")
    assert [row.fate for row in checked] == ["repair:village-unknown"] * 2
    assert [len(row.problems) for row in checked] == [1, 1]
    assert [row.person.sex for row in checked] == ["L", "P"]
    assert rows[0].cells["rt_rw"].text == "001/002"
    assert rows[0].cells["address"].text == "JL. MASJID, KRAJAN"
    assert "occupation" not in rows[0].cells


def test_parents_numbers_are_never_taken_for_the_persons_own() -> None:
    for make in (exports.siak, exports.opensid_ekspor):
        column_map = propose_column_map(read_rows(xlsx(make()), name="x"))
        fields = {each.heading: each.field for each in column_map.columns}
        parents = [field for heading, field in fields.items() if "ayah" in heading.casefold().replace("wilayah", "")]
        assert set(parents) == {"ignored"}


def test_signs_of_a_family_never_swallow_a_person() -> None:
    grid = Grid((("NIK", "Nama", "Desa"), (exports.SARI[0], "SARI", "Pekauman"), ("No. KK hilang", "BUDI", "Pekauman")))
    column_map = propose_column_map(read_rows(xlsx(grid), name="x"))
    assert (column_map.first_row, column_map.last_row, column_map.skipped) == (2, 3, ())
