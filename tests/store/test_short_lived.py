"""A folder for what must not outlive its use: private, held by one, gone afterwards whatever happened."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from payung.store.short_lived import FolderInUseError, short_lived, sweep

HOLD = """
import sys, django
django.setup()
from payung.store.short_lived import short_lived
with short_lived("uji") as folder:
    (folder / "facts").write_text("x")
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.PAYUNG_HOME = tmp_path
    return tmp_path


def test_nobody_else_may_look_in_and_nothing_stays(home):
    with short_lived("uji") as folder:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        (folder / "facts").write_text("x")
    assert not folder.exists()


def test_nothing_stays_after_a_failure(home):
    with pytest.raises(RuntimeError), short_lived("uji") as folder:
        (folder / "facts").write_text("x")
        raise RuntimeError
    assert not folder.exists()


def test_one_holder_at_a_time(home):
    with short_lived("uji"), pytest.raises(FolderInUseError), short_lived("uji"):
        pass


def test_what_is_in_use_is_not_swept(home):
    with short_lived("uji") as folder:
        assert not sweep("uji")
        assert folder.exists()


@pytest.fixture
def killed(home, monkeypatch) -> Path:
    """The folder of a process that was killed while it worked."""
    monkeypatch.setenv("PAYUNG_HOME", str(home))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "payung.config.settings")
    with subprocess.Popen(
        [sys.executable, "-c", HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        folder = Path(process.stdout.readline().strip())
        with pytest.raises(FolderInUseError), short_lived("uji"):
            pass
        process.kill()
    assert (folder / "facts").exists()
    return folder


def test_what_a_killed_process_left_is_swept_at_the_next_start(killed):
    assert sweep("uji")
    assert not killed.exists()
    assert not sweep("uji")


def test_what_a_killed_process_left_is_no_part_of_the_next_run(killed):
    with short_lived("uji") as folder:
        assert list(folder.iterdir()) == []
