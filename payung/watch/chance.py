"""How likely so many deaths are by chance alone."""

import math
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DAYS_OF_A_YEAR = 365


@cache
def mortality() -> dict[str, Any]:
    """The assumption on deaths by age, with its source and confidence."""
    return dict(yaml.safe_load(Path(__file__).with_name("mortality.yaml").read_text(encoding="utf-8")))


def expected_deaths(age: int, days: int) -> float:
    """How many of one person of this age die within so many days.

    >>> round(expected_deaths(45, 365), 4)
    0.0045
    """
    bands = mortality()["per_100_000_a_year"]
    yearly = next(band["deaths"] for band in bands if age < band["below_age"])
    return float(yearly) / 100_000 * days / DAYS_OF_A_YEAR


def at_least(deaths: int, expected: float) -> float:
    """The chance of so many deaths or more where so many are expected (the exact tail of Poisson's distribution).

    >>> round(at_least(1, 1.0), 4)
    0.6321
    >>> at_least(0, 0.5)
    1.0
    """
    if deaths <= 0:
        return 1.0
    if expected <= 0:
        return 0.0
    # Summed from the tail: one minus the rest would lose every digit of a chance that is small.
    term = math.exp(deaths * math.log(expected) - expected - math.lgamma(deaths + 1))
    total, at = 0.0, deaths
    while term > total * 1e-15:
        total += term
        at += 1
        term *= expected / at
    return min(total, 1.0)
