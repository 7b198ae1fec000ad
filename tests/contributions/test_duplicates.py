"""Two records of one person, with ways and months: who is kept, what forbids it, and cover stays what it was."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from django.apps import apps
from django.core import serializers

from payung.access.errors import SamePersonError
from payung.access.viewer import SYSTEM_VIEWER
from payung.contributions.errors import NothingToAskError, SameMonthsError, TwoWaysError
from payung.contributions.models import CoveredMonth
from payung.contributions.selectors import (
    cover_grid,
    covered_since,
    covered_until,
    last_covered,
    merge_view,
    notice_balances,
)
from payung.contributions.services import issue_notice, settle_death, settle_pair
from payung.enrolment.models import Enrolment
from payung.enrolment.services import propose_workers
from payung.matching.pairs import Band, Pair
from payung.registry.errors import MergeRefusedError
from payung.registry.models import SuspectedPair, Worker
from payung.registry.selectors import standing_merger
from payung.registry.services import suspect_pairs, unmerge_workers
from payung.vault.seal import seal
from tests.contributions.conftest import DECEMBER, JANUARY, add_workers, enrol, leave

pytestmark = [pytest.mark.django_db, pytest.mark.database]

# What only ever grows tells of the merger and of its undo; everything else must be as it was.
GROWS = {"audit", "registry.pairdecision", "registry.workermerger", "registry.suspectedpair", "registry.pairdraft"}


def dump() -> str:
    """Every row of every table of ours, but for the records of what was done."""
    kept = [
        model
        for model in apps.get_models()
        if model.__module__.startswith("payung.") and not {model._meta.app_label, model._meta.label_lower} & GROWS
    ]
    rows = [row for model in kept for row in model._base_manager.order_by("pk")]
    return json.dumps(json.loads(serializers.serialize("json", rows)), sort_keys=True)


def cover() -> list[tuple[int, str, str]]:
    """All covered months of all people, as statistics count them."""
    return sorted(CoveredMonth.objects.values_list("month", "program", "state"))


@pytest.fixture
def workers(pledge) -> list[Worker]:
    """PT Maju's three, in the order of the list."""
    return [way.worker for way in Enrolment.objects.filter(pledge=pledge).select_related("worker").order_by("position")]


@pytest.fixture
def again(clock) -> Worker:
    """Another record of the first of them, on no way."""
    return add_workers(1, clock=clock)[0]


@pytest.fixture
def suspect(clock) -> Callable[[Worker, Worker], SuspectedPair]:
    """The pair of two records, as it waits."""

    def one(left: Worker, right: Worker) -> SuspectedPair:
        pair = Pair(str(left.public_id), str(right.public_id), 970_000, Band.REVIEW, (), "worker 1")
        suspect_pairs([pair], source="uji", acting_user=SYSTEM_VIEWER, clock=clock)
        first, second = sorted((left.pk, right.pk))
        return SuspectedPair.objects.get(left=first, right=second)

    return one


@pytest.fixture
def say(clock) -> Callable[..., object]:
    """`say(pair, "same", rina)`: an answer to the pair as it stands."""

    def one(pair, answer, by):
        pair.refresh_from_db()
        return settle_pair(
            pair, answer=answer, reason="KTP dilihat", seen_state=pair.state, acting_user=by, clock=clock
        )

    return one


def test_without_paid_months_one_person_is_enough(pledge, workers, again, suspect, say, rina):
    settled = say(suspect(workers[0], again), "same", rina)
    assert (settled.decision.is_final, settled.merger.worker, settled.merger.into) == (True, again, workers[0])


def test_with_paid_months_a_second_person_confirms(notice, pay, workers, again, suspect, say, rina, wulan):
    pay(notice, 25_200)
    pair = suspect(workers[0], again)
    assert say(pair, "same", rina).merger is None
    with pytest.raises(SamePersonError):
        say(pair, "same", rina)
    assert say(pair, "same", wulan).merger.worker == again


def test_paid_months_ask_for_a_second_person_for_different_too(notice, pay, workers, again, suspect, say, rina, wulan):
    pay(notice, 25_200)
    pair = suspect(workers[0], again)
    assert not say(pair, "different", rina).decision.is_final
    assert say(pair, "different", wulan).decision.is_final


def test_merging_and_taking_apart_leaves_every_row_and_every_month_as_it_was(
    notice, pay, workers, again, suspect, say, rina, wulan, clock
):
    pay(notice, 25_200)
    pair = suspect(workers[0], again)
    rows, months = dump(), cover()
    say(pair, "same", rina)
    say(pair, "same", wulan)
    assert cover() == months
    assert dump() != rows
    unmerge_workers(standing_merger(pair), reason="kembar", acting_user=wulan, clock=clock)
    assert (dump(), cover()) == (rows, months)
    pair.refresh_from_db()
    assert pair.state == "open"


def test_twins_are_told_apart_and_stay_apart(pledge, workers, again, suspect, say, rina, clock):
    twin = suspect(workers[0], again)
    say(twin, "different", rina)
    suspect(workers[0], again)
    twin.refresh_from_db()
    assert twin.state == "different"
    assert not Worker.objects.filter(merged_into__isnull=False).exists()


def test_no_pair_is_merged_before_a_person_says_so(workers, again, clock):
    sure = Pair(str(workers[0].public_id), str(again.public_id), 999_999, Band.AUTO, (), "worker 1")
    suspect_pairs([sure], source="uji", acting_user=SYSTEM_VIEWER, clock=clock)
    assert not Worker.objects.filter(merged_into__isnull=False).exists()


def test_who_is_on_the_way_is_kept(pledge, workers, other_pledge, again, suspect, clock):
    leave(Enrolment.objects.get(worker=workers[0]))
    enrol([again], other_pledge)
    assert merge_view(suspect(workers[0], again)).kept_id == again.pk


def test_two_ways_at_once_are_for_a_person_to_settle(pledge, workers, other_pledge, again, suspect, say, rina):
    enrol([again], other_pledge)
    with pytest.raises(TwoWaysError):
        say(suspect(workers[0], again), "same", rina)
    assert SuspectedPair.objects.get().state == "open"


def paid_under_both(notice, pay, other_pledge, again, rina, clock, *, month=DECEMBER):
    """PT Maju paid December for one record, CV Jaya a month for the other."""
    pay(notice, 25_200)
    enrol([again], other_pledge)
    asked = issue_notice(other_pledge, first_month=month, months=1, acting_user=rina, clock=clock)
    pay(asked, 16_800, sponsor=other_pledge.sponsor)
    leave(Enrolment.objects.get(worker=again))


def test_the_same_covered_month_twice_is_for_a_person_to_settle(
    notice, pay, workers, other_pledge, again, suspect, say, rina, clock
):
    paid_under_both(notice, pay, other_pledge, again, rina, clock)
    with pytest.raises(SameMonthsError) as told:
        say(suspect(workers[0], again), "same", rina)
    assert told.value.months == (DECEMBER,)


def test_a_month_that_one_paid_and_the_other_is_asked_for_is_a_conflict_too(
    notice, workers, other_pledge, again, suspect, say, rina, clock
):
    enrol([again], other_pledge)
    issue_notice(other_pledge, first_month=DECEMBER, months=1, acting_user=rina, clock=clock)
    leave(Enrolment.objects.get(worker=again))
    with pytest.raises(SameMonthsError):
        say(suspect(workers[0], again), "same", rina)


def test_months_of_both_records_are_the_persons(
    notice, pay, workers, other_pledge, again, suspect, say, rina, wulan, clock
):
    paid_under_both(notice, pay, other_pledge, again, rina, clock, month=JANUARY)
    pair = suspect(workers[0], again)
    say(pair, "same", rina)
    say(pair, "same", wulan)
    sari = workers[0]
    assert covered_until([sari.pk])[sari.pk].sponsor_id == other_pledge.sponsor_id
    assert covered_until([sari.pk])[sari.pk].month == JANUARY
    assert covered_since([sari.pk]) == {sari.pk: DECEMBER}
    assert last_covered(rina, [sari]) == {sari.pk: JANUARY}
    assert [bool(cell.state) for cell in cover_grid(sari, first_month=DECEMBER, months=3)] == [True, True, False]


def test_nobody_asks_again_for_a_month_of_the_other_record(
    notice, pay, pledge, workers, other_pledge, again, suspect, say, rina, wulan, clock
):
    paid_under_both(notice, pay, other_pledge, again, rina, clock, month=JANUARY)
    pair = suspect(workers[0], again)
    say(pair, "same", rina)
    say(pair, "same", wulan)
    for worker in workers[1:]:
        leave(Enrolment.objects.get(worker=worker))
    with pytest.raises(NothingToAskError):
        issue_notice(pledge, first_month=JANUARY, months=1, acting_user=rina, clock=clock)


@pytest.mark.parametrize("same_payer", [True, False])
def test_a_month_asked_at_an_ended_way_of_the_other_record_is_asked_anew(
    same_payer, notice, pledge, workers, other_pledge, again, suspect, say, rina, clock
):
    leave(Enrolment.objects.get(worker=workers[0]))
    to = pledge if same_payer else other_pledge
    enrol([again], to)
    say(suspect(workers[0], again), "same", rina)
    asked = issue_notice(to, first_month=DECEMBER, months=1, acting_user=rina, clock=clock)
    assert [line.worker_id for line in asked.lines.filter(is_live=True)] == [again.pk]
    assert notice_balances([notice, asked]) == {notice.pk: 16_800, asked.pk: 8_400}


def test_a_merged_person_is_proposed_once(pledge, workers, other_pledge, again, suspect, say, rina, clock):
    leave(Enrolment.objects.get(worker=workers[0]))
    enrol([again], other_pledge)
    say(suspect(workers[0], again), "same", rina)
    told = propose_workers(
        [again.pk, workers[0].pk], sponsor=pledge.sponsor, source="upload:uji", acting_user=rina, clock=clock
    )
    assert {each.worker_id: each.code for each in told.refused} == {again.pk: "elsewhere", workers[0].pk: "merged"}


def test_a_death_gives_back_the_months_of_every_record(
    notice, pay, workers, other_pledge, again, suspect, say, rina, wulan, clock
):
    Worker.objects.filter(pk=workers[0].pk).update(
        nik_sealed=seal(
            "3324094101800001", table="registry_worker", column="nik_sealed", public_id=workers[0].public_id
        )
    )
    paid_under_both(notice, pay, other_pledge, again, rina, clock, month=JANUARY)
    pair = suspect(workers[0], again)
    say(pair, "same", rina)
    say(pair, "same", wulan)
    sari = Worker.objects.get(pk=workers[0].pk)
    given_back = settle_death(sari, died_on=date(2026, 11, 20), reason="akta", acting_user=rina, clock=clock)
    assert given_back == 2
    assert not CoveredMonth.objects.filter(worker__in=[sari.pk, again.pk]).exists()


def test_somebody_decided_that_they_are_two(pledge, workers, again, suspect, say, rina, clock):
    third = add_workers(1, clock=clock)[0]
    say(suspect(workers[0], third), "different", rina)
    say(suspect(again, third), "same", rina)
    pair = SuspectedPair.objects.create(
        left=workers[0],
        right=again,
        probability_ppm=900_000,
        band="review",
        model="uji",
        evidence=[],
        source="uji",
        found_at=clock.now(),
    )
    with pytest.raises(MergeRefusedError, match="apart"):
        say(pair, "same", rina)
