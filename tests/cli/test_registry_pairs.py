"""`payung registry pairs`: the whole registry against itself, and what became of the pairs."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.conf import settings

from payung.access.viewer import SYSTEM_VIEWER
from payung.audit.models import AuditEvent
from payung.cli import registry_pairs
from payung.cli.main import Commands
from payung.kernel.nik import Nik
from payung.registry.models import SuspectedPair, Worker
from payung.registry.services import NewWorker, decide_pair, register_workers
from payung.store.short_lived import MATCHING, short_lived

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.filterwarnings("ignore")]
PAYUNG = Commands("payung")  # as `payung`, without making a database first
GIVEN = (
    "Agus",
    "Bambang",
    "Dewi",
    "Eko",
    "Fitri",
    "Gunawan",
    "Hendra",
    "Indah",
    "Joko",
    "Kartini",
    "Lestari",
    "Mulyono",
)
FAMILY = ("Santoso", "Wibowo", "Pratiwi", "Nugroho", "Handayani", "Kurniawan", "Setiawan", "Rahayu", "Purnomo", "Utami")
VILLAGES = tuple(f"33.24.{kecamatan:02}.2001" for kecamatan in (1, 3, 4, 5, 6, 7, 9, 10))


def worker(serial: int, name: str, born: date, *, village: str, mother: str, phone: str = "") -> NewWorker:
    nik = Nik.parse(f"332409{born:%d%m%y}{serial:04}")
    return NewWorker(
        nik=nik, name=name, birth_date=born, sex="L", village_code=village, mother=mother, phone=phone,
        occupation_code="pedagang-asongan",
    )  # fmt: skip


def strangers():
    """Two hundred men who have little in common: how rare a name is, the model takes from the registry."""
    for i in range(200):
        born = date(1960 + i % 40, 1 + i % 12, 2 + i % 27)
        name = f"{GIVEN[i % 12]} {FAMILY[i // 20]}"
        yield worker(100 + i, name, born, village=VILLAGES[i % 8], mother=f"{FAMILY[i % 7]} {GIVEN[i // 20]}")


BUDI = worker(1, "Moh. Soeharto", date(1985, 7, 12), village=VILLAGES[0], mother="Painem", phone="081234567802")
AGAIN = worker(7, "Muhammad Suharto", date(1985, 7, 12), village=VILLAGES[0], mother="Painem", phone="+6281234567802")
TWIN = worker(2, "Hasan Basri", date(2001, 2, 9), village=VILLAGES[1], mother="Rukmini")
OTHER_TWIN = worker(3, "Husin Basri", date(2001, 2, 9), village=VILLAGES[1], mother="Rukmini")


@pytest.fixture
def people(kendal, clock) -> None:
    """A registry with one man in it twice, under a NIK that differs by a digit, and twins."""
    rows = [*strangers(), BUDI, AGAIN, TWIN, OTHER_TWIN]
    register_workers(rows, acting_user=SYSTEM_VIEWER, clock=clock, source="uji")


def run(*words: str) -> Result:
    return CliRunner().invoke(PAYUNG, ["registry", "pairs", *words])


def answer(*words: str) -> dict[str, object]:
    done = run(*words, "--json")
    assert done.exit_code == 0, done.output
    return dict(json.loads(done.stdout))


def folder() -> Path:
    return Path(settings.PAYUNG_HOME) / MATCHING


def test_a_man_who_stands_there_twice_waits_for_people_and_twins_do_not(people):
    told = answer()
    pair = SuspectedPair.objects.select_related("left", "right").get()
    assert {pair.left.name, pair.right.name} == {"Moh. Soeharto", "Muhammad Suharto"}
    assert (told["workers"], told["pairs"], told["new"], told["linked"], told["unreadable"]) == (204, 1, 1, 0, 0)
    assert pair.model == told["model"]
    assert {each["field"] for each in pair.evidence} >= {"nik", "name", "mother_name", "phone"}
    assert all(set(each) == {"field", "level", "weight"} for each in pair.evidence)


def test_a_second_run_changes_nothing(people):
    answer()
    before = list(SuspectedPair.objects.values())
    told = answer()
    assert (told["new"], told["waiting"], told["settled"]) == (0, 1, 0)
    assert list(SuspectedPair.objects.values()) == before


@pytest.mark.parametrize("said", ["same", "different"])
def test_what_people_decided_is_not_asked_again(people, rina, clock, said):
    answer()
    pair = SuspectedPair.objects.get()
    decide_pair(
        pair, answer=said, reason="KTP dilihat", needs_second=False, seen_state="open", acting_user=rina, clock=clock
    )
    told = answer()
    assert (told["new"], told["waiting"], told["settled"]) == (0, 0, 1)
    pair.refresh_from_db()
    assert pair.state == said


def test_who_ran_it_stands_in_the_record_and_nobodys_numbers_do(people):
    answer()
    event = AuditEvent.objects.order_by("-sequence").first()
    assert (event.action, event.reason) == ("registry.pairs.take_in", "registry:pairs")
    assert event.lines.filter(object_id=str(SuspectedPair.objects.get().public_id)).exists()


def test_no_copy_stays_on_the_disk(people, monkeypatch):
    seen = []
    real = registry_pairs.take_in_pairs

    def looked_at(pairs, **said):
        seen.extend(file for file in folder().rglob("*") if file.is_file())
        held = b"".join(file.read_bytes() for file in seen)
        for secret in (str(BUDI.nik.digits), "Soeharto", "suharto", "Painem", "painem", "81234567802"):
            assert secret.encode() not in held
        return real(pairs, **said)

    monkeypatch.setattr(registry_pairs, "take_in_pairs", looked_at)
    answer()
    assert [file.name for file in seen] == ["pairs.parquet"]
    assert not folder().exists()


def test_no_copy_stays_where_the_run_fails(people, monkeypatch):
    def fails(*given, **said):
        (folder() / "left").write_text("x")
        raise OSError

    monkeypatch.setattr(registry_pairs, "match_files", fails)
    assert run().exit_code == 1
    assert not folder().exists()
    assert not SuspectedPair.objects.exists()


def test_two_runs_at_once_are_refused(people):
    with short_lived(MATCHING):
        done = run()
    assert (done.exit_code, "sedang berjalan" in done.stderr) == (2, True)


def test_a_broken_seal_is_told_and_hides_nobody_else(people):
    broken = Worker.objects.get(name="Hasan Basri")
    Worker.objects.filter(pk=broken.pk).update(mother_sealed=b"kaput")
    told = answer()
    assert (told["pairs"], told["unreadable"]) == (1, 1)
    assert "payung check" in run().stdout


def test_an_empty_registry_has_no_pairs(kendal):
    assert answer()["pairs"] == 0


@pytest.mark.parametrize("who", ["tono", "joko"])
def test_strangers_and_companies_cannot(people, who, request):
    viewer = request.getfixturevalue(who)
    done = run("--as", viewer_address(viewer))
    assert done.exit_code == 1
    assert "tidak berwenang" in done.stderr
    assert not SuspectedPair.objects.exists()


def viewer_address(viewer) -> str:
    return f"{viewer.actor.label.lower()}-petugas_perusahaan@contoh.example"


def test_the_steps_are_told_while_it_runs(people):
    done = run()
    assert "Membandingkan 204 pekerja" in done.stderr
    assert "1 baru menunggu diperiksa" in done.stdout
