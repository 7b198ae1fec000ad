"""Names agree for the reasons people give, and disagree otherwise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.matching.names import fold_name, names_agree


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sari Wulandari", "SARI WULANDARI"),
        ("Siti Aminah", "AMINAH SITI"),
        ("Oskar Maryadi", "OSKARMARYADI"),
        ("Hj. Humaira Farida", "HHj. Humaira Farida"),
        ("Hj. Kartika", "H. KARTIKA"),
        ("Mochamad Jaswadi Gunarto", "MOCHAMADJASWADI GUNARTO"),
        ("Moh. Cahyadi Salahudin", "MOH.CAHYADI SALAHUDIN"),
        ("Muhammad Surya", "M. Surya"),
        ("Mochamad Capa", "MMOCHAMAD CAPA"),
        ("Siti Khotijah", "St. Khotijah, S.Pd.I"),
        ("Drs. H. Ahmad Ma’ruf, M.Si", "Achmad Maruf"),
        ("Elvina Marbun", "Evina  Marbun"),
        ("Sukarno", "Alm. Sukarno"),
        ("Heru", "HRU"),
        ("Sri Jessica Susanti", "SI JESSICA SUSANTI"),
        ("Restu Abdul Rahman", "Restu A. Rahman"),
    ],
)
def test_one_person_written_twice_agrees(one: str, other: str) -> None:
    assert names_agree(one, other)
    assert names_agree(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bakidin Firmansyah", "Gabriella Laksita"),
        ("Belinda Hardiansyah", "Sri Gilda Sitompul"),
        ("Sari Wulandari", "Budi Wulandari"),
        ("Budi Santoso", "Budi"),
        ("Al", "Bo"),
        ("", ""),
        ("H.", "Sari"),
    ],
)
def test_two_persons_do_not_agree(one: str, other: str) -> None:
    assert not names_agree(one, other)


def test_folded_name_has_no_titles_and_no_short_forms() -> None:
    assert fold_name("Drs. H. Moh. Sholeh, S.Pd., M.M.") == "muhammad sholeh"


def test_a_name_that_is_only_a_title_stays_a_name() -> None:
    assert fold_name("Gus") == "gus"


@given(st.text(max_size=60), st.text(max_size=60))
def test_agreement_is_symmetric_and_never_raises(one: str, other: str) -> None:
    assert names_agree(one, other) == names_agree(other, one)
