import json

import pytest
from click.testing import CliRunner

from payung.access.permissions import Role
from payung.cli.coverage import coverage
from payung.kernel.clock import SystemClock
from payung.kernel.month import Month
from payung.registry.services.regions import load_occupations, load_regions
from tests.cast import add_company, add_person
from tests.coverage.people import SARIREJO, add_workers, cover

pytestmark = [pytest.mark.django_db, pytest.mark.database]
CLOCK = SystemClock()
THIS_MONTH = Month.of(CLOCK.today())


@pytest.fixture
def covered(db):
    """Twelve workers of Sarirejo whom PT Maju covers this month, as the ledger tells it; nothing counted yet."""
    load_regions(within="33.24")
    load_occupations()
    company = add_company("PTMAJU", "PT Maju", clock=CLOCK)
    cover(add_workers(12, village=SARIREJO, clock=CLOCK), sponsor=company, months=[THIS_MONTH], clock=CLOCK)
    return company


def run(*words: str):
    return CliRunner().invoke(coverage, list(words))


def answer(*words: str):
    done = run(*words, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_the_month_is_counted_when_somebody_asks(covered):
    found = answer()
    assert (found["covered"], found["known"], found["uncovered"]) == ({"berlaku": 12, "sementara": 0}, 12, 0)
    assert [figure["percent"] for figure in found["figures"]] == [None, None, None]


@pytest.mark.parametrize(
    ("by", "rows", "key"),
    [
        ("kecamatan", 20, "33.24.08"),
        ("sponsor", 1, "PTMAJU"),
        ("occupation", 1, "pedagang-asongan"),
        ("month", 12, str(THIS_MONTH)),
    ],
)
def test_the_month_by_parts(covered, by, rows, key):
    found = answer("--by", by)
    assert len(found["rows"]) == rows
    assert {row["key"]: row["berlaku"] for row in found["rows"]}[key] == 12


def test_villages_need_their_kecamatan(covered):
    assert run("--by", "desa").exit_code == 2
    found = answer("--by", "desa", "--kecamatan", "33.24.08")
    assert {row["key"]: row["berlaku"] for row in found["rows"]}[SARIREJO] == 12


def test_who_falls_off_next_month(covered):
    (month,) = answer("lapsing", "--term", "1")
    assert (month["workers"], month["sponsors"][0]["sponsor"]) == (12, "PTMAJU")
    assert month["keep_rp"] == month["sponsors"][0]["keep_rp"] > 0


def test_a_letter_is_entered_and_shown_as_its_own_figure(covered):
    letter = ("--as-of", "2026-01-31", "--document-on", "2026-02-05", "--source", "Surat BPJS")
    assert answer("figure", "load") == {"entered": 4}
    assert answer("figure", "add", "bpu_aktif", "15200", *letter)["value"] == 15_200
    program, bpu, ucj = answer()["figures"]
    assert (program["numerator"]["value"], bpu["percent"], ucj["percent"]) == (12, "4,49%", None)
    assert "belum dimasukkan" in run().stdout


def test_a_figure_that_cannot_be_says_what_to_do(covered):
    done = run(
        "figure", "add", "bpu_aktif", "1", "--as-of", "2026-01-31", "--document-on", "2099-01-01", "--source", "x"
    )
    assert done.exit_code == 2
    assert "2099-01-01 belum tiba" in done.output


def test_a_month_is_written_as_year_and_number(covered):
    done = run("--month", "November")
    assert done.exit_code == 2
    assert "2026-11" in done.output


def test_refreshing_says_whether_the_counts_agree(covered):
    assert answer("refresh", "--all")["differences"] == 0


def test_tono_cannot(covered):
    tono = add_person(Role.PETUGAS_DESA, clock=CLOCK, name="Tono")
    for words in ((), ("--by", "kecamatan"), ("refresh",), ("figure", "load")):
        assert run(*words, "--as", tono.email).exit_code == 1
