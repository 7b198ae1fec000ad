"""`payung renew`, `payung handover` and `payung budget`, as somebody types them."""

import json

import pytest
from click.testing import CliRunner, Result

from payung.cli.terms import budget, handover, renew
from payung.enrolment.models import Handover
from payung.kernel.clock import SystemClock
from payung.kernel.month import Month
from payung.sponsors.models import Pledge, PublicBudget, Sponsor
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


def test_a_budget_is_entered_and_shown_against_the_pledges(rina):
    clock = SystemClock()
    regency = Sponsor.objects.create(code="APBD", name="Pemkab", funds="APBD", recorded_at=clock.now())
    this_year = clock.today().year
    facts = ("--document", "DPA 1", "--document-on", str(clock.today()), "--json")
    said = run(budget, "add", "apbd", str(this_year), "1000000", *facts)
    assert json.loads(said.stdout)["amount_rp"] == 1_000_000
    told = json.loads(run(budget, "show", "apbd", "--json").stdout)
    assert told["years"][0]["free_rp"] == 1_000_000
    assert "1.000.000" in run(budget, "show", "apbd").stdout
    refused = run(budget, "add", "apbd", "1999", "1", *facts)
    assert refused.exit_code == 2
    assert regency.budgets.count() == 1


def test_a_handover_is_prepared_only_for_active_workers(pledge, rina):
    del rina
    first = str(Month(pledge.first_month) + 1)
    facts = ("--from", first, "--giving-letter", "a", "--taking-letter", "b", "--key", "k")
    said = run(handover, "prepare", "PTMAJU", *facts)
    assert said.exit_code == 1
    assert "Tidak ada orang" in said.output


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        (budget, ("add", "PTMAJU", "2026", "1", "--document", "x", "--document-on", "2026-01-01")),
        (budget, ("show", "PTMAJU")),
        (
            handover,
            ("prepare", "PTMAJU", "--from", "2027-01", "--giving-letter", "a", "--taking-letter", "b", "--key", "k"),
        ),
        (handover, ("approve", "01a20482-5434-7fb6-bb7b-c86225f9b384", "--hash", "00")),
        (handover, ("withdraw", "01a20482-5434-7fb6-bb7b-c86225f9b384", "--reason", "x")),
    ],
)
def test_tono_cannot_at_the_command_line(pledge, tono, command, arguments):
    del pledge, tono
    assert run(command, *arguments, *TONO).exit_code != 0
    assert not PublicBudget.objects.exists()
    assert not Handover.objects.exists()
