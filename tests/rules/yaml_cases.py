"""Worked cases beside a test file, each as a test of its own."""

from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet

from payung.rules.cases import read_cases


def cases_beside(test_file: str, name: str) -> list[ParameterSet]:
    """The cases of `name`.yaml beside the test, by their own names."""
    return [pytest.param(case, id=case.name) for case in read_cases(Path(test_file).with_name(f"{name}.yaml"))]
