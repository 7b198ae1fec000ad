"""Opaque names for what leaves the program: UUIDv7, ordered by birth so that indexes stay dense."""

import secrets
import time
from uuid import UUID


def new_public_id() -> UUID:
    """Make a UUIDv7 (RFC 9562): 48 bits of milliseconds, 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76 | secrets.randbits(12) << 64 | 0b10 << 62
    return UUID(int=value | secrets.randbits(62))


def new_public_ids(count: int) -> list[UUID]:
    """Make many at once: one look at the clock, one at the source of randomness."""
    stem = (time.time_ns() // 1_000_000 & (1 << 48) - 1) << 80 | 0x7 << 76 | 0b10 << 62
    noise = secrets.token_bytes(10 * count)
    bits = (int.from_bytes(noise[at : at + 10]) for at in range(0, 10 * count, 10))
    return [UUID(int=stem | each >> 68 << 64 | each & (1 << 62) - 1) for each in bits]


def public_id_of(text: UUID | str) -> UUID | None:
    """The id that a text holds; None for anything else that an address, a file or a record may hold in its place."""
    if isinstance(text, UUID):
        return text
    try:
        return UUID(text)
    except ValueError:
        return None
