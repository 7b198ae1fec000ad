"""The scholarship by child and school year: worked cases beside this file, and what holds for every family."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.kernel.funds import Program
from payung.rules.cases import check_case
from payung.rules.errors import Expected, GivenError
from payung.rules.jkm import figures
from payung.rules.jkm.anak import Anak, Jenjang
from payung.rules.jkm.beasiswa import Beasiswa, beasiswa
from tests.rules.yaml_cases import cases_beside

DAY = date(2026, 2, 10)
kids = st.builds(Anak, st.sampled_from(Jenjang), st.integers(1, 8))
families = st.lists(kids, max_size=5).map(tuple)


@pytest.mark.parametrize("case", cases_beside(__file__, "beasiswa"))
def test_worked_case(case):
    assert check_case(case) == []


def of(*children: Anak) -> Beasiswa:
    return beasiswa(DAY, program=Program.JKK, anak=children)


@given(families)
def test_a_family_receives_the_two_largest_sums_of_its_children(family):
    each = sorted((of(child).maks_rp for child in family), reverse=True)
    found = of(*family)
    assert found.maks_rp == sum(each[:2]) <= 174_000_000
    assert len(found.beasiswa) == min(len(family), 2)


@given(kids, kids)
def test_two_children_receive_what_each_would_alone(one, other):
    assert of(one, other).maks_rp == of(one).maks_rp + of(other).maks_rp


@given(kids)
def test_a_year_later_there_is_never_more_left(child):
    assert of(Anak(child.jenjang, child.tahun_ke + 1)).maks_rp <= of(child).maks_rp


@given(families)
def test_the_schedule_of_a_child_adds_up_and_names_each_year_once(family):
    for child in of(*family).beasiswa:
        assert child.maks_rp == sum(year.setahun_rp for year in child.tahun)
        assert len(set(child.tahun)) == len(child.tahun)


def test_the_schedule_runs_through_all_levels():
    (child,) = of(Anak(Jenjang.BELUM_SEKOLAH)).beasiswa
    levels = list(dict.fromkeys(year.jenjang for year in child.tahun))
    assert levels == [Jenjang.TK, Jenjang.SD, Jenjang.SMP, Jenjang.SMA, Jenjang.PT]
    assert [year.tahun_ke for year in child.tahun] == [1, 2, 1, 2, 3, 4, 5, 6, 1, 2, 3, 1, 2, 3, 1, 2, 3, 4, 5]


def test_of_three_children_the_chosen_ones_keep_their_places():
    found = of(Anak(Jenjang.SMA, 3), Anak(Jenjang.TK), Anak(Jenjang.SD, 2))
    assert [child.anak for child in found.beasiswa] == [2, 3]
    step = found.steps[0]
    assert (step.code, step.result, step.params) == (
        "beasiswa.anak_terpilih",
        2,
        {"banyak_anak": 3, "paling_banyak": 2},
    )


def test_of_equal_children_the_first_named_are_chosen():
    assert [child.anak for child in of(*[Anak(Jenjang.SD)] * 3).beasiswa] == [1, 2]


def test_steps_tell_each_child_and_when_a_scholarship_ends():
    found = of(Anak(Jenjang.SMA, 2), Anak(Jenjang.PT, 6))
    assert [(step.code, step.result) for step in found.steps] == [
        ("beasiswa.anak", 66_000_000),
        ("beasiswa.sekolah_selesai", 0),
        ("beasiswa.berakhir", 23),
    ]
    assert found.steps[0].params == {"anak": 1, "jenjang": Jenjang.SMA, "tahun_ke": 2, "banyak_tahun": 7}


def test_no_child_no_scholarship_and_a_step_that_says_so():
    assert [(step.code, step.result) for step in of().steps] == [("beasiswa.tanpa_anak", 0)]


def test_months_that_do_not_suffice_are_said_with_the_minimum():
    found = beasiswa(DAY, program=Program.JKM, bulan_iuran=35, anak=(Anak(Jenjang.TK),))
    (step,) = found.steps
    assert (step.code, step.params) == ("beasiswa.iuran_kurang", {"bulan_iuran": 35, "minimum": 36})


@pytest.mark.parametrize(
    ("months", "kids_given", "key", "expected"),
    [
        (-1, (), "bulan_iuran", Expected.ZERO_OR_MORE),
        (0, (Anak(Jenjang.TK), Anak(Jenjang.SD, 0)), "anak[2].tahun_ke", Expected.ONE_OR_MORE),
    ],
)
def test_what_cannot_be_is_refused_by_its_key(months, kids_given, key, expected):
    with pytest.raises(GivenError) as refusal:
        beasiswa(DAY, program=Program.JKM, bulan_iuran=months, anak=kids_given)
    assert (refusal.value.rule, refusal.value.key, refusal.value.expected) == ("beasiswa", key, expected)


def test_the_table_has_a_row_for_each_level_of_school():
    (tariff,) = figures.BEASISWA_TARIF.values
    assert {row.jenjang for row in tariff.value} == set(Jenjang) - {Jenjang.BELUM_SEKOLAH}
