"""A worker's code in a template: it stands for the NIK that a company may not see.

The company's own workers come back with their code and a masked NIK; the list is then read as if the NIK stood there.
A code opens nothing for anybody else: it counts only among the workers whom the sponsor named itself or has paid for.
"""

import base64
import binascii
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.db.models import Q, QuerySet

from payung.contributions.models import CoveredMonth
from payung.enrolment.models import Enrolment
from payung.kernel.problem import Problem
from payung.registry.models import Worker
from payung.registry.sealed import open_fact
from payung.registry.selectors import current_ids
from payung.sponsors.models import Sponsor
from payung.store.bulk import in_slices
from payung.tabular.columns import ColumnMap, RawRow, each_row
from payung.tabular.table import Cell, Table

FIELD = "worker_code"
_PREFIX = "PK-"  # a code without it could look like a number to a spreadsheet
_HIDDEN = "•"


def code_of(public_id: UUID) -> str:
    """The code of a worker.

    >>> code_of(UUID("01a20482-5434-7fb6-bb7b-c86225f9b384"))
    'PK-AGRAJASUGR73NO33ZBRCL6NTQQ'
    """
    return _PREFIX + base64.b32encode(public_id.bytes).decode().rstrip("=")


def public_id_in(code: str) -> UUID | None:
    """The worker's public id in a code; None for a text that is no code."""
    text = code.strip().upper()
    if not text.startswith(_PREFIX):
        return None
    try:
        return UUID(bytes=base64.b32decode(text[len(_PREFIX) :] + "======"))
    except (binascii.Error, ValueError):
        return None


def own_worker_ids(sponsor: Sponsor) -> QuerySet[Worker]:
    """The ids of the workers whom a sponsor named itself or has paid for, merged records among them."""
    ways = Enrolment.objects.filter(sponsor=sponsor).exclude(source__startswith="reservation:")
    paid = CoveredMonth.objects.filter(sponsor=sponsor)
    return Worker.objects.filter(Q(pk__in=ways.values("worker_id")) | Q(pk__in=paid.values("worker_id")))


def read_codes(
    raw_rows: Iterable[RawRow], sponsor: Sponsor | None
) -> tuple[Mapping[int, Cell], Mapping[int, list[Problem]]]:
    """The NIKs that codes stand for, and the faults of codes; both by row number. Walks twice through the rows."""
    codes = {raw.row_number: cell.text for raw in raw_rows if (cell := raw.cells.get(FIELD)) and cell.text.strip()}
    if not codes:
        return {}, {}
    niks = _niks_of({found for code in codes.values() if (found := public_id_in(code))}, sponsor)
    read: dict[int, Cell] = {}
    told: dict[int, list[Problem]] = {}
    for raw in raw_rows:
        code = codes.get(raw.row_number)
        nik = niks.get(public_id_in(code)) if code else None
        reason = _fault(raw, code, nik)
        if reason:
            told[raw.row_number] = [Problem("repair:worker-code", raw.row_number, FIELD, params={"reason": reason})]
        elif nik:
            read[raw.row_number] = Cell(nik)
    return read, told


@dataclass(frozen=True, slots=True)
class PeopleRows:
    """The rows of people of a list, with the NIKs that codes stand for. Made anew for whoever walks through them.

    Held all at once they would be more than a kilobyte a row.
    """

    table: Table
    column_map: ColumnMap
    niks: Mapping[int, Cell] = field(default_factory=dict)

    def __iter__(self) -> Iterator[RawRow]:
        rows = each_row(self.table, self.column_map)
        return map(self._with_nik, rows) if self.niks else rows

    def only(self, *fields: str) -> Iterator[RawRow]:
        """The rows with the cells of some columns alone, as they stand in the file."""
        return each_row(self.table, self.column_map, only=fields)

    def _with_nik(self, raw: RawRow) -> RawRow:
        nik = self.niks.get(raw.row_number)
        return replace(raw, cells={**raw.cells, "nik": nik}) if nik else raw


def people_rows(
    table: Table, column_map: ColumnMap, sponsor: Sponsor | None
) -> tuple[PeopleRows, Mapping[int, list[Problem]]]:
    """The rows of people, the NIK put where a code stands for it; and the faults of codes by row number."""
    rows = PeopleRows(table, column_map)
    if FIELD not in column_map.fields:
        return rows, {}
    niks, told = read_codes(rows, sponsor)
    return replace(rows, niks=niks), told


def _fault(raw: RawRow, code: str | None, nik: str | None) -> str:
    """Why a code cannot stand for the NIK of its row: nobody of that code, or another NIK beside it."""
    if code is None:
        return ""
    if nik is None:
        return "unknown"
    written = raw.cells.get("nik")
    if written is None or not written.text.strip() or _HIDDEN in written.text:
        return ""
    digits = "".join(sign for sign in written.text if sign.isdigit())
    return "" if digits == nik else "another-nik"


def _niks_of(public_ids: Iterable[UUID], sponsor: Sponsor | None) -> dict[UUID | None, str]:
    """The NIKs of a sponsor's own workers by the public id of their code."""
    if sponsor is None:
        return {}
    found: dict[UUID, int] = {}
    for part in in_slices(public_ids):
        found |= dict(own_worker_ids(sponsor).filter(public_id__in=part).values_list("public_id", "pk"))
    now = current_ids(list(found.values()))
    niks: dict[int, str] = {}
    for part_ids in in_slices(set(now.values())):
        sealed = Worker.objects.filter(pk__in=part_ids).values_list("pk", "nik_sealed", "public_id")
        niks |= {pk: open_fact(value, fact="nik", public_id=public_id) for pk, value, public_id in sealed}
    return {public_id: niks[now[pk]] for public_id, pk in found.items()}
