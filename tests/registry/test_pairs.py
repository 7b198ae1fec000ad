"""Suspected pairs: they wait for people, what people say stands for ever and holds in later runs."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from payung.access.errors import NotPermittedError, SamePersonError
from payung.access.viewer import SYSTEM_VIEWER, Viewer
from payung.audit.models import AuditEvent
from payung.kernel.clock import Clock
from payung.kernel.nik import Nik
from payung.matching.pairs import Band, Evidence, Pair
from payung.registry.errors import AutoLinkingError, DecisionError, PairDecidedError, UnknownPairError
from payung.registry.models import PairDecision, PairDraft, SuspectedPair, Worker
from payung.registry.selectors import (
    auto_linking_is_on,
    draft_of,
    measured_precision,
    must_link,
    must_not_link,
    pair_for,
    pairs_visible_to,
    pairs_waiting,
)
from payung.registry.services import (
    decide_pair,
    merge_workers,
    save_draft,
    set_auto_linking,
    suspect_near_niks,
    suspect_pairs,
)
from payung.registry.services.nearness import is_near

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def alike(
    left: Worker, right: Worker, *, ppm: int = 970_000, band: Band = Band.REVIEW, model: str = "worker 1"
) -> Pair:
    """What matching says of two records."""
    evidence = (
        Evidence("name", "close", left.name, right.name, 6_200),
        Evidence("nik", "one-digit", None, None, 9_100),
    )
    return Pair(str(left.public_id), str(right.public_id), ppm, band, evidence, model)


@pytest.fixture
def suspect(clock: Clock) -> Callable[..., SuspectedPair]:
    """`suspect(sari, twice)`: the pair as it waits."""

    def one(left: Worker, right: Worker, **said: object) -> SuspectedPair:
        suspect_pairs([alike(left, right, **said)], source="uji", acting_user=SYSTEM_VIEWER, clock=clock)  # type: ignore[arg-type]
        first, second = sorted((left.pk, right.pk))
        return SuspectedPair.objects.get(left=first, right=second)

    return one


@pytest.fixture
def twice(register: Callable[..., Worker]) -> Worker:
    """Sari again, under a NIK that differs by a digit."""
    return register("Sari Wulandarie", 4)


@pytest.fixture
def pair(suspect: Callable[..., SuspectedPair], sari: Worker, twice: Worker) -> SuspectedPair:
    """Sari and Sari."""
    return suspect(twice, sari)


def say(pair: SuspectedPair, answer: str, by: Viewer, clock: Clock, *, second: bool = False) -> PairDecision:
    """One person's answer to the pair as it stands."""
    pair.refresh_from_db()
    return decide_pair(
        pair,
        answer=answer,
        reason="KTP dilihat",
        needs_second=second,
        seen_state=pair.state,
        acting_user=by,
        clock=clock,
    )


def test_a_suspected_pair_keeps_its_evidence_without_the_values(pair, sari, twice):
    assert (pair.left, pair.right, pair.state, pair.band, pair.model) == (sari, twice, "open", "review", "worker 1")
    assert pair.evidence == [
        {"field": "name", "level": "close", "weight": 6_200},
        {"field": "nik", "level": "one-digit", "weight": 9_100},
    ]


def test_the_auto_band_waits_for_people_too_and_apart_is_left_out(suspect, sari, twice, register, clock):
    assert suspect(sari, twice, band=Band.AUTO).band == "auto"
    other = register("Ani", 9)
    apart = alike(sari, other, ppm=1_000, band=Band.APART)
    told = suspect_pairs([apart], source="uji", acting_user=SYSTEM_VIEWER, clock=clock)
    assert (told.new, told.waiting, told.settled) == (0, 0, 0)
    assert SuspectedPair.objects.count() == 1


def test_the_same_run_again_changes_nothing_and_writes_no_record(pair, sari, twice, clock):
    events = AuditEvent.objects.count()
    told = suspect_pairs([alike(sari, twice)], source="uji", acting_user=SYSTEM_VIEWER, clock=clock)
    assert (told.new, told.waiting, told.settled) == (0, 1, 0)
    assert AuditEvent.objects.count() == events


def test_a_newer_model_renews_the_evidence_of_a_pair_that_waits(pair, sari, twice, clock):
    newer = alike(sari, twice, ppm=990_000, model="worker 2")
    suspect_pairs([newer], source="uji", acting_user=SYSTEM_VIEWER, clock=clock)
    pair.refresh_from_db()
    assert (pair.probability_ppm, pair.model) == (990_000, "worker 2")


@pytest.mark.parametrize("answer", ["same", "different"])
def test_what_was_decided_holds_in_later_runs(pair, sari, twice, rina, clock, answer):
    say(pair, answer, rina, clock)
    newer = alike(sari, twice, ppm=999_999, band=Band.AUTO, model="worker 2")
    told = suspect_pairs([newer], source="uji", acting_user=SYSTEM_VIEWER, clock=clock)
    pair.refresh_from_db()
    assert (told.new, told.waiting, told.settled) == (0, 0, 1)
    assert (pair.state, pair.model) == (answer, "worker 1")
    assert (must_link() if answer == "same" else must_not_link()) == {(sari.pk, twice.pk)}
    assert not pairs_waiting(rina).exists()


def test_two_persons_stay_two_when_one_of_them_has_another_record(pair, sari, twice, register, rina, clock):
    say(pair, "different", rina, clock)
    third = register("Sari W.", 5)
    merge_workers(twice, third, reason="KTP", acting_user=rina, clock=clock)
    assert must_not_link() == {(sari.pk, third.pk)}
    told = suspect_pairs([alike(sari, third)], source="uji", acting_user=SYSTEM_VIEWER, clock=clock)
    assert (told.new, told.settled) == (0, 1)


def test_a_later_decision_supersedes_and_leaves_the_former_standing(pair, rina, wulan, clock):
    say(pair, "different", rina, clock)
    say(pair, "unsure", wulan, clock)
    pair.refresh_from_db()
    assert pair.state == "unsure"
    said = list(pair.decisions.order_by("pk").values_list("answer", "actor_label", "is_final", "model"))
    assert said == [("different", rina.actor.label, True, "worker 1"), ("unsure", wulan.actor.label, False, "worker 1")]
    assert must_not_link() == frozenset()


@pytest.mark.parametrize("change", [{"reason": "lain"}, {"answer": "same"}])
def test_a_decision_is_never_changed_or_removed(pair, rina, clock, change):
    decision = say(pair, "different", rina, clock)
    with pytest.raises(IntegrityError), transaction.atomic():
        PairDecision.objects.filter(pk=decision.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        PairDecision.objects.filter(pk=decision.pk).delete()


def test_an_answer_needs_a_reason_and_is_one_of_three(pair, rina, clock):
    asked = {"needs_second": False, "seen_state": "open", "acting_user": rina, "clock": clock}
    with pytest.raises(DecisionError, match="reason"):
        decide_pair(pair, answer="same", reason="  ", **asked)
    with pytest.raises(DecisionError, match="answer"):
        decide_pair(pair, answer="mungkin", reason="KTP", **asked)


def test_a_page_that_shows_an_older_state_decides_nothing(pair, rina, wulan, clock):
    say(pair, "different", rina, clock)
    with pytest.raises(PairDecidedError):
        decide_pair(
            pair, answer="same", reason="KTP", needs_second=False, seen_state="open", acting_user=wulan, clock=clock
        )


def test_a_second_person_must_say_the_same(pair, rina, wulan, clock):
    assert not say(pair, "same", rina, clock, second=True).is_final
    pair.refresh_from_db()
    assert pair.state == "awaiting"
    with pytest.raises(SamePersonError):
        say(pair, "same", rina, clock, second=True)
    confirmed = say(pair, "same", wulan, clock, second=True)
    pair.refresh_from_db()
    assert (pair.state, confirmed.is_final, confirmed.confirms.actor_id) == ("same", True, rina.actor.id)


def test_another_answer_by_the_second_person_begins_anew(pair, rina, wulan, clock):
    say(pair, "same", rina, clock, second=True)
    assert not say(pair, "different", wulan, clock, second=True).is_final
    assert say(pair, "different", rina, clock, second=True).is_final


def test_the_database_itself_asks_for_a_second_person(pair, rina, clock):
    first = say(pair, "same", rina, clock, second=True)
    facts = {
        name: getattr(first, name)
        for name in ("pair", "answer", "reason", "actor_id", "actor_label", "probability_ppm", "band", "model")
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        PairDecision.objects.create(
            **facts,
            confirms=first,
            first_actor_id=rina.actor.id,
            is_final=True,
            operator_played_both=False,
            decided_at=clock.now(),
        )


def test_the_operator_may_play_both_parts_and_the_record_says_so(pair, clock):
    operator = SYSTEM_VIEWER
    say(pair, "same", operator, clock, second=True)
    if operator.is_operator:
        assert say(pair, "same", operator, clock, second=True).operator_played_both


def test_a_draft_is_its_writers_alone_and_gone_once_decided(pair, rina, wulan, clock):
    save_draft(pair, answer="same", reason="menunggu KK", acting_user=rina, clock=clock)
    save_draft(pair, answer="same", reason="menunggu KK dan KTP", acting_user=rina, clock=clock)
    assert draft_of(pair, wulan) is None
    assert PairDraft.objects.get().reason == "menunggu KK dan KTP"
    say(pair, "unsure", rina, clock)
    assert draft_of(pair, rina) is None


def test_an_unchanged_or_emptied_draft_leaves_nothing_behind(pair, rina, clock):
    save_draft(pair, answer="", reason=" ", acting_user=rina, clock=clock)
    events = AuditEvent.objects.count()
    save_draft(pair, answer="same", reason="x", acting_user=rina, clock=clock)
    save_draft(pair, answer="same", reason="x", acting_user=rina, clock=clock)
    assert AuditEvent.objects.count() == events + 1
    assert save_draft(pair, answer="", reason="", acting_user=rina, clock=clock) is None
    assert not PairDraft.objects.exists()


def test_tono_cannot(pair, sari, twice, tono, joko, dewi, clock):
    for stranger in (tono, joko, dewi):
        assert not pairs_visible_to(stranger).exists()
        with pytest.raises(UnknownPairError):
            pair_for(stranger, pair.public_id)
        with pytest.raises(NotPermittedError):
            say(pair, "same", stranger, clock)
        with pytest.raises(NotPermittedError):
            save_draft(pair, answer="same", reason="x", acting_user=stranger, clock=clock)
        with pytest.raises(NotPermittedError):
            suspect_pairs([alike(sari, twice)], source="uji", acting_user=stranger, clock=clock)
        with pytest.raises(NotPermittedError):
            set_auto_linking(is_on=False, reason="x", acting_user=stranger, clock=clock)


def test_every_decision_is_in_the_record_without_a_fact(pair, rina, clock):
    say(pair, "different", rina, clock)
    event = AuditEvent.objects.order_by("-sequence").first()
    assert (event.action, event.reason, event.outcome) == ("registry.pair.decide", "KTP dilihat", "done")
    assert list(event.lines.values_list("object_type", "object_id")) == [("registry.pair", str(pair.public_id))]


def decided_pairs(workers: list[Worker], clock: Clock, *, wrong: int, count: int, by: str) -> None:
    """Many pairs of the band `auto` that people decided, some of them against it."""
    couples = [(a, b) for place, a in enumerate(workers) for b in workers[place + 1 :]][:count]
    made = SuspectedPair.objects.bulk_create(
        SuspectedPair(
            left=a,
            right=b,
            probability_ppm=999_900,
            band="auto",
            model="worker 1",
            evidence=[],
            source="uji",
            found_at=clock.now(),
            state="different" if place < wrong else "same",
        )
        for place, (a, b) in enumerate(couples)
    )
    PairDecision.objects.bulk_create(
        PairDecision(
            pair=pair,
            answer=pair.state,
            reason="uji",
            is_final=True,
            actor_id=by,
            operator_played_both=False,
            probability_ppm=pair.probability_ppm,
            band="auto",
            model="worker 1",
            decided_at=clock.now(),
        )
        for pair in made
    )


@pytest.mark.parametrize(
    ("count", "wrong", "by", "allowed"),
    [
        (0, 0, "1", False),
        (999, 0, "1", False),
        (1_000, 2, "1", False),
        (1_000, 1, "1", True),
        (1_000, 0, "system", False),
    ],
)
def test_the_program_links_by_itself_only_once_the_decisions_of_people_bear_it_out(
    register, wulan, clock, count, wrong, by, allowed
):
    workers = [register(f"Orang {serial}", serial) for serial in range(1, 47)] if count else []
    decided_pairs(workers, clock, wrong=wrong, count=count, by=by)
    assert not auto_linking_is_on()
    if allowed:
        set_auto_linking(is_on=True, reason="rapat 20 November", acting_user=wulan, clock=clock)
        assert measured_precision().ppm == 999_000
    else:
        with pytest.raises(AutoLinkingError):
            set_auto_linking(is_on=True, reason="rapat", acting_user=wulan, clock=clock)
    assert auto_linking_is_on() is allowed
    set_auto_linking(is_on=False, reason="dihentikan", acting_user=wulan, clock=clock)
    assert not auto_linking_is_on()


def test_one_more_decision_against_it_stops_the_program_again(register, wulan, rina, clock):
    workers = [register(f"Orang {serial}", serial) for serial in range(1, 47)]
    decided_pairs(workers, clock, wrong=1, count=1_000, by="1")
    set_auto_linking(is_on=True, reason="rapat", acting_user=wulan, clock=clock)
    say(SuspectedPair.objects.filter(state="same").first(), "different", rina, clock)
    assert not auto_linking_is_on()


def test_rina_may_not_turn_it_on(rina, clock):
    with pytest.raises(NotPermittedError):
        set_auto_linking(is_on=True, reason="rapat", acting_user=rina, clock=clock)


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("3324095205850003", "3324095205850004", True),
        ("3324095205850013", "3324095205850031", True),
        ("3324095205850003", "3324095205850003", False),
        ("3324095205850003", "3324095205850014", False),
        ("3324095205850123", "3324095205850321", False),
    ],
)
def test_near_is_one_digit_or_two_neighbours_swapped(one, other, near):
    assert is_near(one, other) is near


def test_somebody_new_of_one_name_and_day_under_a_near_nik_waits_for_a_person(sari, register, clock):
    again = register("SITI SARI WULANDARI", 9)
    same = register("Sari Wulandari, S.Pd.", 4)
    twin = register("Santi Wulandari", 5)
    told = suspect_near_niks([again.pk, same.pk, twin.pk], source="uji", acting_user=SYSTEM_VIEWER, clock=clock)
    pair = SuspectedPair.objects.get()
    assert (told.new, pair.left, pair.right, pair.band, pair.model) == (1, sari, same, "review", "rule near-nik 1")


def test_of_one_name_but_another_day_nobody_waits(sari, register, clock):
    other = register(nik=Nik.parse("3324095305850003"), birth_date=date(1985, 5, 13))
    assert suspect_near_niks([other.pk], source="uji", acting_user=SYSTEM_VIEWER, clock=clock).new == 0


def test_somebody_near_to_a_merged_record_waits_with_the_one_that_stands_for_the_person(sari, register, clock):
    kept = register("Sari W. Lestari", 900)
    Worker.objects.filter(pk=sari.pk).update(merged_into=kept)
    new = register("Sari Wulandari", 4)
    assert suspect_near_niks([new.pk], source="uji", acting_user=SYSTEM_VIEWER, clock=clock).new == 1
    pair = SuspectedPair.objects.get()
    assert (pair.left, pair.right) == (kept, new)
