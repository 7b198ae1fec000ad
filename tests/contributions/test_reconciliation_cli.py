"""`payung reconcile`: from the file to the acceptance, and what it refuses."""

import json
from datetime import date

import pytest
from click.testing import CliRunner

from payung.cli.reconciliation import reconcile
from payung.contributions.models import Payment, ReconciliationFile
from payung.contributions.services import record_pay_code
from tests.contributions.reconciliation_files import report

pytestmark = [pytest.mark.django_db, pytest.mark.database]

CODE, TODAY = "900123456789", date(2026, 11, 22)


@pytest.fixture
def payung(clock, monkeypatch, tmp_path, notice, dewi):
    """Run the command on the day of the tests' stories, with a report in the folder."""
    monkeypatch.setattr("payung.cli.session.SystemClock", lambda: clock)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "laporan.csv").write_bytes(report([(CODE, 25_200, TODAY), ("888", 1_000, TODAY)]))
    record_pay_code(notice, code=CODE, amount_rp=25_200, due_on=date(2026, 11, 30), acting_user=dewi, clock=clock)
    return lambda *arguments: CliRunner().invoke(reconcile, list(arguments))


def test_operator_goes_through_all_steps(payung):
    told = json.loads(payung("file", "laporan", "laporan.csv", "--json").output)
    assert (told["rows"], told["waiting"], {each["outcome"] for each in told["outcomes"]}) == (
        2,
        1,
        {"cocok", "kode_tidak_dikenal"},
    )
    row = ReconciliationFile.objects.get().lines.get(outcome="kode_tidak_dikenal").row_number
    assert payung("decide", told["file"], str(row), "--leave", "--note", "bukan program ini").exit_code == 0
    assert payung("submit", told["file"]).exit_code == 0
    assert payung("accept", told["file"]).exit_code == 0
    assert Payment.objects.get().confirmed_at is not None
    assert payung("undo", told["file"], "--reason", "berkas lain").exit_code == 0
    assert Payment.objects.get().reversed_at is not None


def test_same_file_again_says_so(payung):
    payung("file", "laporan", "laporan.csv")
    assert "tidak ada yang berubah" in payung("file", "laporan", "laporan.csv").output


def test_refusals_say_what_to_do(payung):
    told = json.loads(payung("file", "laporan", "laporan.csv", "--json").output)
    payung("submit", told["file"])
    assert "menunggu putusan" in payung("accept", told["file"]).output
    assert payung("file", "rekening", "laporan.csv").exit_code == 2
    assert payung("show", "01a20482-5434-7fb6-bb7b-c86225f9b384").exit_code == 2


def test_tono_cannot(payung, tono):
    answer = payung("file", "laporan", "laporan.csv", "--as", "tono-petugas_perusahaan@contoh.example")
    assert answer.exit_code != 0
    assert ReconciliationFile.objects.count() == 0
