"""Reading lists and reservations: the office sees all, a sponsor its own, a stranger none."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.intake.models import LIVE, Reservation, StagedRow, Upload
from payung.kernel.problem import Problem
from payung.sponsors.models import Sponsor


@dataclass(frozen=True, slots=True)
class FaultGroup:
    """One fault over many rows: its code, its field, the rows, and one of its problems as an example."""

    code: str
    field: str
    rows: tuple[int, ...]
    example: dict[str, Any]


def uploads_visible_to(viewer: Viewer, *, permission: Permission = Permission.LIST_READ) -> QuerySet[Upload]:
    """The lists within the permission's reach."""
    return _within_reach(Upload.objects.select_related("sponsor", "pledge"), viewer, permission)


def upload_of_file(content: bytes, *, sponsor: Sponsor | None, viewer: Viewer) -> Upload | None:
    """The live list that came in as this very file, if the viewer may see it."""
    sha256 = hashlib.sha256(content).hexdigest()
    return uploads_visible_to(viewer).filter(LIVE, sponsor=sponsor, file_sha256=sha256).first()


def reservations_visible_to(viewer: Viewer) -> QuerySet[Reservation]:
    """The wishes that a sponsor's people or the office may see."""
    found = Reservation.objects.select_related("sponsor", "region", "occupation")
    if viewer.may(Permission.RESERVATION_OFFER):
        return _within_reach(found, viewer, Permission.RESERVATION_OFFER)
    return _within_reach(found, viewer, Permission.RESERVATION_REQUEST)


def rows_of(upload: Upload, *, fate: str = "") -> QuerySet[StagedRow]:
    """The rows of a list in the order of the file; `fate` filters by a whole fate or its first word (`repair`)."""
    rows = upload.rows.select_related("village__parent", "occupation").order_by("row_number")
    return rows.filter(Q(fate=fate) | Q(fate__startswith=f"{fate}:")) if fate else rows


def fault_groups(upload: Upload) -> list[FaultGroup]:
    """The faults of a list, the most frequent first: the same fault on many rows is one line."""
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for problems in upload.rows.filter(fate__startswith="repair:").values_list("problems", flat=True):
        for problem in problems:
            groups.setdefault((problem["code"], problem.get("field", "")), []).append(problem)
    found = [
        FaultGroup(code, name, tuple(sorted(each["row"] for each in problems)), problems[0])
        for (code, name), problems in groups.items()
    ]
    return sorted(found, key=lambda group: (-len(group.rows), group.code))


def marks_of(upload: Upload, sentence: Callable[[Problem], str]) -> dict[int, list[tuple[str, str]]]:
    """What to write on the cells of a marked workbook: for each faulty row its fields with the fault in words."""
    faulty = upload.rows.filter(fate__startswith="repair:").values_list("row_number", "problems")
    return {
        number: [(problem.get("field", ""), sentence(Problem.from_dict(problem))) for problem in problems]
        for number, problems in faulty
    }


def _within_reach(found: QuerySet[Any], viewer: Viewer, permission: Permission) -> QuerySet[Any]:
    scope = viewer.scope_of(permission)
    if scope.everything:
        return found
    return found.filter(sponsor__public_id__in=scope.sponsors) if scope.sponsors else found.none()
