"""Prepare `.venv`: the locked dependencies with their hashes, and the project itself so that `.venv/bin/payung` exists.

Standard library only, run by the machine's own python3: it must work on a bare Debian 12. The second time it compares
one stamp and does nothing.
"""

import hashlib
import subprocess
import sys
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "payung-setup-stamp"
LOCK = ROOT / "requirements-dev.lock"
INPUTS = (LOCK, ROOT / "pyproject.toml", ROOT / "requirements.in", Path(__file__).resolve())
OLDEST = (3, 11)


def main() -> int:
    """Make or refresh the virtual environment; 0 when it stands."""
    if sys.version_info < OLDEST:
        return _give_up(f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed; this is {sys.version.split()[0]}.")
    wanted = fingerprint()
    if is_ready(wanted):
        return 0
    started = time.monotonic()
    print("Setting up .venv (once, and again when the locked dependencies change)", flush=True)
    try:
        _make_venv()
        _install_locked()
        _install_project()
    except subprocess.CalledProcessError as error:
        return _give_up(f"this step failed: {' '.join(map(str, error.cmd))}")
    STAMP.write_text(wanted, encoding="utf-8")
    print(f"Set up in {time.monotonic() - started:.0f} s.", flush=True)
    return 0


def fingerprint() -> str:
    """What the environment is made from; a change of any of it calls for a new set-up."""
    digest = hashlib.sha256(sys.version.encode())
    for path in INPUTS:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_ready(wanted: str) -> bool:
    """Whether `.venv` was made from exactly this, and still stands."""
    if not STAMP.is_file() or not (VENV / "bin" / "payung").exists() or not (VENV / "bin" / "python").exists():
        return False
    return STAMP.read_text(encoding="utf-8") == wanted


def _make_venv() -> None:
    print("[1/3] virtual environment", flush=True)
    STAMP.unlink(missing_ok=True)
    has_pip = _answers([VENV / "bin" / "python", "-m", "pip", "--version"])
    try:
        # Made afresh only where it is broken: a half-finished download is worth keeping.
        venv.EnvBuilder(with_pip=not has_pip, clear=VENV.exists() and not has_pip, symlinks=True).create(VENV)
    except subprocess.CalledProcessError:
        print("python3 has no venv with pip here; on Debian: apt-get install python3-venv", file=sys.stderr)
        raise


def _install_locked() -> None:
    print("[2/3] locked dependencies, each checked against its hash", flush=True)
    # Wheels only: a bare machine has no compiler, and a source package would run code of its own while it builds.
    _pip("install", "--require-hashes", "--only-binary=:all:", "-r", LOCK)


def _install_project() -> None:
    print("[3/3] the project itself", flush=True)
    _pip("install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", ROOT)
    _pip("check")


def _pip(*arguments: object) -> None:
    command = [VENV / "bin" / "python", "-m", "pip", *arguments, "--disable-pip-version-check", "--no-input"]
    subprocess.run([str(part) for part in command], cwd=ROOT, check=True)


def _answers(command: list[object]) -> bool:
    try:
        return subprocess.run([str(part) for part in command], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _give_up(reason: str) -> int:
    print(f"Set-up stopped: {reason}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
