"""A worker's code in a template: it stands for the NIK that a company may not see.

The company's own workers come back with their code and a masked NIK; the list is then read as if the NIK stood there.
A code opens nothing for anybody else: it counts only among the workers whom the sponsor named itself or has paid for.
"""

import base64
import binascii
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
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
from payung.tabular.columns import RawRow
from payung.tabular.table import Cell

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


def with_codes_read(
    raw_rows: Sequence[RawRow], sponsor: Sponsor | None
) -> tuple[list[RawRow], Mapping[int, list[Problem]]]:
    """Put the NIK where a code stands for it; give the rows, and the faults of codes by row number."""
    codes = {raw.row_number: cell.text for raw in raw_rows if (cell := raw.cells.get(FIELD)) and cell.text.strip()}
    if not codes:
        return list(raw_rows), {}
    niks = _niks_of({found for code in codes.values() if (found := public_id_in(code))}, sponsor)
    rows: list[RawRow] = []
    told: dict[int, list[Problem]] = {}
    for raw in raw_rows:
        code = codes.get(raw.row_number)
        nik = niks.get(public_id_in(code)) if code else None
        reason = _fault(raw, code, nik)
        if reason:
            told[raw.row_number] = [Problem("repair:worker-code", raw.row_number, FIELD, params={"reason": reason})]
        elif nik:
            raw = replace(raw, cells={**raw.cells, "nik": Cell(nik)})  # noqa: PLW2901 - the same row, its NIK known
        rows.append(raw)
    return rows, told


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
