"""The books worked out from the journal alone are the bytes that stand, and whatever differs is seen."""

import json

import pytest
from click.testing import CliRunner

from payung.cli.check import check
from payung.contributions.models import CoveredMonth
from payung.coverage.models import CoverageSummary
from payung.coverage.recomputed import recompute
from payung.coverage.services import rebuild_everything
from tests.contributions.conftest import notice, pay, pledge  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def counted(notice, pay, clock):  # noqa: F811
    """December for three workers, paid and counted."""
    pay(notice, notice.total_rp)
    rebuild_everything(clock=clock)


def differing() -> list[str]:
    return [part.name for part in recompute() if not part.agrees]


def test_what_stands_is_what_the_journal_says(counted):
    assert differing() == []
    assert len({part.from_journal for part in recompute()}) == 3


def test_a_month_that_stands_otherwise_is_seen(counted):
    CoveredMonth.objects.filter(program="JKK").update(state="berlaku")
    assert differing() == ["coverage"]


def test_a_count_that_stands_otherwise_is_seen(counted):
    CoverageSummary.objects.update(sementara=9)
    assert differing() == ["dashboards"]


def test_the_command_says_the_hashes_and_fails_where_they_differ(counted):
    told = CliRunner().invoke(check, ["--hash", "--json"])
    assert told.exit_code == 0
    assert {name: part["agrees"] for name, part in json.loads(told.output).items()} == {
        "balances": True,
        "coverage": True,
        "dashboards": True,
    }
    CoverageSummary.objects.all().delete()
    assert CliRunner().invoke(check, ["--hash"]).exit_code == 1
