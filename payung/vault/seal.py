"""Sealed values: AES-256-GCM bound to their place, and keyed blind indexes to find them by.

A sealed value is `version (1 byte) | key number (1) | nonce (12) | ciphertext and tag`. Its associated data is
table, column and the row's public id, so that a value copied to another row or column does not open.
"""

import hmac
import os
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from payung.vault.errors import SealBrokenError
from payung.vault.keys import derived_key, load_keys

_VERSION = 1
_HEAD = 14


def seal(text: str, *, table: str, column: str, public_id: UUID) -> bytes:
    """Encrypt a text for one cell of one row."""
    number = load_keys().current
    nonce = os.urandom(12)
    body = _cipher(table, column, number).encrypt(nonce, text.encode(), _place(table, column, public_id))
    return bytes((_VERSION, number)) + nonce + body


def unseal(sealed: bytes | memoryview, *, table: str, column: str, public_id: UUID) -> str:
    """Decrypt a cell; raise `SealBrokenError` if it was altered or does not belong here."""
    sealed = bytes(sealed)
    if len(sealed) <= _HEAD or sealed[0] != _VERSION or sealed[1] not in load_keys().roots:
        raise SealBrokenError(f"{table}.{column}")
    try:
        plain = _cipher(table, column, sealed[1]).decrypt(
            sealed[2:_HEAD], sealed[_HEAD:], _place(table, column, public_id)
        )
    except InvalidTag as error:
        raise SealBrokenError(f"{table}.{column}") from error
    return plain.decode()


def blind_index(text: str, *, purpose: str = "nik") -> bytes:
    """The keyed fingerprint by which equal secrets are found without opening any: HMAC-SHA-256, 32 bytes."""
    return hmac.digest(derived_key(f"index:{purpose}", 0), text.encode(), sha256)


def blind_indexes(texts: Iterable[str], *, purpose: str = "nik") -> list[bytes]:
    """Fingerprint many texts with one look at the key."""
    key = derived_key(f"index:{purpose}", 0)
    return [hmac.digest(key, text.encode(), sha256) for text in texts]


def blind_numbers(texts: Iterable[str], *, purpose: str) -> list[int | None]:
    """Fingerprint many texts as numbers of 48 bits, None for an empty text: for keys that may coincide by chance.

    Six bytes keep an index narrow. Among five million keys a text meets a strange one once in fifty million times.
    """
    key = derived_key(f"index:{purpose}", 0)
    return [int.from_bytes(hmac.digest(key, text.encode(), sha256)[:6], "big") if text else None for text in texts]


def _cipher(table: str, column: str, number: int) -> AESGCM:
    return _cipher_of(derived_key(f"seal:{table}.{column}", number))


@lru_cache(maxsize=64)
def _cipher_of(key: bytes) -> AESGCM:
    return AESGCM(key)


def _place(table: str, column: str, public_id: UUID) -> bytes:
    return f"{table}|{column}|{public_id}".encode()
