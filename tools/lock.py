"""Resolve `requirements.in`, `requirements-dev.in` and `requirements-fuzz.in` anew and write their locks with hashes.

uv does the resolving, from an environment of its own under `build/`, because it is no dependency of the program. The
locks name no registry: whoever installs them uses the registry that their pip is set to.
"""

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV_HOME = ROOT / "build" / "uv"
LOCKS = {
    "requirements.in": "requirements.lock",
    "requirements-dev.in": "requirements-dev.lock",
    "requirements-fuzz.in": "requirements-fuzz.lock",
}


def main() -> int:
    """Write the locks; 0 when all resolved."""
    uv = UV_HOME / "bin" / "uv"
    if not uv.exists():
        venv.EnvBuilder(with_pip=True, clear=True, symlinks=True).create(UV_HOME)
        subprocess.run([UV_HOME / "bin" / "python", "-m", "pip", "install", "--quiet", "uv"], check=True)
    upgrade = [] if "--keep" in sys.argv else ["--upgrade"]
    for source, lock in LOCKS.items():
        print(f"{source} -> {lock}", flush=True)
        options = ["--generate-hashes", "--no-header", "--quiet", "--python-version", "3.11", *upgrade]
        subprocess.run([uv, "pip", "compile", *options, "--output-file", lock, source], cwd=ROOT, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
