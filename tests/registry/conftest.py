"""Sari, and people like her."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from payung.access.viewer import SYSTEM_VIEWER
from payung.kernel.clock import Clock
from payung.kernel.nik import Nik
from payung.registry.models import Worker
from payung.registry.services import NewWorker, register_worker

VILLAGE = "33.24.09.2001"
ELSEWHERE = "33.24.15.1001"


def person(name: str = "Sari Wulandari", serial: int = 3, **facts: Any) -> NewWorker:
    """A woman born on 12 May 1985, whose NIK says so."""
    known: dict[str, Any] = {
        "nik": Nik.parse(f"332409520585{serial:04d}"),
        "name": name,
        "birth_date": date(1985, 5, 12),
        "sex": "P",
        "village_code": VILLAGE,
        "occupation_code": "pedagang-asongan",
    }
    return NewWorker(**(known | facts))


@pytest.fixture
def register(kendal: str, clock: Clock) -> Callable[..., Worker]:
    """Register somebody like Sari by the operator's hand."""

    def one(name: str = "Sari Wulandari", serial: int = 3, **facts: Any) -> Worker:
        return register_worker(person(name, serial, **facts), acting_user=SYSTEM_VIEWER, clock=clock, source="uji")

    return one


@pytest.fixture
def sari(register: Callable[..., Worker]) -> Worker:
    """The worker whom everybody knows."""
    return register(phone="081234567890", mother="Aminah", kk="3324090101010001")
