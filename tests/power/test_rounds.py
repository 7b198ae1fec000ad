"""A PostgreSQL that is killed whole under writers comes back with all that it had answered, and each thing once."""

import random

import pytest
from django.db import connection, connections

from tests.power.rounds import FORGETFUL, kill_all, kill_round, own_server
from tests.soak.database import fresh_database

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.database,
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="the server; SQLite's process is killed in test_kills"
    ),
]


def test_killed_with_all_its_backends_it_loses_nothing_that_it_answered_and_a_forgetful_one_is_caught():
    rng = random.Random(1)
    with own_server() as cluster, fresh_database():
        found = kill_round(cluster, "uji", rng, writers=4, seconds=1.5)
        assert found.wrong == []
        assert found.acknowledged >= 4
        assert found.recovery_seconds < 30
        kill_all(cluster)
        connections.close_all()
        cluster.settings.update(FORGETFUL)
        cluster.start()
        found = kill_round(cluster, "lupa", rng, writers=4, seconds=1.5)
        assert any("acknowledged and gone" in wrong for wrong in found.wrong)
