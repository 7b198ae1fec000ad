"""Statistics ask of persons: two records are one person, and cover is the same before a merger, after it and undone."""

import pytest

from payung.contributions.models import CoveredMonth
from payung.coverage.counting import falling_off
from payung.coverage.models import CoverageRollup, CoverageSummary, LapseSummary, VillageNeed
from payung.coverage.selectors import lapsing_workers, summary_differences
from payung.coverage.services import count_needs, rebuild_summary
from payung.registry.models import Worker
from payung.registry.services import merge_workers, unmerge_workers
from tests.coverage.conftest import NOVEMBER
from tests.coverage.people import CANDIROTO, KRAJANKULON, add_workers, cover

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def merge(rina, clock):
    """`merge(old, kept)`: the second record stands for both; gives the merger."""

    def one(old, kept):
        records = Worker.objects.in_bulk([old, kept])
        return merge_workers(records[old], records[kept], reason="KTP dilihat", acting_user=rina, clock=clock)

    return one


@pytest.fixture
def two(counted, clock):
    """Two records in Krajankulon, where nobody else lives."""
    return add_workers(2, village=KRAJANKULON, clock=clock)


def needs(clock, place=KRAJANKULON):
    count_needs(NOVEMBER, clock=clock)
    return list(VillageNeed.objects.filter(month=NOVEMBER, village=place).values_list("known", "uncovered"))


def off(month):
    return list(falling_off(month).filter(worker__village=KRAJANKULON).values_list("worker_id", flat=True))


def counts():
    """All that is counted of months, but for what numbers its rows."""
    return [
        sorted(model.objects.values_list(*(field.attname for field in model._meta.concrete_fields[1:])), key=str)
        for model in (CoverageSummary, CoverageRollup, LapseSummary)
    ]


def test_a_person_covered_at_the_merged_record_is_not_missing(two, pt_maju, merge, clock):
    old, kept = two
    cover([old], sponsor=pt_maju, months=[NOVEMBER], clock=clock)
    assert needs(clock) == [(2, 1)]
    merge(old, kept)
    assert needs(clock) == [(1, 0)]


def test_a_person_nobody_covers_is_missing_once(two, merge, clock):
    assert needs(clock) == [(2, 2)]
    merge(*two)
    assert needs(clock) == [(1, 1)]


def test_who_is_carried_on_at_the_other_record_does_not_fall_off(two, pt_maju, merge, clock):
    old, kept = two
    cover([old], sponsor=pt_maju, months=[NOVEMBER], clock=clock)
    cover([kept], sponsor=pt_maju, months=[NOVEMBER + 1], clock=clock)
    assert off(NOVEMBER + 1) == [old]
    merger = merge(old, kept)
    assert off(NOVEMBER + 1) == []
    assert off(NOVEMBER + 2) == [kept]
    assert merger.into_id == kept


def test_who_was_covered_at_the_kept_record_first_does_not_fall_off_either(two, pt_maju, merge, clock):
    old, kept = two
    cover([kept], sponsor=pt_maju, months=[NOVEMBER], clock=clock)
    cover([old], sponsor=pt_maju, months=[NOVEMBER + 1], clock=clock)
    merge(old, kept)
    assert off(NOVEMBER + 1) == []
    assert off(NOVEMBER + 2) == [old]


def test_a_chain_of_mergers_is_one_person(two, pt_maju, merge, clock):
    first, second = two
    (third,) = add_workers(1, village=KRAJANKULON, clock=clock)
    cover([first], sponsor=pt_maju, months=[NOVEMBER], clock=clock)
    cover([third], sponsor=pt_maju, months=[NOVEMBER + 1], clock=clock)
    merge(first, second)
    merge(second, third)
    assert needs(clock) == [(1, 0)]
    assert off(NOVEMBER + 1) == []


def test_who_died_does_not_fall_off_at_the_merged_record(two, pt_maju, merge, clock):
    old, kept = two
    cover([old], sponsor=pt_maju, months=[NOVEMBER], clock=clock)
    merge(old, kept)
    assert off(NOVEMBER + 1) == [old]
    Worker.objects.filter(pk=kept).update(died_on=clock.today())
    assert off(NOVEMBER + 1) == []


def test_cover_before_a_merger_is_cover_after_it_and_after_its_undoing(counted, two, pt_maju, merge, wulan, clock):
    old, kept = two
    cover([old], sponsor=pt_maju, months=[NOVEMBER - 1, NOVEMBER], clock=clock)
    cover([kept], sponsor=pt_maju, months=[NOVEMBER + 1], clock=clock)
    rebuild_summary(clock=clock)
    before, missing, months = counts(), needs(clock), list(CoveredMonth.objects.order_by("pk").values())
    merger = merge(old, kept)
    rebuild_summary(clock=clock)
    merged = counts()
    assert merged[:2] == before[:2]
    assert summary_differences() == []
    assert list(CoveredMonth.objects.order_by("pk").values()) == months
    unmerge_workers(merger, reason="Ternyata dua orang", acting_user=wulan, clock=clock)
    rebuild_summary(clock=clock)
    assert counts() == before
    assert needs(clock) == missing


def test_the_page_of_who_falls_off_leaves_out_whoever_stays_at_another_record(two, pt_maju, merge, rina, clock):
    old, kept = two
    cover([old], sponsor=pt_maju, months=[NOVEMBER], clock=clock)
    cover([kept], sponsor=pt_maju, months=[NOVEMBER + 1], clock=clock)
    before = {row.worker_id for row in lapsing_workers(rina, month=NOVEMBER + 1).items}
    merge(old, kept)
    assert before - {row.worker_id for row in lapsing_workers(rina, month=NOVEMBER + 1).items} == {old}


def test_mergers_elsewhere_cost_no_query_a_record(counted, merge, clock, django_assert_num_queries):
    for old, kept in zip(*[iter(add_workers(8, village=CANDIROTO, clock=clock))] * 2, strict=True):
        merge(old, kept)
    with django_assert_num_queries(7):
        list(falling_off(NOVEMBER + 1))
