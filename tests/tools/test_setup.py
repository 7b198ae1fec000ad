"""The second `make setup` has nothing to do, and knows it."""

import pytest

from tools import setup


@pytest.fixture
def environment(tmp_path, monkeypatch):
    monkeypatch.setattr(setup, "VENV", tmp_path)
    monkeypatch.setattr(setup, "STAMP", tmp_path / "stamp")
    (tmp_path / "bin").mkdir()
    for name in ("payung", "python"):
        (tmp_path / "bin" / name).write_text("")
    setup.STAMP.write_text(setup.fingerprint())
    return tmp_path


def test_environment_made_from_these_locks_is_ready(environment):
    assert setup.is_ready(setup.fingerprint())


def test_changed_lock_calls_for_a_new_set_up(environment, monkeypatch, tmp_path):
    other = tmp_path / "other.lock"
    other.write_text("click==8.1")
    monkeypatch.setattr(setup, "INPUTS", (other,))
    assert not setup.is_ready(setup.fingerprint())


def test_environment_without_the_command_is_not_ready(environment):
    (environment / "bin/payung").unlink()
    assert not setup.is_ready(setup.fingerprint())
