"""Fuzzing without a guide: seeds changed at random, the same ones each time. Needs nothing but Python."""

import random
from collections.abc import Iterator

from tests.fuzz.corpus import seeds_of
from tests.fuzz.targets import TARGETS

_TOKENS = (
    *(b"0", b"9", b" ", b"\n", b"\r", b"\t", b",", b";", b"|", b'"', b"'", b".", b"-", b"/", b"(", b")", b"#", b"="),
    *(b"E+15", b"e0", b",00", b"Rp", b"NIK", b"Nama", b"JUMLAH", b"No. KK : ", b"sep=;", b"\x1f", b"\x1e", b"1900"),
    *(b"3324156501900001", b"29-02-", b"2000-01-01T17:00", b"T00:00Z", b"Maret", b"\xef\xbb\xbf", b"\xff\xfe", b"\0"),
    *(
        "１".encode(),
        "٣".encode(),
        "²".encode(),
        "\u200b".encode(),
        "\u202e".encode(),
        b"\xed\xa0\x80",
        b"<td>",
        b"<tr>",
    ),
)


def inputs(target: str, count: int) -> Iterator[bytes]:
    """The seeds themselves, then `count` changed ones."""
    seeds = seeds_of(target)
    yield from seeds
    rng = random.Random(target)
    for _ in range(count):
        data = rng.choice(seeds)
        for _ in range(rng.randint(1, 5)):
            data = _changed(data, rng, seeds)
        yield data[:20_000]


def failure(target: str, data: bytes) -> str:
    """What is wrong with an answer; empty where all is well."""
    try:
        TARGETS[target](data)
    except AssertionError as error:
        return f"AssertionError: {error}"
    except Exception as error:  # noqa: BLE001 - an exception of whatever kind is what is looked for
        return f"{type(error).__name__}: {error}"
    return ""


def _changed(data: bytes, rng: random.Random, seeds: tuple[bytes, ...]) -> bytes:
    start = rng.randint(0, len(data))
    end = min(len(data), start + rng.choice((0, 1, 1, 2, 4, 16)))
    way = rng.randrange(6)
    if way == 0:
        return data[:start] + data[end:]
    if way == 1:
        return data[:start] + rng.randbytes(rng.randint(1, 4)) + data[end:]
    if way == 2:
        return data[:end] + data[start:end] * rng.randint(1, 3) + data[end:]
    if way == 3:
        other = rng.choice(seeds)
        cut = rng.randint(0, len(other))
        return data[:start] + other[cut : cut + rng.randint(1, 40)] + data[end:]
    return data[:start] + rng.choice(_TOKENS) + data[end:]
