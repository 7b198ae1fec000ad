"""A process of the program killed in the midst of its work leaves what it had acknowledged, and nothing half."""

import os
import signal

import pytest
from django.db import connection, transaction

from payung.contributions.services import payments
from tests.power.kills import kill_often

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


def test_killed_at_any_moment_it_loses_nothing_that_it_acknowledged():
    found = list(kill_often(1, 6))
    assert [wrong for _, _, several in found for wrong in several] == []
    assert sum(len(said) for said, _, _ in found) >= 6


def said_before_the_commit(scene, pledge, name, rng, say):
    """A program that acknowledges inside its transaction."""
    while True:
        with transaction.atomic():
            scene.pay(None, 8_400, f"{name}-{rng.randrange(2**32)}", sponsor=pledge.sponsor)
            say(f"recorded {name}-nothing")


def test_one_that_acknowledges_what_it_did_not_commit_is_caught():
    found = list(kill_often(1, 1, said_before_the_commit))
    assert "acknowledged and gone" in found[0][2][0]


def in_two_parts(scene, pledge, name, rng, say):
    """A program that commits a payment before its entries, and dies in between; the patch dies with the child."""

    def torn(*args, **kwargs):
        connection._commit()
        os.kill(os.getpid(), signal.SIGKILL)

    payments.post_entry = torn
    scene.pay(None, 8_400, f"{name}-1", sponsor=pledge.sponsor)


def test_one_that_commits_half_a_payment_is_caught():
    found = list(kill_often(1, 1, in_two_parts))
    assert any("I-4 contributions.payment" in wrong for wrong in found[0][2])
