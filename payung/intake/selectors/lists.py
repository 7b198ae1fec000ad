"""Reading lists: the office sees all, a sponsor its own, a stranger none."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from random import Random

from django.db.models import Count, F, Q, QuerySet

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.enrolment.models import Enrolment
from payung.intake.faults import FaultGroup, grouped_faults
from payung.intake.models import LIVE, AppliedRow, StagedRow, Upload
from payung.intake.reach import lists_within
from payung.intake.sealed import open_row
from payung.jobs.models import Job
from payung.kernel.nik import mask
from payung.kernel.problem import Problem
from payung.registry.models import Region
from payung.sponsors.models import Pledge, Sponsor

SAMPLE_SIZE = 20
MOVING = ("intake.stage", "intake.apply", "intake.undo")
# What the parts of the fate bar hold. A person who stands in the registry is told from a new one.
PARTS: dict[str, Q] = {
    "repair": Q(fate__startswith="repair:"),
    "new": Q(fate="accepted", known=False),
    "known": Q(fate="accepted", known=True),
    "covered": Q(fate__startswith="covered:"),
    "duplicate": Q(fate__startswith="duplicate:"),
}


@dataclass(frozen=True, slots=True)
class ListResult:
    """What an applied list has done, read off its rows: `refused` are rows that could not go after all, with why."""

    registered: int
    enrolled: int
    standing: int
    refused: list[tuple[int, str, str]]


def uploads_visible_to(viewer: Viewer, *, permission: Permission = Permission.LIST_READ) -> QuerySet[Upload]:
    """The lists within the permission's reach."""
    # What only the page of one list shows is long, and read there.
    found = Upload.objects.select_related("sponsor", "pledge", "village").defer("faults", "samples_sealed")
    return lists_within(found, viewer, permission)


def upload_of_file(content: bytes, *, sponsor: Sponsor | None, viewer: Viewer) -> Upload | None:
    """The live list that came in as this very file, if the viewer may see it."""
    sha256 = hashlib.sha256(content).hexdigest()
    return uploads_visible_to(viewer).filter(LIVE, sponsor=sponsor, file_sha256=sha256).first()


def rows_of(upload: Upload, *, fate: str = "") -> QuerySet[StagedRow]:
    """The rows of a list in the order of the file; `fate` filters by a whole fate or its first word (`repair`)."""
    rows = upload.rows.select_related("village__parent", "occupation", "applied").order_by("row_number")
    return rows.filter(Q(fate=fate) | Q(fate__startswith=f"{fate}:")) if fate else rows


def fault_groups(upload: Upload) -> list[FaultGroup]:
    """The faults of a list, the most frequent first: the same fault on many rows is one line."""
    if upload.faults is not None:
        return [FaultGroup.from_dict(each) for each in upload.faults]
    faulty = upload.rows.filter(fate__startswith="repair:").values_list("problems", flat=True)
    return grouped_faults(Problem.from_dict(each) for problems in faulty for each in problems)


def marks_of(upload: Upload, sentence: Callable[[Problem], str]) -> dict[int, list[tuple[str, str]]]:
    """What to write on the cells of a marked workbook: for each faulty row its fields with the fault in words."""
    faulty = upload.rows.filter(fate__startswith="repair:").values_list("row_number", "problems")
    return {
        number: [(problem.get("field", ""), sentence(Problem.from_dict(problem))) for problem in problems]
        for number, problems in faulty
    }


def part_counts(upload: Upload) -> dict[str, int]:
    """How many rows each part of the fate bar has; they add up to the rows."""
    counted = upload.rows.aggregate(**{name: Count("pk", filter=which) for name, which in PARTS.items()})
    return {name: int(counted[name]) for name in PARTS}


def rows_of_part(upload: Upload, part: str) -> QuerySet[StagedRow]:
    """The rows of one part of the fate bar, or all of them for a part that is not named."""
    return rows_of(upload).filter(PARTS[part]) if part in PARTS else rows_of(upload)


def exceptions_of(upload: Upload) -> QuerySet[StagedRow]:
    """What an approver must see: each row that will not go."""
    return rows_of(upload).exclude(fate="accepted")


def sample_of(upload: Upload, *, size: int = SAMPLE_SIZE) -> list[StagedRow]:
    """Some of the rows that will go, drawn by the list's own hash: the same ones whoever looks, however often."""
    numbers = list(upload.rows.filter(fate="accepted").order_by("row_number").values_list("row_number", flat=True))
    if len(numbers) > size:
        numbers = Random(bytes(upload.content_hash)).sample(numbers, size)  # noqa: S311  a draw, not a secret
    return list(rows_of(upload).filter(row_number__in=numbers))


def masked_niks_of(rows: Iterable[StagedRow]) -> dict[int, str]:
    """The masked NIK of each row of a page that has a readable one, by row number."""
    found = {}
    for row in rows:
        person = open_row(bytes(row.cells_sealed), public_id=row.public_id)[1] if row.nik_index else None
        if person and person.nik:
            found[row.row_number] = mask(person.nik.digits)
    return found


def result_of(upload: Upload) -> ListResult:
    """What an applied list did; told from the rows and the ways it began, so that it is the same tomorrow."""
    source = f"upload:{upload.public_id}"
    rows = AppliedRow.objects.filter(row__upload=upload)
    done = rows.filter(outcome="")
    counted = done.aggregate(all=Count("pk"), new=Count("pk", filter=Q(worker__source=source)))
    ways = Enrolment.objects.filter(sponsor=upload.sponsor_id, source=source).count() if upload.sponsor_id else 0
    refused = rows.exclude(outcome="").order_by("row__row_number")
    standing = counted["all"] - ways if upload.sponsor_id else counted["all"] - counted["new"]
    return ListResult(
        counted["new"], ways, standing, list(refused.values_list("row__row_number", "row__name", "outcome"))
    )


def work_on(upload: Upload) -> Job | None:
    """The latest work behind the scenes that moves a list: staging, applying, undoing."""
    return _latest_job(upload, *MOVING)


def marking_of(upload: Upload) -> Job | None:
    """The latest making of its marked workbook."""
    return _latest_job(upload, "intake.mark")


def marked_is_ready(upload: Upload, *, language: str) -> bool:
    """Whether a marked workbook in a language lies ready, made of the rows as they stand now."""
    made = upload.marked or {}
    return (made.get("language"), made.get("rows")) == (language, bytes(upload.content_hash).hex())


def _latest_job(upload: Upload, *kinds: str) -> Job | None:
    return Job.objects.filter(kind__in=kinds, params__upload_id=str(upload.public_id)).order_by("-pk").first()


def lists_left_lying(*, before: datetime) -> list[Upload]:
    """Received lists that nobody reads: whoever was to read them died before anything was asked for.

    A list whose work behind the scenes failed is not among them: its page says so, and a person decides.
    """
    lying = list(Upload.objects.filter(state=Upload.State.RECEIVED, problems=[], uploaded_at__lt=before).order_by("pk"))
    ids = [str(upload.public_id) for upload in lying]
    asked = Job.objects.filter(kind="intake.stage", params__upload_id__in=ids)
    known = set(asked.values_list("params__upload_id", flat=True))
    return [upload for upload, public_id in zip(lying, ids, strict=True) if public_id not in known]


def waiting_for_approval(viewer: Viewer) -> QuerySet[Upload]:
    """Lists sent for approval that this person may see, longest waiting first; one's own are among them."""
    sent = uploads_visible_to(viewer, permission=Permission.LIST_APPROVE).filter(state=Upload.State.SUBMITTED)
    return sent.order_by("submitted_at", "id")


def sponsors_to_upload_for(viewer: Viewer) -> QuerySet[Sponsor]:
    """For whom this person may hand in lists; the office may besides hand in its own data."""
    scope = viewer.scope_of(Permission.LIST_UPLOAD)
    active = Sponsor.objects.filter(is_active=True).order_by("name", "id")
    return active if scope.everything else active.filter(public_id__in=scope.sponsors)


def villages_to_upload_for(viewer: Viewer) -> QuerySet[Region]:
    """The villages whose own people this person may hand in; the office needs none, it hands in anybody's."""
    scope = viewer.scope_of(Permission.LIST_UPLOAD)
    return Region.objects.select_related("parent").filter(pk__in=scope.villages, level=4).order_by("name", "code")


def live_pledges(sponsors: QuerySet[Sponsor]) -> QuerySet[Pledge]:
    """The pledges of some sponsors that still stand, the newest first."""
    live = Pledge.objects.select_related("sponsor").filter(sponsor__in=sponsors, state=Pledge.State.LIVE)
    return live.annotate(sponsor_name=F("sponsor__name")).order_by("sponsor_name", "-first_month", "-id")
