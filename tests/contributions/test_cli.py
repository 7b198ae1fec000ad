"""`payung notice`, `pay`, `month`, `check`."""

import json
from datetime import date

import pytest
from click.testing import CliRunner
from django.db import connection

from payung.cli.check import check
from payung.cli.contributions import notice as notice_command
from payung.cli.contributions import pay as pay_group
from payung.cli.month import month as month_group
from payung.cli.registry import registry
from payung.contributions.models import CoveredMonth, Notice, Payment
from payung.contributions.services import close_month, issue_notice
from payung.kernel.clock import FixedClock
from payung.registry.blocks import texts_of, write_blocks
from payung.registry.models import Worker
from payung.vault.seal import seal
from tests.contributions.conftest import DECEMBER

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NUMBER = "PI/PTMAJU/2026-12/1"


@pytest.fixture
def payung(clock, monkeypatch, tmp_path):
    """Run a command on the day of the tests' stories; `bukti.pdf` lies in the folder."""
    monkeypatch.setattr("payung.cli.session.SystemClock", lambda: clock)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bukti.pdf").write_bytes(b"bukti")

    def run(command, *arguments):
        return CliRunner().invoke(command, list(arguments))

    return run


@pytest.fixture
def real_people(pledge):
    """The workers of the pledge as the registry has them: their NIKs open, and they can be found again."""
    workers = list(Worker.objects.order_by("pk"))
    for worker in workers:
        digits = f"332409010180{worker.pk % 10_000:04d}"
        worker.nik_sealed = seal(digits, table="registry_worker", column="nik_sealed", public_id=str(worker.public_id))
    Worker.objects.bulk_update(workers, ["nik_sealed"])
    write_blocks([worker.pk for worker in workers], [texts_of(worker) for worker in workers])


def answer(result) -> dict:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def record(payung, amount, *more):
    return payung(pay_group, "record", "PTMAJU", amount, "--on", "2026-11-22", "--proof", "bukti.pdf", "--json", *more)


@pytest.mark.usefixtures("real_people")
def test_the_chain_from_notice_to_cover_in_force(payung, pledge):
    issued = answer(payung(notice_command, "ptmaju", "--month", "2026-12", "--months", "2", "--json"))["notices"]
    assert [(n["notice"], n["worker_months"], n["total_rp"]) for n in issued] == [(NUMBER, 6, 75_600)]
    code = answer(payung(pay_group, "code", NUMBER, "900123", "75.600", "--due", "2026-12-15", "--json"))
    assert code["difference"] == "none"
    paid = answer(record(payung, "Rp75.600", "--code", "900123"))
    assert (paid["worker_months"], paid["remainder_rp"], paid["short_rp"]) == (6, 0, 0)
    answer(payung(pay_group, "confirm", paid["payment"], "--json"))
    assert CoveredMonth.objects.filter(state="berlaku").count() == 12
    assert Payment.objects.get().operator_played_both
    assert payung(check).exit_code == 0


def test_the_same_command_twice_is_recorded_once(payung, pledge):
    payung(notice_command, "PTMAJU", "--month", "2026-12")
    first, second = (answer(record(payung, "25200", "--notice", NUMBER)) for _ in range(2))
    assert first == second
    assert Payment.objects.count() == 1


def test_a_pledge_can_be_named_instead_of_its_sponsor(payung, pledge):
    issued = answer(payung(notice_command, str(pledge.public_id), "--month", "2027-01", "--json"))["notices"]
    assert [n["total_rp"] for n in issued] == [50_400]


def test_too_little_is_recorded_and_says_what_is_missing(payung, pledge):
    payung(notice_command, "PTMAJU", "--month", "2026-12")
    paid = answer(record(payung, "20.000", "--notice", NUMBER))
    text = payung(pay_group, "show", paid["payment"]).output
    assert "Desember 2026: 2 pekerja dilindungi (Rp16.800)." in text
    assert "Desember 2026: 1 pekerja belum dilindungi: uangnya belum cukup." in text
    assert "Kurang Rp8.400 untuk pemberitahuan ini" in text


def test_too_much_is_recorded_and_stays_the_payers(payung, pledge):
    payung(notice_command, "PTMAJU", "--month", "2026-12")
    paid = answer(record(payung, "30.000", "--notice", NUMBER))
    assert "Sisa Rp4.800 tetap milik penyandang" in payung(pay_group, "show", paid["payment"]).output


def test_an_unknown_pay_code_says_what_to_do(payung, pledge):
    paid = answer(record(payung, "25200", "--code", "900999"))
    assert paid["in_suspense"]
    assert "Kode iuran ini belum dikenal" in payung(pay_group, "show", paid["payment"]).output
    payung(notice_command, "PTMAJU", "--month", "2026-12")
    assert answer(payung(pay_group, "identify", paid["payment"], NUMBER, "--json"))["worker_months"] == 3


def test_a_reversed_payment_says_so(payung, pledge):
    payung(notice_command, "PTMAJU", "--month", "2026-12")
    paid = answer(record(payung, "25200", "--notice", NUMBER))
    done = payung(pay_group, "reverse", paid["payment"], "--reason", "bukti palsu")
    assert "sudah dibatalkan" in done.output
    assert CoveredMonth.objects.count() == 0


def test_an_unknown_sponsor_says_what_to_do(payung, db):
    result = payung(notice_command, "TIDAKADA", "--month", "2026-12")
    assert result.exit_code == 2
    assert "Penyandang TIDAKADA tidak dikenal. Daftarkan dahulu: payung sponsor add." in result.output


def test_a_closed_month_says_what_to_do(payung, pledge, wulan):
    close_month(DECEMBER, acting_user=wulan, clock=FixedClock.on(date(2027, 1, 5)))
    result = payung(notice_command, "PTMAJU", "--month", "2026-12")
    assert result.exit_code == 2
    assert "Desember 2026 sudah ditutup. Pilih bulan yang masih terbuka" in result.output


def test_a_month_that_is_not_over_is_not_closed(payung, db):
    result = payung(month_group, "close", "2026-11")
    assert result.exit_code == 2
    assert "November 2026 belum lewat" in result.output


def test_one_command_asks_everybody_for_a_month_and_again_nobody(payung, pledge):
    ran = answer(payung(month_group, "run", "2026-12", "--json"))
    assert (ran["pledges"], ran["notices"], ran["worker_months"], ran["total_rp"]) == (1, 1, 3, 25_200)
    again = payung(month_group, "run", "2026-12")
    assert "tidak ada yang baru untuk ditagih" in again.stdout
    assert Notice.objects.count() == 1


def test_a_company_does_not_ask_everybody(payung, pledge, joko):
    joko_named = "joko-petugas_perusahaan@contoh.example"
    assert payung(month_group, "run", "2026-12", "--as", joko_named).exit_code != 0
    assert Notice.objects.count() == 0


def test_no_pledge_in_the_month_says_what_to_do(payung, pledge):
    result = payung(notice_command, "PTMAJU", "--month", "2028-01")
    assert result.exit_code == 2
    assert "tidak mempunyai janji pada bulan itu" in result.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("PTMAJU", "--month", "12-2026"), "tulislah seperti 2026-12"),
        (("PTMAJU", "--month", "2026-13"), "tulislah seperti 2026-12"),
        (("PTMAJU", "--month", "2026-12", "--months", "13"), "--months"),
    ],
)
def test_a_month_written_otherwise_is_wrong_use(payung, pledge, arguments, said):
    result = payung(notice_command, *arguments)
    assert result.exit_code == 2
    assert said in result.output


@pytest.mark.parametrize("amount", ["0", "8.40", "abc", "8400,50"])
def test_an_amount_that_is_none_is_wrong_use(payung, pledge, amount):
    assert record(payung, amount).exit_code == 2
    assert Payment.objects.count() == 0


def test_tono_cannot_ask_pt_maju_for_anything(payung, pledge, tono):
    result = payung(notice_command, "PTMAJU", "--month", "2026-12", "--as", "tono-petugas_perusahaan@contoh.example")
    assert result.exit_code == 1
    assert Notice.objects.count() == 0


def test_tono_cannot_see_a_payment_of_pt_maju(payung, notice, pay, tono):
    payment = pay(notice, 25_200)
    shown = payung(pay_group, "show", str(payment.public_id), "--as", "tono-petugas_perusahaan@contoh.example")
    assert shown.exit_code == 2
    assert "tidak ditemukan" in shown.output


@pytest.mark.usefixtures("pledge")
def test_workers_whose_seal_is_broken_are_named_and_the_check_goes_on(payung):
    result = payung(check, "--json")
    assert result.exit_code == 1
    found = json.loads(result.stdout)["violations"]
    assert {each["invariant"] for each in found} == {"I-11"}
    assert len(found) == Worker.objects.count()


@pytest.mark.usefixtures("real_people")
def test_a_broken_invariant_is_named_and_fails(payung, pledge, planted):
    payung(notice_command, "PTMAJU", "--month", "2027-01")
    record(payung, "50400", "--notice", "PI/PTMAJU/2027-01/1")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM contributions_coveredmonth WHERE program = 'JKM'")
    result = payung(check, "--json")
    assert result.exit_code == 1
    assert {v["invariant"] for v in json.loads(result.stdout)["violations"]} == {"I-3", "I-10"}
    assert json.loads(payung(check, "--json", "--only", "I-1", "--only", "i-9").stdout)["checked"] == ["I-1", "I-9"]
    told = payung(check, "--only", "I-10")
    assert (told.exit_code, told.output.splitlines()[0].split()[:2]) == (1, ["LANGGAR", "I-10"])


def test_a_number_that_no_invariant_has_is_wrong_use(payung):
    result = payung(check, "--only", "I-31")
    assert result.exit_code == 2
    assert "I-1 sampai I-30" in result.output


@pytest.mark.usefixtures("real_people")
def test_a_death_told_on_the_command_line_gives_the_months_after_it_back(payung, pledge, pay, rina, clock):
    notice = issue_notice(pledge, first_month=DECEMBER, months=6, acting_user=rina, clock=clock)
    pay(notice, notice.total_rp)
    sari = Worker.objects.order_by("pk").first()
    told = answer(payung(registry, "death", str(sari.public_id), "--on", "2026-11-20", "--source", "akta 1", "--json"))
    assert told["months_given_back"] == 6
    assert not CoveredMonth.objects.filter(worker=sari).exists()
