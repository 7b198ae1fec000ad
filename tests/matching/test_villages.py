"""A village is found by its written name, or the question goes back with candidates."""

import pytest

from payung.matching.villages import VillageIndex, fold_place

VILLAGES = [
    ("33.24.09.2001", "Purwokerto", "Brangsong"),
    ("33.24.14.2002", "Purwokerto", "Patebon"),
    ("33.24.15.1003", "Kalibuntu Wetan", "Kendal"),
    ("33.24.06.2004", "Margosari", "Limbangan"),
    ("33.24.06.2005", "Margorejo", "Limbangan"),
    ("33.24.01.2006", "Jati", "Plantungan"),
]


@pytest.fixture
def index() -> VillageIndex:
    return VillageIndex.of(VILLAGES)


@pytest.mark.parametrize(
    ("village", "kecamatan", "code"),
    [
        ("Purwokerto", "Brangsong", "33.24.09.2001"),
        ("DESA PURWOKERTO", "Kec. Patebon", "33.24.14.2002"),
        ("KEL. KALIBUNTUWETAN", "KENDAL", "33.24.15.1003"),
        ("Kel Kalibuntu Wetn", "Kendall", "33.24.15.1003"),
        ("Desa/Kel. Margosari", "limbangan", "33.24.06.2004"),
        ("Jati", "", "33.24.01.2006"),
    ],
)
def test_a_written_village_is_found(index: VillageIndex, village: str, kecamatan: str, code: str) -> None:
    assert index.find(village, kecamatan).code == code


def test_a_name_in_two_kecamatan_is_ambiguous_without_its_kecamatan(index: VillageIndex) -> None:
    found = index.find("Purwokerto")
    assert found.code is None
    assert found.is_ambiguous
    assert found.candidates == ("Purwokerto, Brangsong", "Purwokerto, Patebon")


def test_an_unknown_village_is_not_guessed(index: VillageIndex) -> None:
    assert index.find("Desa Tidak Ada", "Limbangan").code is None


def test_a_short_name_is_never_corrected(index: VillageIndex) -> None:
    assert index.find("Jata", "Plantungan").code is None


def test_a_village_of_another_kecamatan_is_told_not_taken(index: VillageIndex) -> None:
    found = index.find("Margosari", "Kendal")
    assert found.code is None
    assert found.candidates == ("Margosari, Limbangan",)


def test_two_villages_equally_near_are_ambiguous() -> None:
    index = VillageIndex.of([("33.24.06.2004", "Margosari", "Boja"), ("33.24.06.2005", "Margasara", "Boja")])
    assert index.find("Margasari", "Boja").is_ambiguous


def test_folding_leaves_letters_and_digits() -> None:
    assert fold_place("Desa  Kali-Buntu 2") == "kalibuntu2"
