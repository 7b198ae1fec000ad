"""The README's walk on the command line is run as it stands there, on an empty home."""

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from payung.kernel.month import Month

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.journey


def chain(today: date) -> str:
    """The README's block, in the coming months of the day on which it runs."""
    block = re.search(r"```bash\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert block
    first = max(Month.of(today) + 1, Month.from_text("2026-12"))
    return block[1].replace("2026-12", str(first)).replace("2027-05", str(first + 5))


@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="The README's walk is on the embedded database.")
def test_readme_walks_from_a_list_to_covered_workers(tmp_path):
    shim = tmp_path / "payung"  # where `make setup` has not put the command into .venv
    shim.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m payung "$@"\n', encoding="utf-8")
    shim.chmod(0o755)
    environment = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "PAYUNG_KEYS"}}
    environment |= {"PATH": f"{tmp_path}:{os.environ['PATH']}", "TMPDIR": str(tmp_path)}
    environment |= {"DJANGO_SETTINGS_MODULE": "payung.config.settings"}
    script = "set -eo pipefail\n" + chain(date.today())  # noqa: DTZ011  # the machine's day, as `date` has it
    done = subprocess.run(
        ["/bin/bash", "-c", script],
        check=False,
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "3 pekerja terlindungi (berlaku)" in done.stdout
    assert "Aktif sejak" in done.stdout
    assert "LANGGAR" not in done.stdout
