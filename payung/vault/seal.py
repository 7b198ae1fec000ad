"""Sealed values: AES-256-GCM bound to their place, and keyed blind indexes to find them by.

A sealed value is `version (1 byte) | key number (1) | nonce (12) | ciphertext and tag`. Its associated data is
table, column and the row's public id, so that a value copied to another row or column does not open.
"""

import hashlib
import os
from collections.abc import Callable, Iterable
from functools import lru_cache
from hashlib import sha256
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from payung.vault.errors import SealBrokenError
from payung.vault.keys import derived_key, load_keys

_VERSION = 1
_HEAD = 14
_BLOCK = 64


def seal(text: str, *, table: str, column: str, public_id: UUID) -> bytes:
    """Encrypt a text for one cell of one row."""
    return sealer(table=table, column=column)(text, public_id)


def sealer(*, table: str, column: str) -> Callable[[str, UUID], bytes]:
    """Make a function that encrypts texts for one column, each for its row: the keys are looked at once."""
    number = load_keys().current
    encrypt = _cipher(table, column, number).encrypt
    head = bytes((_VERSION, number))

    def sealed(text: str, public_id: UUID) -> bytes:
        nonce = os.urandom(12)
        return head + nonce + encrypt(nonce, text.encode(), _place(table, column, public_id))

    return sealed


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
    return hmac_sha256(derived_key(f"index:{purpose}", 0), text.encode())


def blind_indexes(texts: Iterable[str], *, purpose: str = "nik") -> list[bytes]:
    """Fingerprint many texts with one look at the key."""
    key = derived_key(f"index:{purpose}", 0)
    return [hmac_sha256(key, text.encode()) for text in texts]


def hmac_sha256(key: bytes, message: bytes) -> bytes:
    """HMAC-SHA-256 (RFC 2104) from hashes that begin with the padded key already.

    The standard library's looks its algorithm up anew for each message, which takes longer than the hashing: a list of
    ten thousand rows asks for a hundred thousand of these.
    """
    inner, outer = _begun(key)
    inside = inner.copy()
    inside.update(message)
    whole = outer.copy()
    whole.update(inside.digest())
    return whole.digest()


@lru_cache(maxsize=64)
def _begun(key: bytes) -> tuple["hashlib._Hash", "hashlib._Hash"]:
    block = (key if len(key) <= _BLOCK else sha256(key).digest()).ljust(_BLOCK, b"\0")
    return sha256(bytes(each ^ 0x36 for each in block)), sha256(bytes(each ^ 0x5C for each in block))


def blind_numbers(texts: Iterable[str], *, purpose: str) -> list[int | None]:
    """Fingerprint many texts as numbers of 48 bits, None for an empty text: for keys that may coincide by chance.

    Six bytes keep an index narrow. Among five million keys a text meets a strange one once in fifty million times.
    """
    key = derived_key(f"index:{purpose}", 0)
    return [int.from_bytes(hmac_sha256(key, text.encode())[:6], "big") if text else None for text in texts]


def _cipher(table: str, column: str, number: int) -> AESGCM:
    return _cipher_of(derived_key(f"seal:{table}.{column}", number))


@lru_cache(maxsize=64)
def _cipher_of(key: bytes) -> AESGCM:
    return AESGCM(key)


def _place(table: str, column: str, public_id: UUID) -> bytes:
    return f"{table}|{column}|{public_id}".encode()
