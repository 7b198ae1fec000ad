from datetime import date

import pytest

from payung.access.errors import NotPermittedError
from payung.coverage.selectors import (
    by_occupation,
    by_sponsor,
    coverage_by_kecamatan,
    coverage_by_village,
    coverage_now,
    forecast,
    gap_by_village,
    lapsing,
    lapsing_calendar,
    lapsing_workers,
    over_time,
    public_coverage,
    public_villages,
    sponsor_villages,
    summary_differences,
)
from payung.coverage.services import rebuild_summary
from payung.kernel.funds import SumberDana
from payung.sponsors.models import Pledge
from tests.coverage.conftest import NOVEMBER
from tests.coverage.people import CANDIROTO, DEMPELREJO, KENDAL, NGAMPEL, SARIREJO, SUKODONO, cover

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_now_tells_what_is_in_force_what_is_not_confirmed_and_who_is_missing(counted, rina):
    now = coverage_now(rina, month=NOVEMBER)
    assert (now.covered.berlaku, now.covered.sementara, now.previous.berlaku) == (21, 2, 6)
    assert (now.known, now.uncovered) == (43, 20)
    assert [(line.key, line.covered.total) for line in now.by_funds] == [("CSR", 23)]
    assert now.counted_at is not None


def test_a_month_never_counted_says_so(counted, rina):
    assert coverage_now(rina, month=NOVEMBER + 60).counted_at is None


def test_kecamatan_without_a_worker_stand_in_the_table_too(counted, rina):
    lines = {line.label: line for line in coverage_by_kecamatan(rina, month=NOVEMBER, kabupaten=KENDAL)}
    assert {name: line.covered.total for name, line in lines.items()} == {
        "Kaliwungu": 12,
        "Kota Kendal": 11,
        "Ngampel": 0,
    }
    assert (lines["Ngampel"].known, lines["Ngampel"].hundredths) == (20, 0)
    assert lines["Kaliwungu"].hundredths == 10_000


def test_villages_of_one_kecamatan(counted, rina):
    lines = coverage_by_village(rina, month=NOVEMBER, kecamatan="33.24.15")
    assert [(line.key, line.covered.berlaku, line.covered.sementara) for line in lines] == [
        (CANDIROTO, 3, 0),
        (SUKODONO, 6, 2),
    ]


def test_occupations_the_most_frequent_first(counted, rina):
    lines = by_occupation(rina, month=NOVEMBER)
    assert [(line.key, line.covered.total) for line in lines] == [("pedagang-asongan", 12), ("tukang-ojek", 8), ("", 3)]


def test_the_office_sees_every_sponsor_and_a_company_itself(counted, rina, joko):
    assert [line.code for line in by_sponsor(rina, month=NOVEMBER)] == ["PTMAJU", "CVLAIN"]
    assert [(line.code, line.covered.berlaku) for line in by_sponsor(joko, month=NOVEMBER)] == [("PTMAJU", 15)]


def test_a_sponsors_villages(counted, joko, pt_maju):
    lines = sponsor_villages(joko, pt_maju, month=NOVEMBER)
    assert [(line.key, line.covered.total) for line in lines] == [(SARIREJO, 12), (CANDIROTO, 3)]


def test_over_time_has_every_month_even_empty_ones(counted, rina):
    lines = over_time(rina, first=NOVEMBER - 2, months=6)
    assert [line.covered.total for line in lines] == [0, 6, 23, 12, 12, 0]


def test_who_falls_off_under_whom_and_what_keeping_them_costs(counted, rina):
    december = lapsing(rina, month=NOVEMBER + 1, term=3)
    assert [(line.code, line.workers) for line in december.sponsors] == [("CVLAIN", 8), ("PTMAJU", 3)]
    # ojek: three months at Rp8.400; others: December at Rp8.400, then two months at Rp16.800
    assert [line.keep_rp for line in december.sponsors] == [8 * 25_200, 3 * 42_000]


def test_who_has_done_the_waiting_is_counted_apart(counted, rina, pt_maju, clock):
    assert lapsing(rina, month=NOVEMBER + 1).past_waiting == 0
    assert lapsing(rina, month=NOVEMBER + 3).past_waiting == 12
    # A month paid late, long before: who falls off in December is counted anew.
    cover(counted["few"], sponsor=pt_maju, months=[NOVEMBER + (-1), NOVEMBER + (-2)], clock=clock)
    rebuild_summary({NOVEMBER - 1, NOVEMBER - 2}, clock=clock)
    december = lapsing(rina, month=NOVEMBER + 1)
    assert [(line.code, line.past_waiting) for line in december.sponsors] == [("CVLAIN", 0), ("PTMAJU", 3)]
    assert summary_differences() == []


def test_keeping_them_with_public_money_costs_the_full_price(counted, rina):
    december = lapsing(rina, month=NOVEMBER + 1, funds=SumberDana.APBD, term=1)
    assert december.keep_rp == 11 * 16_800


def test_the_calendar_shows_a_company_its_own_alone(counted, joko):
    months = lapsing_calendar(joko, first=NOVEMBER + 1, months=3)
    assert [month.workers for month in months] == [3, 0, 12]


def test_the_people_who_fall_off_page_by_key(counted, rina, django_assert_num_queries):
    with django_assert_num_queries(1):
        first = lapsing_workers(rina, month=NOVEMBER + 1, size=6)
        assert {row.sponsor.code + row.worker.village.parent.name for row in first.items}
    second = lapsing_workers(rina, month=NOVEMBER + 1, size=6, cursor=first.next_cursor)
    assert [row.worker_id for row in (*first.items, *second.items)] == sorted(counted["ojek"] + counted["few"])
    assert second.next_cursor == ""


def test_the_gap_is_priced_village_by_village(counted, rina):
    (gap,) = gap_by_village(rina, month=NOVEMBER, term=6)
    assert (gap.code, gap.kecamatan, gap.known, gap.uncovered) == (DEMPELREJO, "Ngampel", 20, 20)
    assert gap.cost_rp == 20 * (2 * 8_400 + 4 * 16_800)
    assert gap_by_village(rina, month=NOVEMBER, region="33.24.08") == []
    assert gap_by_village(rina, month=NOVEMBER, region=NGAMPEL) == gap_by_village(rina, month=NOVEMBER, term=6)


def test_the_forecast_tells_paid_lapsing_and_pledged(counted, rina, pt_maju, clock):
    pledged = {"pledged_by": "x", "pledged_on": clock.today(), "recorded_at": clock.now()}
    Pledge.objects.create(
        sponsor=pt_maju, quota=50, first_month=NOVEMBER + 1, months=3, dasar_upah_rp=1_000_000, **pledged
    )
    found = [(m.covered.total, m.lapsing, m.pledged) for m in forecast(rina, first=NOVEMBER, months=5)]
    assert found == [(23, 0, 0), (12, 11, 50), (12, 0, 50), (0, 12, 50), (0, 0, 0)]


def test_tono_cannot_read_the_regency(counted, tono):
    for look in (
        lambda: coverage_now(tono, month=NOVEMBER),
        lambda: coverage_by_kecamatan(tono, month=NOVEMBER, kabupaten=KENDAL),
        lambda: coverage_by_village(tono, month=NOVEMBER, kecamatan="33.24.08"),
        lambda: by_occupation(tono, month=NOVEMBER),
        lambda: over_time(tono, first=NOVEMBER, months=1),
        lambda: gap_by_village(tono, month=NOVEMBER),
        lambda: forecast(tono, first=NOVEMBER, months=1),
    ):
        with pytest.raises(NotPermittedError):
            look()


def test_tono_cannot_see_pt_majus_workers(counted, tono, pt_maju):
    assert [line.code for line in by_sponsor(tono, month=NOVEMBER)] == ["CVLAIN"]
    assert sponsor_villages(tono, pt_maju, month=NOVEMBER) == []
    assert [line.code for line in lapsing(tono, month=NOVEMBER + 1).sponsors] == ["CVLAIN"]
    assert {row.worker_id for row in lapsing_workers(tono, month=NOVEMBER + 1).items} == set(counted["ojek"])
    assert lapsing_workers(tono, month=NOVEMBER + 1, sponsor=pt_maju).items == []
    with pytest.raises(NotPermittedError):
        over_time(tono, first=NOVEMBER, months=1, sponsor=pt_maju)


def test_the_public_sees_cover_in_force_alone_and_no_small_count(counted):
    seen = public_coverage(on=date(2026, 11, 22), kabupaten=KENDAL)
    assert seen.total == 21
    assert {line.label: line.count for line in seen.kecamatan} == {
        "Kaliwungu": 12,
        "Kota Kendal": None,
        "Ngampel": None,
    }
    assert [line.count for line in seen.over_time[-2:]] == [6, 21]


def test_the_villages_of_a_hidden_kecamatan_are_hidden_and_those_of_a_shown_one_protected(counted):
    assert {line.count for line in public_villages(month=NOVEMBER, kecamatan="33.24.15")} == {None}
    assert {line.key: line.count for line in public_villages(month=NOVEMBER, kecamatan="33.24.08")} == {
        SARIREJO: None,
        "33.24.08.2012": None,
    }
