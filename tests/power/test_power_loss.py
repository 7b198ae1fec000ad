"""Power lost at any write of any business transaction: what was acknowledged stands, nothing stands half.

The story and its images come from `rehearsal`, whose long form is the ring `power-loss`.
"""

import random
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection

from tests.power.disk import Disk, Event
from tests.power.loss import lose_power
from tests.power.recorded import Recorded
from tests.power.rehearsal import (
    KNOWN_BAD,
    SMALL_CACHE,
    Told,
    broken_invariants,
    cut,
    settings_of_the_program,
    tell,
)
from tests.power.replay import replay

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "sqlite", reason="the files of SQLite; PostgreSQL is killed in test_rounds"
    ),
]


@pytest.fixture(scope="module")
def kept() -> dict[str, Told]:
    """The story, told by whichever test comes first."""
    return {}


@pytest.fixture
def told(kept: dict[str, Told], tmp_path: Path) -> Told:
    if not kept:
        kept["told"] = tell(1, tmp_path, with_list=False)
    return replace(kept["told"], recorded=Recorded(list(kept["told"].recorded.statements)))


def test_as_the_program_is_set_nothing_is_lost_half_or_corrupt_wherever_the_power_goes(told, tmp_path):
    for other in ((), SMALL_CACHE):
        again, losses = cut(told, tmp_path, rng=random.Random(1), most=60, other=other)
        assert losses.sentences == []
        assert losses.images > 30
        assert losses.hot > 10
    assert len(again.states) > 35
    assert broken_invariants(again, tmp_path, each=8) == []


@pytest.mark.parametrize("setting", KNOWN_BAD)
def test_settings_that_are_known_to_lose_or_to_spoil_are_caught(setting, told, tmp_path):
    pragmas, fault = KNOWN_BAD[setting]
    _, losses = cut(told, tmp_path, rng=random.Random(1), most=40, other=pragmas)
    assert losses.faults[fault] > 0


def place_of(told: Told, beginning: str, *, after: str) -> int:
    """The first statement of a table that comes after the first one of another."""
    texts = [text for text, _ in told.recorded.statements]
    first = next(place for place, text in enumerate(texts) if after in text)
    return next(place for place in range(first, len(texts)) if beginning in texts[place])


def test_a_program_that_commits_a_payment_in_two_parts_is_caught(told, tmp_path):
    posting = place_of(told, 'INTO "contributions_posting"', after='INTO "contributions_payment"')
    told.recorded.statements[posting:posting] = [("COMMIT", [()]), ("BEGIN IMMEDIATE", [()])]
    again, losses = cut(told, tmp_path, rng=random.Random(1), most=1)
    assert losses.sentences == []  # to the disk each part is whole; to the ledger it is not
    assert any("I-3 contributions.payment" in sentence for sentence in broken_invariants(again, tmp_path))


def test_a_program_that_says_done_before_its_commit_is_caught(told, tmp_path):
    own = settings_of_the_program()
    again = replay(told.recorded, told.start, tmp_path, own)
    for place in [place for place, event in enumerate(again.events) if event.kind == "said"]:
        again.events.insert(place - 6, again.events.pop(place))
    losses = lose_power(again, tmp_path, rng=random.Random(1), most=150, opening=own)
    assert losses.faults["lost"] > 0


def test_statements_that_make_another_database_are_no_proof(told, tmp_path):
    place = place_of(told, 'INTO "contributions_posting"', after='INTO "contributions_payment"')
    del told.recorded.statements[place]
    with pytest.raises(AssertionError, match="do not make the database"):
        cut(told, tmp_path, rng=random.Random(1), most=1)


def test_what_was_not_synced_may_be_gone_and_what_was_synced_never_is():
    disk = Disk({"": b"old" * 1000})
    disk.do(Event("write", "", 0, b"new" * 1000))
    seen = {disk.after_loss(random.Random(seed))[""] for seed in range(60)}
    assert {b"old" * 1000, b"new" * 1000} < seen
    assert any(content not in (b"old" * 1000, b"new" * 1000) for content in seen)
    disk.do(Event("sync", ""))
    assert {disk.after_loss(random.Random(seed))[""] for seed in range(20)} == {b"new" * 1000}


def test_a_removed_file_may_come_back_until_its_folder_is_synced():
    for synced, wanted in ((0, {True, False}), (1, {False})):
        disk = Disk({"": b"", "-journal": b"hot"})
        disk.do(Event("delete", "-journal", number=synced))
        assert {"-journal" in disk.after_loss(random.Random(seed)) for seed in range(20)} == wanted
