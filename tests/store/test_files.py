"""The drawer of blobs."""

import os
from pathlib import Path

import pytest

from payung.store.files import FileGoneError, get, put

NAME = "ab" * 32


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: object) -> Path:
    settings.PAYUNG_HOME = tmp_path
    return tmp_path


def test_what_is_put_comes_back_and_is_never_replaced() -> None:
    put(NAME, b"one")
    put(NAME, b"two")
    assert get(NAME) == b"one"


def test_a_blob_lies_whole_and_alone_for_its_owner_only(home: Path) -> None:
    put(NAME, b"one")
    (found,) = (path for path in (home / "files").rglob("*") if path.is_file())
    assert found.name == NAME
    assert found.stat().st_mode & 0o077 == 0


def test_a_write_that_breaks_off_leaves_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        put(NAME, b"one")
    assert [path for path in home.rglob("*") if path.is_file()] == []


def test_a_missing_blob_says_so() -> None:
    with pytest.raises(FileGoneError):
        get(NAME)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "AB" * 32, "ab" * 31, NAME + "\n", f"../{NAME[3:]}"])
def test_a_name_that_could_lead_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(ValueError):
        get(name)
    with pytest.raises(ValueError):
        put(name, b"")
