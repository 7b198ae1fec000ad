"""`payung key`: taken off the machine, and brought back to a new one."""

from datetime import date

import pytest
from click.testing import CliRunner

from payung.access.viewer import SYSTEM_VIEWER
from payung.cli.main import payung
from payung.kernel.nik import Nik
from payung.registry.models import Worker
from payung.registry.services import NewWorker, register_worker
from payung.vault.keys import export_keys, forget_keys, key_file

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def other_keys(tmp_path, monkeypatch):
    """A machine on which no keys lie yet."""
    monkeypatch.setattr("payung.cli.boot.ensure_database", lambda: False)
    text = export_keys()
    monkeypatch.setenv("PAYUNG_KEYS", str(tmp_path / "keys.json"))
    forget_keys()
    yield text
    monkeypatch.undo()
    forget_keys()


@pytest.fixture
def sari(kendal, clock) -> Worker:
    """A worker whose NIK was sealed with the keys that are missing later."""
    new = NewWorker(
        nik=Nik.parse("3324095205850003"),
        name="Sari Wulandari",
        birth_date=date(1985, 5, 12),
        sex="P",
        village_code=f"{kendal}.09.2001",
    )
    return register_worker(new, acting_user=SYSTEM_VIEWER, clock=clock, source="uji")


def run(*arguments, typed=None):
    return CliRunner().invoke(payung, list(arguments), input=typed)


def test_keys_are_brought_to_a_machine_that_has_none(other_keys):
    done = run("key", "import", typed=other_keys)
    assert (done.exit_code, key_file().exists()) == (0, True)
    assert export_keys() == other_keys


def test_first_command_makes_keys_and_says_where(other_keys):
    done = run("sponsor", "list")
    assert done.exit_code == 0
    assert str(key_file()) in done.stderr


def test_no_new_keys_are_made_beside_people_whose_keys_are_missing(sari, other_keys):
    assert sari.pk is not None
    done = run("sponsor", "list")
    assert done.exit_code == 2
    assert "payung key import" in done.output
    assert not key_file().exists()


def test_other_keys_are_never_overwritten(other_keys):
    run("sponsor", "list")
    before = key_file().read_text()
    assert run("key", "import", typed=other_keys).exit_code == 2
    assert key_file().read_text() == before
