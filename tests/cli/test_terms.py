"""`payung renew`, as somebody types it."""

import json

import pytest
from click.testing import CliRunner, Result

from payung.cli.terms import renew
from payung.kernel.clock import SystemClock
from payung.kernel.month import Month
from payung.sponsors.models import Pledge
from payung.sponsors.services import make_pledge

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TONO = ("--as", "tono-petugas_perusahaan@contoh.example")


def run(command, *arguments: str) -> Result:
    return CliRunner().invoke(command, list(arguments))


@pytest.fixture
def pledge(pt_maju, rina) -> Pledge:
    soon = Month.of(SystemClock().today()) + 1
    return make_pledge(pt_maju, workers=2, first_month=soon, months=3, acting_user=rina, clock=SystemClock())


def test_a_renewal_follows_on_with_the_same_facts(pledge):
    said = run(renew, str(pledge.public_id), "--key", "k", "--json")
    told = json.loads(said.stdout)
    made = Pledge.objects.get(renewal_of=pledge)
    assert (told["pledge"], told["months"], told["carried"]) == (str(made.public_id), 3, 0)
    assert told["from"] == str(Month(pledge.first_month) + 3)
    assert json.loads(run(renew, str(pledge.public_id), "--key", "k", "--json").stdout) == told


def test_a_second_renewal_names_the_first(pledge):
    run(renew, str(pledge.public_id))
    again = run(renew, str(pledge.public_id), "--months", "6")
    assert again.exit_code == 2
    assert str(Pledge.objects.get(renewal_of=pledge).public_id) in again.output


def test_tono_cannot_renew(pledge, tono):
    del tono
    said = run(renew, str(pledge.public_id), *TONO)
    assert said.exit_code == 2
    assert "tidak dikenal" in said.output
    assert not Pledge.objects.filter(renewal_of=pledge).exists()
