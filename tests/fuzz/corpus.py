"""What the fuzzers begin with: cells and files of the seeds of bad input, and inputs that once broke something."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.bad_input.grids import Grid
from tests.bad_input.seeds import all_seeds
from tests.fuzz.targets import in_bytes
from tests.tabular import exports

FOUND = Path(__file__).parent / "found"
_FIELDS = {
    "nik": ("nik", "kk"),
    "nik-kernel": ("nik", "kk"),
    "money": ("penghasilan per bulan", "iuran", "jumlah"),
    "dates": ("tanggal lahir", "tanggal meninggal", "tgl lahir", "bulan mulai", "tempat, tgl lahir"),
}
_AROUND = {"nik": b"\0\0", "money": b"\0\0", "dates": b"\0\0", "nik-kernel": b""}
_LARGEST = 20_000


@cache
def seeds_of(target: str) -> tuple[bytes, ...]:
    """The seeds of a target, each once, in a steady order."""
    made = dict.fromkeys(_made(target))
    return (*made, *found_by(target))


def found_by(target: str) -> list[bytes]:
    """Inputs that once broke the target, kept in `found/`."""
    return [path.read_bytes() for path in sorted((FOUND / target).glob("*"))]


def _made(target: str) -> Iterator[bytes]:
    if target in _FIELDS:
        for text in _cells_under(_FIELDS[target]):
            yield _AROUND[target] + text.encode("utf-8", "surrogatepass")
    elif target in ("headers", "csv-rows"):
        for grid in _grids():
            yield (b"\0\0" if target == "csv-rows" else b"") + in_bytes([list(map(_plain, row)) for row in grid.rows])
    else:
        endings = (".csv",) if target == "csv" else (".xls", ".htm")
        for seed in all_seeds():
            is_page = b"<table" in seed.content[:2000].replace(b"\0", b"").lower()
            wanted = seed.file_name.endswith(endings) and is_page == (target == "web-pages")
            if wanted and len(seed.content) <= _LARGEST:
                yield seed.content


def _cells_under(headings: tuple[str, ...]) -> Iterator[str]:
    for grid in _grids():
        head = [str(each).strip().casefold() for each in grid.rows[grid.headings]]
        places = [place for place, each in enumerate(head) if each in headings]
        for row in grid.rows[grid.headings + 1 :]:
            for place in places:
                text = str(_plain(row[place])) if place < len(row) and row[place] is not None else ""
                if text and len(text) < 400:
                    yield text


def _grids() -> Iterator[Grid]:
    for seed in all_seeds():
        if seed.grid is not None and len(seed.grid.rows) < 50:
            yield seed.grid
    for make in (exports.opensid_penduduk, exports.bip_2016, exports.bip_ektp, exports.bip_by_family):
        yield make()


def _plain(cell: object) -> str | int | None:
    """A cell of a seed as a plain value; a number as its digits."""
    literal = getattr(cell, "literal", None)
    if literal is not None and str(literal).isdigit() and len(str(literal)) < 20:
        return int(literal)
    return None if cell is None else str(literal if literal is not None else cell)
