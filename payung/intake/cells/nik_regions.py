"""Whether the first four digits of a NIK ever were a kabupaten or kota. The codes stand in `nik_regions.yaml`."""

from enum import Enum
from functools import cache
from pathlib import Path

from payung.kernel.yaml_files import read_yaml

_FILE = Path(__file__).with_name("nik_regions.yaml")


class Standing(Enum):
    """What a code is: of today, of a province since divided, or never given to any place."""

    TODAY = "today"
    FORMER = "former"
    NEVER = "never"


def standing_of(digits: str) -> Standing:
    """Judge the kabupaten of a NIK.

    >>> standing_of("3324156501900001")
    <Standing.TODAY: 'today'>
    >>> standing_of("9971156501900001")
    <Standing.NEVER: 'never'>
    """
    return _standings().get(digits[:4], Standing.NEVER)


@cache
def _standings() -> dict[str, Standing]:
    told = read_yaml(_FILE)
    found = dict.fromkeys(_codes(told["former"]), Standing.FORMER)
    return found | dict.fromkeys(_codes(told["today"]), Standing.TODAY)


def _codes(by_province: dict[int, str]) -> list[str]:
    return [
        f"{province}{number:02}"
        for province, runs in by_province.items()
        for run in runs.split()
        for number in _numbers(run)
    ]


def _numbers(run: str) -> range:
    first, _, last = run.partition("-")
    return range(int(first), int(last or first) + 1)
