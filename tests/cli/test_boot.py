"""The first command on an empty home makes the database with its regions; the next ones find it."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

from tests.architecture.source import ROOT


def payung(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, "-m", "payung", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_an_empty_home_is_set_up_by_the_first_command_alone(payung_home: Path):
    first = payung("sponsor", "add", "MAJU", "--name", "PT Maju", "--funds", "CSR")
    assert first.returncode == 0, first.stderr
    assert "Menyiapkan basis data" in first.stderr
    with sqlite3.connect(payung_home / "payung.sqlite3") as database:
        (regions,) = database.execute("SELECT count(*) FROM registry_region").fetchone()
        (occupations,) = database.execute("SELECT count(*) FROM registry_occupation").fetchone()
    database.close()
    assert regions == 91_599
    assert occupations > 50
    second = payung("sponsor", "list")
    assert "PT Maju" in second.stdout
    assert "Menyiapkan" not in second.stderr
