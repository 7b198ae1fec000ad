"""The keys: a JSON file of the operator's, `PAYUNG_HOME/keys/payung-keys.json` or where `PAYUNG_KEYS` points.

Losing this file loses every NIK. `payung key export` writes it down; `payung key import` brings it back.
"""

import base64
import json
import os
import secrets
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from payung.vault.errors import KeysMissingError

KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Keys:
    """Root keys by their number; `current` seals, all of them open; `index` is for blind indexes."""

    current: int
    roots: dict[int, bytes]
    index: bytes


def key_file() -> Path:
    """Say where the keys lie."""
    given = os.environ.get("PAYUNG_KEYS")
    return Path(given) if given else Path(settings.PAYUNG_HOME) / "keys" / "payung-keys.json"


def create_keys() -> bool:
    """Make the keys at the first start; return False where they exist already."""
    path = key_file()
    if path.exists():
        return False
    made = _write(path, Keys(1, {1: secrets.token_bytes(32)}, secrets.token_bytes(32)))
    forget_keys()
    return made


def export_keys() -> str:
    """The key file's text, for safekeeping off this machine."""
    return key_file().read_text(encoding="utf-8")


def import_keys(text: str) -> None:
    """Take keys from a backup. Refused where other keys lie already: overwriting them would lose people."""
    keys = _parse(text)
    path = key_file()
    if path.exists() and _parse(path.read_text(encoding="utf-8")) != keys:
        raise KeysMissingError("Other keys lie here already; move them away first.")
    _write(path, keys)
    forget_keys()


@lru_cache(maxsize=1)
def load_keys() -> Keys:
    """Read the keys once a process."""
    try:
        return _parse(key_file().read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise KeysMissingError(f"No keys at {key_file().name}: run `payung key import`.") from error


@lru_cache(maxsize=64)
def derived_key(purpose: str, number: int) -> bytes:
    """The 32-byte key of a purpose under a root key; number 0 derives from the index key."""
    keys = load_keys()
    root = keys.index if number == 0 else keys.roots[number]
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"payung:{purpose}".encode()).derive(root)


def forget_keys() -> None:
    """Drop what was read and derived, after the keys changed."""
    load_keys.cache_clear()
    derived_key.cache_clear()


def _parse(text: str) -> Keys:
    data = json.loads(text)
    roots = {int(number): base64.b64decode(root) for number, root in data["roots"].items()}
    keys = Keys(int(data["current"]), roots, base64.b64decode(data["index"]))
    if keys.current not in roots or any(len(root) != KEY_BYTES for root in (*roots.values(), keys.index)):
        raise ValueError("The text is no whole set of keys.")
    return keys


def _write(path: Path, keys: Keys) -> bool:
    """Put the keys down whole, or leave those that lie there; return whether these are now there by this call.

    Two processes may start for the first time at once: linking a finished file fails for the second, which then reads
    the keys of the first. Overwriting would leave the first with keys that nobody has.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    data = {
        "current": keys.current,
        "roots": {str(number): base64.b64encode(root).decode() for number, root in keys.roots.items()},
        "index": base64.b64encode(keys.index).decode(),
    }
    descriptor, temporary = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(data, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(temporary)
    except FileExistsError:
        return False
    finally:
        Path(temporary).unlink()
    return True
