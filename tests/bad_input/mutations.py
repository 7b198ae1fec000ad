"""Each seed in two hundred other shapes that must get the same answer: the way lists really differ from one another.

A mutant is made by a handful of changes drawn from a generator that the seed's name and the mutant's number feed: the
same mutant comes again tomorrow. Its answer is the seed's, with the rows where they stand now. What a change could
rightly alter it is kept away from (`_fits`): a number becomes a text in a text file, a comma needs its column.
"""

import random
import string
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from tests.bad_input.grids import CellValue, Grid, Num, delimited, ods, xlsx
from tests.bad_input.seeds import Answer, Seed

MUTANTS = 200
Row = tuple[CellValue, ...]

_SYNONYMS = {
    "NIK": ("NIK", "nik", "N.I.K", "No KTP", "Nomor Induk Kependudukan", "No. NIK", "NIK KTP", " NIK "),
    "Nama Lengkap": ("Nama", "NAMA LENGKAP", "nama lengkap", "Nama Pekerja", "Nama sesuai KTP"),
    "Tanggal Lahir": ("Tgl Lahir", "TANGGAL LAHIR", "Tgl. Lahir", "tanggal lahir", "Date of Birth"),
    "L/P": ("L/P", "JK", "Jenis Kelamin", "jenis kelamin", "Sex", "Kelamin"),
    "Desa": ("Desa", "DESA", "Desa/Kelurahan", "Kelurahan", "Nama Desa"),
    "Kecamatan": ("Kecamatan", "KEC", "Kec.", "kecamatan", "Nama Kecamatan"),
}
_TITLES = (
    *("DAFTAR USULAN PEKERJA RENTAN", "PT Maju Jaya", "Tahun 2026", "Program Perlindungan Pekerja"),
    *("Lampiran I", "Disusun oleh bagian umum", "Rahasia"),
)
_UNKNOWN = ("Kode Internal", "Ukuran Kaos", "Golongan Darah", "Warna Map")
_NAMES = (
    "daftar.csv",
    "DAFTAR.XLSX",
    "a" * 250 + ".xlsx",
    "../../x.xls",
    "daftar\r\nx.pdf",
    "daftar",
    "\u202exslx.ods",
)


@dataclass(frozen=True)
class Mutant:
    """A file made out of a seed, and the answer it must get; None for a damaged file, which is due some answer."""

    label: str
    content: bytes
    file_name: str
    answer: Answer | None
    seed: Seed


@dataclass(frozen=True)
class _Draft:
    """A grid on its way, and where each of its seed's rows (by number, from 1) stands now."""

    grid: Grid
    places: tuple[int | None, ...]  # for each row of the grid the number it had in the seed

    def with_rows(self, rows: list[tuple[int | None, Row]], *, headings: int) -> "_Draft":
        grid = self.grid.with_rows([row for _, row in rows], headings=headings)
        return _Draft(grid, tuple(number for number, _ in rows))

    def numbered(self) -> list[tuple[int | None, Row]]:
        return list(zip(self.places, self.grid.rows, strict=True))

    def moved(self) -> dict[int, int]:
        return {number: place for place, number in enumerate(self.places, start=1) if number is not None}


Change = Callable[[_Draft, random.Random], _Draft]


def mutants_of(seed: Seed, count: int = MUTANTS) -> Iterator[Mutant]:
    """The first `count` mutants of a seed."""
    for number in range(count):
        rng = random.Random(f"{seed.label}|{number}")
        yield _of_grid(seed, number, rng) if seed.grid else _of_bytes(seed, number, rng)


def _of_bytes(seed: Seed, number: int, rng: random.Random) -> Mutant:
    """A file that was not built from a grid: whole under another name, which decides nothing, or with damaged bytes."""
    letters = "".join(rng.choices(string.ascii_letters + " ._-%&'\"", k=rng.randint(1, 60)))
    name = rng.choice((letters, *_NAMES))
    if number % 2 == 0 or not seed.content:
        return Mutant(f"{seed.label}#{number}", seed.content, name, seed.answer, seed)
    return Mutant(f"{seed.label}#{number}", _damaged(seed.content, rng), name, None, seed)


def _damaged(content: bytes, rng: random.Random) -> bytes:
    """The file as a bad line or a dying disk leaves it: bytes changed, lost, come twice, or the end cut off."""
    data = bytearray(content)
    for _ in range(rng.choice((1, 1, 2, 8, 40))):
        at = rng.randrange(len(data)) if data else 0
        way = rng.randrange(4)
        if way == 0:
            data[at : at + 1] = rng.randbytes(1)
        elif way == 1:
            del data[at : at + rng.choice((1, 3, 64))]
        elif way == 2:
            data[at:at] = data[at : at + rng.choice((1, 3, 64))]
        elif rng.random() < 0.3:
            del data[at:]
    return bytes(data)


def _of_grid(seed: Seed, number: int, rng: random.Random) -> Mutant:
    assert seed.grid
    draft = _Draft(seed.grid, tuple(range(1, len(seed.grid.rows) + 1)))
    for change in rng.sample(_changes_for(seed), k=rng.randint(1, 4)):
        draft = change(draft, rng)
    content, ending = _written(seed, draft.grid, rng)
    name = rng.choice((f"daftar.{ending}", *_NAMES))
    return Mutant(f"{seed.label}#{number}", content, name, _moved(seed.answer, draft.moved()), seed)


def _moved(answer: Answer, moved: dict[int, int]) -> Answer:
    fates = {moved[row]: _moved_fate(fate, moved) for row, fate in answer.fates.items()}
    return replace(answer, fates=fates)


def _moved_fate(fate: str, moved: dict[int, int]) -> str:
    kind, _, rest = fate.partition(":")
    return f"duplicate:{moved[int(rest)]}" if kind == "duplicate" else fate


def _changes_for(seed: Seed) -> list[Change]:
    assert seed.grid
    changes: list[Change] = [_letterhead, _empty_rows, _unknown_column, _other_order, _other_headings, _running_number]
    has_total = len(seed.grid.rows) != 1 + len(seed.answer.fates) and seed.number == 41
    if not has_total:
        changes.append(_signatures)
    if not has_total and not any(fate.startswith("duplicate") for fate in seed.answer.fates.values()):
        changes.append(_shuffled)
    if seed.number not in (62, 75, 76, 80):
        changes.append(_spaces)
    return changes


def _letterhead(draft: _Draft, rng: random.Random) -> _Draft:
    above: list[tuple[int | None, Row]] = [(None, (title,)) for title in rng.sample(_TITLES, rng.randint(1, 4))]
    if rng.random() < 0.5:
        above.append((None, ()))
    return draft.with_rows([*above, *draft.numbered()], headings=draft.grid.headings + len(above))


def _empty_rows(draft: _Draft, rng: random.Random) -> _Draft:
    rows = draft.numbered()
    first = draft.grid.headings + 1
    for _ in range(rng.randint(1, 5)):
        rows.insert(rng.randint(first + 1, len(rows)) if len(rows) > first else first, (None, ()))
    return draft.with_rows(rows, headings=draft.grid.headings)


def _unknown_column(draft: _Draft, rng: random.Random) -> _Draft:
    place, heading = rng.randint(0, draft.grid.width), rng.choice(_UNKNOWN)

    def widened(number: int, row: Row) -> Row:
        if number < draft.grid.headings or not row or (number > draft.grid.headings and draft.places[number] is None):
            return row
        cell: CellValue = heading if number == draft.grid.headings else f"x{rng.randint(1, 99)}"
        filled = (*row, *[None] * (place - len(row)))
        return (*filled[:place], cell, *filled[place:])

    rows = [(old, widened(number, row)) for number, (old, row) in enumerate(draft.numbered())]
    return draft.with_rows(rows, headings=draft.grid.headings)


def _other_order(draft: _Draft, rng: random.Random) -> _Draft:
    order = list(range(draft.grid.width))
    rng.shuffle(order)
    head = draft.grid.headings

    def turned(row: Row) -> Row:
        return tuple(row[place] if place < len(row) else None for place in order)

    rows = [(old, row if number < head else turned(row)) for number, (old, row) in enumerate(draft.numbered())]
    return draft.with_rows(rows, headings=head)


def _other_headings(draft: _Draft, rng: random.Random) -> _Draft:
    rows = draft.numbered()
    old, headings = rows[draft.grid.headings]
    rows[draft.grid.headings] = (old, tuple(rng.choice(_SYNONYMS.get(str(each), (each,))) for each in headings))
    return draft.with_rows(rows, headings=draft.grid.headings)


def _running_number(draft: _Draft, rng: random.Random) -> _Draft:
    head, count = draft.grid.headings, 0
    if "No" in draft.grid.rows[head]:
        return draft
    rows: list[tuple[int | None, Row]] = []
    for number, (old, row) in enumerate(draft.numbered()):
        if number == head:
            rows.append((old, ("No", *row)))
        elif number > head and old is not None and not _is_total(row):
            count += 1
            rows.append((old, (str(count), *row)))
        else:
            rows.append((old, row if number < head or not row else (None, *row)))
    return draft.with_rows(rows, headings=head)


def _is_total(row: Row) -> bool:
    return any(isinstance(cell, str) and cell.strip() == "JUMLAH" for cell in row)


def _signatures(draft: _Draft, rng: random.Random) -> _Draft:
    below: list[tuple[int | None, Row]] = [(None, ()), (None, (None, "Kendal, 22 November 2026"))]
    if rng.random() < 0.5:
        below.append((None, (None, "Mengetahui")))
    return draft.with_rows([*draft.numbered(), *below], headings=draft.grid.headings)


def _shuffled(draft: _Draft, rng: random.Random) -> _Draft:
    rows = draft.numbered()
    head = draft.grid.headings + 1
    people = [place for place in range(head, len(rows)) if rows[place][0] is not None]
    mixed = people[:]
    rng.shuffle(mixed)
    turned = rows[:]
    for place, source in zip(people, mixed, strict=True):
        turned[place] = rows[source]
    return draft.with_rows(turned, headings=draft.grid.headings)


def _spaces(draft: _Draft, rng: random.Random) -> _Draft:
    """Blanks before and after what stands in the cells."""

    def padded(cell: CellValue) -> CellValue:
        if not isinstance(cell, str) or not cell.strip() or rng.random() < 0.5:
            return cell
        return f"{' ' * rng.randint(0, 3)}{cell}{' ' * rng.randint(0, 3)}"

    head = draft.grid.headings
    rows = [
        (old, row if number <= head else tuple(map(padded, row))) for number, (old, row) in enumerate(draft.numbered())
    ]
    return draft.with_rows(rows, headings=head)


def _written(seed: Seed, grid: Grid, rng: random.Random) -> tuple[bytes, str]:
    kinds = ["xlsx", "xlsx", *(["csv", "csv"] if _fits_text(seed, grid) else []), *(["ods"] if _fits_ods(seed) else [])]
    kind = rng.choice(kinds)
    if kind == "xlsx":
        return xlsx(grid, sheet=rng.choice(("Daftar", "Sheet1", "Usulan & Data"))), kind
    if kind == "ods":
        return ods(grid), kind
    encoding = rng.choice(("utf-8", "utf-8-sig", "utf-16"))
    return (
        delimited(
            grid,
            separator=rng.choice(",;\t|"),
            line_end=rng.choice(("\r\n", "\n")),
            encoding=encoding,
            quote_all=rng.random() < 0.3,
        ),
        kind,
    )


def _fits_text(seed: Seed, grid: Grid) -> bool:
    """Whether a text file says the same: texts alone, none of them written as only a workbook writes it."""
    return grid.is_plain and seed.number not in (62, 74, 75, 76, 78, 80, 9)


def _fits_ods(seed: Seed) -> bool:
    assert seed.grid
    cells = [cell for row in seed.grid.rows for cell in row if cell is not None]
    plain = all(isinstance(cell, str) or (isinstance(cell, Num) and cell.literal.isdigit()) for cell in cells)
    tidy = not any(isinstance(cell, str) and any(sign in cell for sign in "\n\r\t") for cell in cells)
    return plain and tidy and seed.number not in (75, 76)
