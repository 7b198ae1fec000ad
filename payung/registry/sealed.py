"""Which columns of a worker are sealed, and how a value gets into its cell and out of it."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from payung.vault.seal import seal, sealer, unseal

TABLE: Final = "registry_worker"
COLUMNS: Final = {"nik": "nik_sealed", "kk": "kk_sealed", "phone": "phone_sealed", "mother": "mother_sealed"}


def seal_fact(text: str, *, fact: str, public_id: UUID) -> bytes:
    """Seal a worker's `nik`, `kk`, `phone` or `mother`."""
    return seal(text, table=TABLE, column=COLUMNS[fact], public_id=public_id)


def sealer_of(fact: str) -> Callable[[str, UUID], bytes | None]:
    """Make a function that seals a fact of many workers; an empty text leaves the cell empty."""
    sealed = sealer(table=TABLE, column=COLUMNS[fact])
    return lambda text, public_id: sealed(text, public_id) if text else None


def seal_or_nothing(text: str, *, fact: str, public_id: UUID) -> bytes | None:
    """Seal a fact that may be unknown: an empty text leaves the cell empty."""
    return seal_fact(text, fact=fact, public_id=public_id) if text else None


def open_fact(sealed: bytes | memoryview | None, *, fact: str, public_id: UUID) -> str:
    """Open a sealed fact; an empty cell is an empty text."""
    return "" if sealed is None else unseal(sealed, table=TABLE, column=COLUMNS[fact], public_id=public_id)
