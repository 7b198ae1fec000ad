"""Comparing what is sealed in two records without showing it: the same or not, and how many digits of a NIK differ."""

from dataclasses import dataclass
from typing import Literal

from payung.matching.names import fold_name
from payung.registry.models import Worker
from payung.registry.sealed import COLUMNS, open_fact

Likeness = Literal["same", "different", "missing"]


@dataclass(frozen=True, slots=True)
class SealedLikeness:
    """How KK, phone and mother's name compare, and in how many of its 16 digits the NIK differs."""

    nik_digits: int
    kk: Likeness
    phone: Likeness
    mother: Likeness


def sealed_likeness(left: Worker, right: Worker) -> SealedLikeness:
    """Compare two records that a selector gave out; no value leaves."""
    niks = zip(_opened(left, "nik"), _opened(right, "nik"), strict=True)
    return SealedLikeness(
        nik_digits=sum(one != other for one, other in niks),
        kk=likeness(_opened(left, "kk"), _opened(right, "kk")),
        phone=likeness(_opened(left, "phone")[-9:], _opened(right, "phone")[-9:]),  # +62, 62 and 0 are one beginning
        mother=likeness(fold_name(_opened(left, "mother")), fold_name(_opened(right, "mother"))),
    )


def likeness(left: object, right: object) -> Likeness:
    """Say whether two facts are the same; what one of them lacks is no difference."""
    if left in (None, "") or right in (None, ""):
        return "missing"
    return "same" if left == right else "different"


def _opened(worker: Worker, fact: str) -> str:
    return open_fact(getattr(worker, COLUMNS[fact]), fact=fact, public_id=worker.public_id)
