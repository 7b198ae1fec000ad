"""The short form of the ring `state-machine`, and histories whose end is the same bytes on both databases."""

import json

import pytest

from payung.kernel.clock import FixedClock
from tests.oracle.history import HISTORIES, KNOWN, STEPS, History, told
from tests.oracle.machine import START, LedgerMachine
from tests.oracle.program import make_cast
from tests.oracle.state_machine import steps

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def _cast(db: None) -> None:
    LedgerMachine.cast = make_cast(FixedClock.on(START))


def test_steps_in_any_order_show_what_the_model_says():
    outcome = steps(seed=20261123, amount=100, each=50)
    assert outcome.failures == []
    assert outcome.counted["steps"] > 50


def test_the_machine_knows_fifteen_kinds_of_step_and_more():
    machine = History()
    machine.abandon()
    assert len(machine.rules) >= 15


@pytest.mark.parametrize("seed", HISTORIES)
def test_a_history_ends_with_the_same_bytes_on_either_database(seed):
    parts = told(seed, STEPS)
    assert all(part.agrees for part in parts)
    assert {part.name: part.from_journal for part in parts} == json.loads(KNOWN.read_text())[str(seed)]
