"""What must always hold of lists: no row vanishes, what was approved is what stands there, the same rows enter once."""

from collections.abc import Callable, Iterator

from django.db.models import Count, F, Min

from payung.contributions.invariants.violation import Violation
from payung.intake.models import AppliedRow, StagedRow, Upload
from payung.intake.services.stage import content_hash
from payung.kernel.nik import holds_a_nik
from payung.registry.selectors import workers_with_wrong_blocks

Checker = Callable[[], list[Violation]]
_STANDING = (Upload.State.STAGED, Upload.State.SUBMITTED, Upload.State.APPLIED)


def I_11() -> list[Violation]:
    """Each worker is found again by the keys that their facts give, and by no others."""
    return [Violation("I-11", "registry.worker", str(key), "blocks") for key in workers_with_wrong_blocks()]


def I_20() -> list[Violation]:
    """Who approves a list never handed it in, and an approved list is the one that was shown."""
    alone = Upload.objects.filter(approved_by=F("uploaded_by"), operator_played_both=False)
    wrong = [Violation("I-20", "intake.upload", str(key), "alone") for key in alone.values_list("public_id", flat=True)]
    for upload in Upload.objects.filter(state=Upload.State.APPLIED).only("pk", "public_id", "approved_hash"):
        rows = upload.rows.order_by("row_number").values_list("row_number", "row_hash", "fate")
        now = content_hash((number, bytes(fingerprint), fate) for number, fingerprint, fate in rows.iterator(5_000))
        if now != bytes(upload.approved_hash or b""):
            wrong.append(Violation("I-20", "intake.upload", str(upload.public_id), "hash"))
    return wrong


def I_25() -> list[Violation]:
    """No NIK lies readable among a staged row's faults, grouped by spaces or points or not."""
    rows = StagedRow.objects.filter(fate__startswith="repair:").values_list("public_id", "problems")
    return [
        Violation("I-25", "intake.row", str(public_id), "nik")
        for public_id, problems in rows.iterator(chunk_size=5_000)
        if holds_a_nik(str(problems))
    ]


def I_27() -> list[Violation]:
    """A list's fates add up to the rows that were read; each accepted row, and no other, says what became of it."""
    uploads = Upload.objects.filter(state__in=_STANDING).annotate(found=Count("rows"))
    lost = StagedRow.objects.filter(upload__state=Upload.State.APPLIED, fate="accepted", applied__isnull=True)
    strange = AppliedRow.objects.exclude(row__fate="accepted")
    keys = [*lost.values_list("public_id", flat=True), *strange.values_list("row__public_id", flat=True)]
    return [
        *(
            Violation("I-27", "intake.upload", str(upload.public_id), f"{upload.found}/{upload.row_count}")
            for upload in uploads
            if not upload.found == upload.row_count == sum(upload.counts.values())
        ),
        *(Violation("I-27", "intake.row", str(key), "worker") for key in keys),
    ]


def I_28() -> list[Violation]:
    """The same file, and the same rows in another order or format, stand once with one sponsor, village or office."""
    live = Upload.objects.filter(state__in=_STANDING).order_by()
    wrong: list[Violation] = []
    for column in ("file_sha256", "rows_hash"):
        known = live.exclude(**{f"{column}__isnull": True}).values("sponsor", "village", column)
        twice = known.annotate(times=Count("pk"), first=Min("pk")).filter(times__gt=1)
        wrong += [Violation("I-28", "intake.upload", str(r["first"]), f"{column} x{r['times']}") for r in twice]
    return wrong


ALL: tuple[tuple[str, Checker], ...] = (
    ("I-11", I_11),
    ("I-20", I_20),
    ("I-25", I_25),
    ("I-27", I_27),
    ("I-28", I_28),
)


def check_each() -> Iterator[tuple[str, list[Violation]]]:
    """Run the checkers one after another, each with its number."""
    for number, checker in ALL:
        yield number, checker()
