"""Pages and commands as of a day that is over: what was entered since is not there."""

import json
from datetime import date

import pytest
from click.testing import CliRunner
from django.urls import reverse

from payung.cli.coverage import coverage
from payung.cli.registry import registry
from payung.cli.sponsors import sponsor as sponsor_group
from payung.contributions.services import confirm_payment, issue_notice, record_payment
from payung.kernel.clock import FixedClock, SystemClock
from payung.kernel.month import Month
from payung.registry.models import Worker
from payung.vault.seal import seal
from tests.contributions import conftest as ledger

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DECEMBER = Month.from_text("2026-12")
PAID, CONFIRMED = date(2026, 11, 10), date(2026, 11, 15)


@pytest.fixture
def story(kendal, pt_maju, rina, wulan):
    """Three workers, asked and paid for on 10 November for December, confirmed on the 15th."""
    asked = FixedClock.on(PAID)
    pledge = ledger.add_pledge(pt_maju, quota=3, clock=asked)
    workers = ledger.add_workers(3, clock=asked)
    for worker in workers:
        worker.nik_sealed = seal("3324010101800001", table="registry_worker", column="nik_sealed",
                                 public_id=str(worker.public_id))  # fmt: skip
    Worker.objects.bulk_update(workers, ["nik_sealed"])
    ledger.enrol(workers, pledge)
    notice = issue_notice(pledge, first_month=DECEMBER, months=1, acting_user=rina, clock=asked)
    payment = record_payment(
        pt_maju, notice=notice, amount_rp=50_400, paid_on=PAID, proof=b"x", proof_name="x.pdf", client_key="a",
        acting_user=rina, clock=asked,
    )  # fmt: skip
    confirm_payment(payment, acting_user=wulan, clock=FixedClock.on(CONFIRMED))
    return workers


@pytest.fixture(autouse=True)
def _later(monkeypatch):
    """The pages are asked on 22 November, when all of it is known."""
    later = FixedClock.on(date(2026, 11, 22))
    monkeypatch.setattr(SystemClock, "now", lambda _self: later.now())


def test_the_worker_page_shows_the_months_of_that_evening(story, client_of, rina):
    page, browser = reverse("worker", args=[story[0].public_id]), client_of(rina)
    before, between, today = (
        browser.get(page, {"diketahui": day}).content.decode() for day in ("2026-11-09", "2026-11-12", "")
    )
    assert "Belum ada bulan yang terlindungi" in before
    assert "menunggu konfirmasi BPJS" in between
    assert "Seperti diketahui pada 12 November 2026" in between
    assert "menunggu konfirmasi BPJS" not in today
    assert "Kembali ke hari ini" not in today


def test_the_account_shows_balances_entries_and_months_of_that_evening(story, client_of, rina, pt_maju):
    page, browser = reverse("account_of_sponsor", args=[pt_maju.public_id]), client_of(rina)
    between = browser.get(page, {"diketahui": "2026-11-12"}).content.decode()
    assert "Dibayar 3" in between
    assert "Dikonfirmasi BPJS" not in between
    assert "Dikonfirmasi BPJS" in browser.get(page).content.decode()
    before = browser.get(page, {"diketahui": "2026-11-09"}).content.decode()
    assert "Belum ada catatan" in before


def test_the_coverage_page_counts_as_of_that_evening(story, client_of, rina):
    browser = client_of(rina)
    counted = {}
    for day in ("2026-11-09", "2026-11-12", "2026-11-15"):
        told = browser.get(reverse("coverage"), {"bulan": "2026-12", "diketahui": day})
        found = told.context["found"]
        counted[day] = (found.covered.berlaku, found.covered.sementara)
        assert sum(line.covered.total for line in found.lines) == found.covered.total
    assert counted == {"2026-11-09": (0, 0), "2026-11-12": (0, 3), "2026-11-15": (3, 0)}


@pytest.mark.parametrize("day", ["2026-11-22", "2030-01-01", "kemarin", "2026-02-31", ""])
def test_a_day_that_is_none_or_not_over_shows_today(day, story, client_of, rina):
    told = client_of(rina).get(reverse("worker", args=[story[0].public_id]), {"diketahui": day}).content.decode()
    assert "Kembali ke hari ini" not in told


def run(command, *arguments):
    result = CliRunner().invoke(command, [*arguments, "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_the_commands_answer_as_of_that_evening(story):
    shown = {day: run(sponsor_group, "show", "PTMAJU", "--as-known-on", day) for day in ("2026-11-09", "2026-11-12")}
    assert [shown[day]["credit_rp"] for day in shown] == [0, 25_200]
    assert [shown[day]["paid"] for day in shown] == [0, 3]
    found = run(coverage, "--month", "2026-12", "--as-known-on", "2026-11-12")
    assert (found["berlaku"], found["sementara"]) == (0, 3)
    assert run(coverage, "--month", "2026-12", "--as-known-on", "2026-11-15")["berlaku"] == 3
    worker = str(story[0].public_id)
    assert run(registry, "show", worker, "--as-known-on", "2026-11-12")["covered"] == {"2026-12": "sementara"}


def test_tono_cannot_look_back_either(story, client_of, tono, pt_maju):
    browser, day = client_of(tono), {"diketahui": "2026-11-12"}
    assert browser.get(reverse("account_of_sponsor", args=[pt_maju.public_id]), day).status_code == 404
    assert browser.get(reverse("worker", args=[story[0].public_id]), day).status_code == 404
    assert browser.get(reverse("coverage"), day).status_code == 403
    result = CliRunner().invoke(
        sponsor_group,
        ["show", "PTMAJU", "--as-known-on", "2026-11-12", "--as", "tono-petugas_perusahaan@contoh.example"],
    )
    assert result.exit_code in (1, 2)
    assert "25200" not in result.output
