"""Handing files in and taking them to their end, as Rina and Dewi do."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from payung.access.viewer import Viewer
from payung.contributions.models import ReconciliationFile, ReconciliationLine
from payung.contributions.reconciliation.services import accept_file, submit_file
from payung.contributions.reconciliation.staging import Staged, stage_file
from payung.kernel.clock import FixedClock

DUE_RP = 25_200
TODAY = date(2026, 11, 22)
Source = ReconciliationFile.Source


@pytest.fixture
def stage(rina: Viewer, clock: FixedClock) -> Callable[..., Staged]:
    """Hand a file in as Rina."""

    def hand_in(content: bytes, source: str = Source.REPORT, **more: Any) -> Staged:
        name = more.pop("name", "berkas.csv")
        who = more.pop("acting_user", rina)
        return stage_file(content, name=name, source=source, acting_user=who, clock=clock, **more)

    return hand_in


@pytest.fixture
def finish(rina: Viewer, dewi: Viewer, clock: FixedClock) -> Callable[[ReconciliationFile], ReconciliationFile]:
    """Rina records, Dewi accepts."""

    def both(file: ReconciliationFile) -> ReconciliationFile:
        submit_file(file, acting_user=rina, clock=clock)
        return accept_file(file, acting_user=dewi, clock=clock)

    return both


def outcomes(file: ReconciliationFile, side: str = "theirs") -> list[str]:
    return list(file.lines.filter(side=side).order_by("row_number").values_list("outcome", flat=True))


def line_of(file: ReconciliationFile, outcome: str) -> ReconciliationLine:
    return file.lines.get(outcome=outcome)
