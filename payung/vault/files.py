"""Files as they came, sealed: a list of people is as secret as the people in it.

A file is known by the SHA-256 of its content; the blob on disk bears a keyed name, so that nobody can test from outside
whether a file they hold is among ours.
"""

import hashlib
import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from payung.store import files
from payung.vault.keys import derived_key, load_keys
from payung.vault.seal import blind_index

_VERSION = 1
_HEAD = 14


@dataclass(frozen=True, slots=True)
class StoredFile:
    """What is known of a kept file."""

    sha256: str
    size: int


def keep(content: bytes, *, copy: bool = False) -> StoredFile:
    """Seal and keep the bytes; the same bytes are kept once.

    A copy, made for somebody to take along, lies apart from the originals: it comes back as a file of its own right,
    and forgetting the one must not take the other.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    number = load_keys().current
    nonce = os.urandom(12)
    body = AESGCM(derived_key("seal:file", number)).encrypt(nonce, content, sha256.encode())
    files.put(_name(sha256, copy=copy), bytes((_VERSION, number)) + nonce + body)
    return StoredFile(sha256, len(content))


def read(sha256: str, *, copy: bool = False) -> bytes:
    """Give the bytes back, checked against their hash; `FileGoneError` where they are lost or altered."""
    blob = files.get(_name(sha256, copy=copy))
    if len(blob) <= _HEAD or blob[0] != _VERSION or blob[1] not in load_keys().roots:
        raise files.FileGoneError(sha256)
    try:
        content = AESGCM(derived_key("seal:file", blob[1])).decrypt(blob[2:_HEAD], blob[_HEAD:], sha256.encode())
    except InvalidTag as error:
        raise files.FileGoneError(sha256) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise files.FileGoneError(sha256)
    return content


def forget_copy(sha256: str) -> None:
    """Remove a copy. There is no way to remove an original."""
    files.remove(_name(sha256, copy=True))


def _name(sha256: str, *, copy: bool = False) -> str:
    return blind_index(sha256, purpose="file:copy" if copy else "file").hex()
