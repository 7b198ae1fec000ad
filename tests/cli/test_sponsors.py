"""`payung sponsor` and `payung pledge`, as somebody types them."""

import json

import pytest
from click.testing import CliRunner, Result

from payung.access.models import Grant
from payung.cli.sponsors import pledge, sponsor
from payung.cli.users import user
from payung.kernel.clock import SystemClock
from payung.kernel.month import Month
from payung.messages.models import Message
from payung.sponsors.models import Pledge, Sponsor

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TONO = ("--as", "tono-petugas_perusahaan@contoh.example")


def run(command, *arguments: str) -> Result:
    return CliRunner().invoke(command, list(arguments))


@pytest.fixture
def maju(db: None) -> Sponsor:
    """PT Maju, added by the command."""
    result = run(sponsor, "add", "MAJU", "--name", "PT Maju", "--funds", "CSR")
    assert result.exit_code == 0, result.output
    return Sponsor.objects.get(code="MAJU")


@pytest.fixture
def soon() -> str:
    """The month after this one: the commands go by the machine's clock."""
    return str(Month.of(SystemClock().today()) + 1)


def test_a_sponsor_is_added_listed_and_shown(maju):
    assert json.loads(run(sponsor, "list", "--json").stdout)["sponsors"][0]["code"] == "MAJU"
    assert "PT Maju" in run(sponsor, "show", "maju").stdout
    assert run(sponsor, "list", "--funds", "apbd").stdout.startswith("Belum ada penyandang")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("maju", "--name", "X", "--funds", "CSR"), "sudah dipakai"),
        (("DUA KATA", "--name", "X", "--funds", "CSR"), "Kode penyandang"),
        (("X", "--name", " ", "--funds", "CSR"), "Nama penyandang"),
        (("X", "--name", "X", "--funds", "LOTRE"), "LOTRE"),
        (("X", "--name", "X", "--funds", "CSR", "--contact-email", "x"), "surel"),
        (("X", "--name", "X", "--funds", "CSR", "--village", "33.24"), "bukan kode desa"),
    ],
)
def test_a_sponsor_that_cannot_be_is_wrong_use_and_says_what_to_do(maju, arguments, message):
    result = run(sponsor, "add", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert Sponsor.objects.count() == 1


def test_a_clerk_is_invited_by_mail_and_the_link_is_not_shown(maju):
    result = run(sponsor, "invite", "MAJU", "joko@maju.example", "--name", "Joko")
    assert result.exit_code == 0, result.output
    assert Message.objects.get().to == "joko@maju.example"
    assert "undangan/" not in result.output


def test_a_pledge_is_made_and_priced_month_by_month_with_its_articles(maju, soon):
    result = run(pledge, "maju", "--workers", "250", "--from", soon, "--months", "12", "--json")
    answer = json.loads(result.stdout)
    made = Pledge.objects.get()
    assert (str(made.public_id), made.quota, made.months) == (answer["pledge"], 250, 12)
    assert len(answer["months"]) == 12
    assert answer["total_rp"] == sum(month["total_rp"] for month in answer["months"])
    assert all(month["articles"] for month in answer["months"])
    assert answer["assumed_sector"] == 250
    assert answer["warning"] is None


def test_a_dry_run_prices_and_keeps_nothing(maju, soon):
    result = run(pledge, "maju", "--workers", "250", "--from", soon, "--dry-run")
    assert "belum disimpan" in result.stdout
    assert "PP 44/2015" in result.stdout
    assert not Pledge.objects.exists()


def test_a_short_term_carries_the_warning(maju, soon):
    result = run(pledge, "maju", "--workers", "1", "--from", soon, "--months", "3", "--dry-run")
    assert "masa tunggu JKM" in result.stdout


def test_the_same_key_again_is_the_same_pledge(kendal, maju, soon):
    arguments = ("maju", "--workers", "5", "--from", soon, "--occupation", "ojek", "--key", "k1", "--json")
    first, second = (json.loads(run(pledge, *arguments).stdout) for _ in range(2))
    assert first == second
    assert first["months"][0]["sector"] == "TRANSPORTASI"
    other = run(pledge, "maju", "--workers", "6", "--from", soon, "--key", "k1")
    assert other.exit_code == 2
    assert "sudah dipakai" in other.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--workers", "0"), "antara 1 dan"),
        (("--months", "5"), "salah satu dari 1, 3, 6, 12"),
        (("--dasar-upah", "1100000"), "1200000"),
        (("--from", "2026-13"), "misalnya 2026-12"),
        (("--from", "2019-01"), "--from harus antara"),
        (("--occupation", "astronot"), "tidak dikenal"),
        (("--village", "33"), "bukan kode kecamatan"),
    ],
)
def test_a_pledge_that_cannot_be_is_wrong_use_and_says_what_could(maju, soon, arguments, message):
    result = run(pledge, "maju", *("--workers", "5", "--from", soon), *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert not Pledge.objects.exists()


@pytest.mark.parametrize("command", ["show", "invite"])
def test_an_unknown_sponsor_is_wrong_use_and_says_how_to_add_it(db, command):
    more = ("x@y.example", "--name", "X") if command == "invite" else ()
    result = run(sponsor, command, "TIDAKADA", *more)
    assert result.exit_code == 2
    assert "payung sponsor add TIDAKADA" in result.stderr


def test_an_unknown_sponsor_pledges_nothing(db, soon):
    result = run(pledge, "TIDAKADA", "--workers", "5", "--from", soon)
    assert result.exit_code == 2
    assert "belum terdaftar" in result.stderr


def test_a_clerk_is_granted_the_sponsor_of_the_code_that_was_typed(maju):
    arguments = ("add", "joko@maju.example", "--name", "Joko", "--role", "petugas_perusahaan", "--scope")
    assert run(user, *arguments, "maju").exit_code == 0
    assert Grant.objects.get(role="petugas_perusahaan").scope_id == str(maju.public_id)
    assert "PT Maju" in run(sponsor, "list", "--as", "joko@maju.example").stdout
    unknown = run(user, *arguments, "TIDAKADA")
    assert unknown.exit_code == 2
    assert "belum terdaftar" in unknown.stderr


def test_tono_cannot_add_see_invite_or_pledge(maju, tono, soon):
    refused = [
        run(sponsor, "add", "X", "--name", "X", "--funds", "CSR", *TONO),
        run(sponsor, "invite", "MAJU", "x@y.example", "--name", "X", *TONO),
    ]
    assert [(result.exit_code, "tidak berwenang" in result.stderr) for result in refused] == [(1, True)] * 2
    unseen = [run(sponsor, "show", "MAJU", *TONO), run(pledge, "MAJU", "--workers", "1", "--from", soon, *TONO)]
    assert [(result.exit_code, "belum terdaftar" in result.stderr) for result in unseen] == [(2, True)] * 2
    assert "PT Maju" not in run(sponsor, "list", *TONO).stdout
    assert not Pledge.objects.exists()
