"""Whoever acts at once, in whatever order of their steps: one of the outcomes that the case allows, and all invariants.

`running` says how; its long form is the ring `races`. What is planted here is caught.
"""

import random
from contextlib import contextmanager

import pytest
from django.db import connection
from django.db.models import QuerySet

from payung.contributions.models import Notice
from payung.jobs import services as job_services
from payung.jobs.models import Job
from payung.registry.models import Worker
from payung.sponsors.models import Sponsor
from tests.races.cases import CASES
from tests.races.running import races

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no locks of rows")
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no BEGIN IMMEDIATE")


def wrong(name: str, repeats: int, *, seed: int = 1) -> list[str]:
    cases = [case for case in CASES if name in case.name]
    assert cases
    return [one for _, several in races(cases, repeats, random.Random(seed)) for one in several]


def test_each_case_ends_as_it_may():
    found = list(races(CASES, 2, random.Random(1)))
    assert len(found) == 2 * len(CASES) > 50
    assert [one for _, several in found for one in several] == []


@on_postgresql
@pytest.mark.parametrize(
    ("name", "repeats"),
    [
        ("sixteen payments for ten places", 1),
        ("a notice withdrawn while it is paid", 12),
        ("a handover approved while its months are paid", 24),
    ],
)
def test_without_the_locks_of_rows_money_is_spent_twice_and_that_is_caught(name, repeats, monkeypatch):
    locked = QuerySet.select_for_update
    unlocked = {Sponsor, Notice, Worker}
    monkeypatch.setattr(
        QuerySet,
        "select_for_update",
        lambda rows, **how: rows.all() if rows.model in unlocked else locked(rows, **how),
    )
    assert wrong(name, repeats) != []


@on_sqlite
def test_transactions_that_begin_to_write_only_later_fail_and_that_is_caught(monkeypatch):
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "transaction_mode", "DEFERRED")
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 1)
    assert any("locked" in one for one in wrong("sixteen payments for ten places", 1))


def test_a_job_that_two_workers_run_is_caught(monkeypatch):
    @contextmanager
    def nobody_holds_it(public_id):
        yield True

    monkeypatch.setattr(job_services, "held", nobody_holds_it)
    monkeypatch.setattr(job_services, "_started", lambda public_id, *, clock: Job.objects.get(public_id=public_id))
    assert any("not allowed" in one for one in wrong("two workers take one job", 2))
