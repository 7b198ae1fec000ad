"""A run's pairs are taken in: they wait for people, and where the office lets the program, it links what is free."""

import pytest

from payung.access.errors import NotPermittedError
from payung.access.viewer import SYSTEM_VIEWER
from payung.contributions.services import settle_pair, take_in_pairs
from payung.enrolment.models import Enrolment
from payung.matching.pairs import Band, Evidence, Pair
from payung.registry.models import PairDecision, SuspectedPair, Worker
from payung.registry.services import set_auto_linking
from tests.contributions.conftest import add_workers
from tests.registry.test_pairs import decided_pairs

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def found(left: Worker, right: Worker, *, band: Band = Band.AUTO) -> Pair:
    evidence = (Evidence("name", "same", "Sari", "Sari", 6_200),)
    return Pair(str(left.public_id), str(right.public_id), 999_950, band, evidence, "worker 1")


@pytest.fixture
def take_in(clock):
    """`take_in(pair, ...)`: a run that found these pairs."""

    def one(*pairs: Pair, by=SYSTEM_VIEWER):
        return take_in_pairs(pairs, source="uji", acting_user=by, clock=clock)

    return one


@pytest.fixture
def switched_on(wulan, clock) -> None:
    """The office turned linking on, after a thousand decisions that were right."""
    decided_pairs(add_workers(46, clock=clock), clock, wrong=1, count=1_000, by="1")
    set_auto_linking(is_on=True, reason="rapat", acting_user=wulan, clock=clock)


@pytest.fixture
def workers(pledge) -> list[Worker]:
    """PT Maju's three, in the order of the list."""
    return [way.worker for way in Enrolment.objects.filter(pledge=pledge).select_related("worker").order_by("position")]


@pytest.fixture
def twice(clock) -> list[Worker]:
    """Two records on no way."""
    return add_workers(2, clock=clock)


def merged() -> set[tuple[int, int]]:
    rows = Worker.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into_id")
    return {(min(row), max(row)) for row in rows}


def test_while_it_is_off_the_surest_pair_waits_for_people(take_in, twice):
    told = take_in(found(*twice))
    assert (told.suspected.new, told.linked, merged()) == (1, 0, set())
    assert SuspectedPair.objects.get().state == "open"


def test_once_it_is_on_the_sure_ones_are_linked_and_the_others_wait(switched_on, take_in, twice, clock):
    others = add_workers(2, clock=clock)
    told = take_in(found(*twice), found(*others, band=Band.REVIEW))
    assert (told.suspected.new, told.linked) == (2, 1)
    assert merged() == {(twice[0].pk, twice[1].pk)}
    decision = PairDecision.objects.order_by("-pk").first()
    assert (decision.actor_id, decision.reason) == ("system", "otomatis: worker 1")
    assert SuspectedPair.objects.get(left=others[0]).state == "open"


def test_the_same_run_again_links_nothing_and_asks_nothing(switched_on, take_in, twice):
    take_in(found(*twice))
    decisions = PairDecision.objects.count()
    told = take_in(found(*twice))
    assert (told.suspected.new, told.suspected.waiting, told.suspected.settled, told.linked) == (0, 0, 1, 0)
    assert PairDecision.objects.count() == decisions


def test_what_people_decided_to_be_two_is_never_linked(switched_on, take_in, twice, rina, clock):
    take_in(found(*twice, band=Band.REVIEW))
    pair = SuspectedPair.objects.get(left=twice[0])
    settle_pair(pair, answer="different", reason="kembar", seen_state="open", acting_user=rina, clock=clock)
    told = take_in(found(*twice))
    assert (told.suspected.settled, told.linked, merged()) == (1, 0, set())


def test_two_who_are_not_one_stay_two_though_a_third_is_like_both(switched_on, take_in, twice, rina, clock):
    third = add_workers(1, clock=clock)[0]
    take_in(found(*twice, band=Band.REVIEW))
    pair = SuspectedPair.objects.get(left=twice[0])
    settle_pair(pair, answer="different", reason="kembar", seen_state="open", acting_user=rina, clock=clock)
    told = take_in(found(twice[0], third), found(twice[1], third))
    assert told.linked == 1
    assert len(merged()) == 1
    assert SuspectedPair.objects.filter(state="open", band="auto").count() == 1


def test_nobody_with_paid_months_is_linked_without_two_people(switched_on, notice, pay, workers, take_in, clock):
    pay(notice, 25_200)
    again = add_workers(1, clock=clock)[0]
    told = take_in(found(workers[0], again))
    assert (told.suspected.new, told.linked, merged()) == (1, 0, set())


def test_a_stranger_cannot(take_in, twice, tono):
    with pytest.raises(NotPermittedError):
        take_in(found(*twice), by=tono)
    assert not SuspectedPair.objects.exists()
