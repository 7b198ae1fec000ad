import pytest

from payung.contributions.models import CoveredMonth
from payung.coverage.models import CoverageRollup, CoverageSummary, LapseSummary, SummaryMonth, VillageNeed
from payung.coverage.selectors import is_summary_stale, summary_differences
from payung.coverage.services import rebuild_summary, refresh_summary
from payung.registry.models import Worker
from tests.coverage.conftest import NOVEMBER
from tests.coverage.people import CANDIROTO, DEMPELREJO, SARIREJO, SUKODONO, add_workers, cover

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_cells_add_up_to_the_workers_of_the_ledger(counted, pt_maju, cv_lain):
    cells = CoverageSummary.objects.filter(month=NOVEMBER).values_list(
        "village_id", "occupation_id", "sponsor_id", "funds", "berlaku", "sementara"
    )
    assert set(cells) == {
        (SARIREJO, "pedagang-asongan", pt_maju.pk, "CSR", 12, 0),
        (SUKODONO, "tukang-ojek", cv_lain.pk, "CSR", 6, 2),
        (CANDIROTO, None, pt_maju.pk, "CSR", 3, 0),
    }


def test_each_rollup_adds_up_to_the_total(counted):
    for dimension in CoverageRollup.Dimension.values:
        rows = CoverageRollup.objects.filter(month=NOVEMBER, dimension=dimension).values_list("berlaku", "sementara")
        assert (sum(b for b, _ in rows), sum(s for _, s in rows)) == (21, 2)


def test_a_rebuild_agrees_with_the_ledger_and_doing_it_again_changes_nothing(counted, clock):
    before = list(CoverageSummary.objects.order_by("month", "village", "sponsor").values_list("month", "berlaku"))
    rebuild_summary(clock=clock)
    assert (
        list(CoverageSummary.objects.order_by("month", "village", "sponsor").values_list("month", "berlaku")) == before
    )
    assert summary_differences() == []


def test_a_month_behind_the_counting_is_found(counted):
    CoveredMonth.objects.filter(worker_id=counted["maju"][0], month=NOVEMBER).delete()
    found = {(found.month, found.table) for found in summary_differences()}
    assert (NOVEMBER, "summary") in found
    assert (NOVEMBER, "lapse") not in found


def test_a_tampered_rollup_is_found(counted):
    CoverageRollup.objects.filter(month=NOVEMBER, dimension="total", sector="LAINNYA").update(berlaku=99)
    assert [found.table for found in summary_differences([NOVEMBER])] == ["rollup:total"]


def test_one_programme_without_the_other_is_found(counted, pt_maju, clock):
    (worker,) = add_workers(1, village=SARIREJO, clock=clock)
    cover([worker], sponsor=pt_maju, months=[NOVEMBER], clock=clock, programs=("JKM",))
    assert [found.table for found in summary_differences([NOVEMBER])] == ["one-programme"]


def test_who_is_not_carried_on_falls_off_the_month_after(counted, pt_maju, cv_lain):
    december = LapseSummary.objects.filter(month=NOVEMBER + 1).values_list("sponsor_id", "sector", "workers")
    assert set(december) == {(cv_lain.pk, "TRANSPORTASI", 8), (pt_maju.pk, "LAINNYA", 3)}
    assert LapseSummary.objects.get(month=NOVEMBER + 3).workers == 12


def test_the_dead_do_not_fall_off(counted, clock):
    Worker.objects.filter(pk=counted["few"][0]).update(died_on=clock.today())
    rebuild_summary([NOVEMBER], clock=clock)
    assert LapseSummary.objects.get(month=NOVEMBER + 1, sector="LAINNYA").workers == 2


def test_needs_count_the_known_of_the_right_age_who_lack_the_month(counted, clock):
    add_workers(2, village=DEMPELREJO, clock=clock, born=clock.today().replace(year=1961))
    add_workers(1, village=DEMPELREJO, clock=clock, died_on=clock.today())
    refresh_summary(clock=clock)
    need = VillageNeed.objects.get(month=NOVEMBER, village=DEMPELREJO)
    assert (need.known, need.uncovered) == (20, 20)
    assert VillageNeed.objects.get(month=NOVEMBER, village=SARIREJO).uncovered == 0


def test_the_journal_moving_on_makes_the_counts_stale_and_a_refresh_new(counted, pt_maju, clock):
    refresh_summary(clock=clock)
    assert not is_summary_stale()
    cover(add_workers(5, village=SARIREJO, clock=clock), sponsor=pt_maju, months=[NOVEMBER], clock=clock)
    assert is_summary_stale()
    refresh_summary(clock=clock)
    assert not is_summary_stale()


def test_an_empty_regency_counts_this_month_as_nothing(regions, clock):
    assert refresh_summary(clock=clock) == [NOVEMBER]
    assert SummaryMonth.objects.get().counted_at == clock.now()
    assert not CoverageSummary.objects.exists()
