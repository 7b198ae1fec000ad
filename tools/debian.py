"""Debian's packages where they are missing and installing is allowed: as root, or by sudo without a password."""

import os
import shutil
import subprocess
import sys

INSTALL_SECONDS = 900


def install(packages: tuple[str, ...]) -> str:
    """Install the packages; give "" when that was done, else why it could not be, in a few words."""
    names = " ".join(packages)
    advice = f"apt-get install {names}"
    if os.environ.get("PAYUNG_NO_INSTALL"):
        return f"PAYUNG_NO_INSTALL forbids installing it ({advice})"
    if shutil.which("apt-get") is None:
        return f"this machine has no apt-get (Debian's packages: {names})"
    prefix = _prefix()
    if prefix is None:
        return f"installing needs root ({advice})"
    print(f"Installing from Debian's packages: {names}", file=sys.stderr, flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        command = [*prefix, "apt-get", "-q", "-o", "Acquire::Retries=2", "-o", "Acquire::http::Timeout=60", *step]
        try:
            done = subprocess.run(
                command,
                env=environment,
                stdout=sys.stderr,
                check=False,
                timeout=INSTALL_SECONDS,
                stdin=subprocess.DEVNULL,
            )
        except subprocess.TimeoutExpired:
            return f"apt-get {step[0]} took longer than {INSTALL_SECONDS} s ({advice})"
        # A failed `update` is no reason to stop: the lists on the machine may be good enough.
        if done.returncode != 0 and step[0] == "install":
            return f"apt-get could not install it ({advice})"
    return ""


def _prefix() -> list[str] | None:
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n", "DEBIAN_FRONTEND=noninteractive"] if asked.returncode == 0 else None
