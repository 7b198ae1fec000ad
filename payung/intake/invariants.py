"""What must always hold of lists: no row vanishes, what was approved is what stands there, the same rows enter once."""

from collections.abc import Callable, Iterator

from django.db.models import Count

from payung.contributions.invariants.violation import Violation
from payung.intake.models import AppliedRow, StagedRow, Upload
from payung.intake.services.stage import content_hash
from payung.kernel.nik import holds_a_nik
from payung.registry.selectors import workers_with_wrong_blocks

Checker = Callable[[], list[Violation]]
_STANDING = (Upload.State.STAGED, Upload.State.SUBMITTED, Upload.State.APPLIED)


def I_24() -> list[Violation]:
    """No NIK lies readable in a staged row: neither among its faults nor in its fate."""
    rows = StagedRow.objects.filter(fate__startswith="repair:").values_list("public_id", "problems")
    return [
        Violation("I-24", "intake.row", str(public_id), "nik")
        for public_id, problems in rows.iterator(chunk_size=5_000)
        if holds_a_nik(str(problems))
    ]


def I_27() -> list[Violation]:
    """The rows of a list are as many as were read, and their fates add up to them."""
    uploads = Upload.objects.filter(state__in=_STANDING).annotate(found=Count("rows"))
    return [
        Violation("I-27", "intake.upload", str(upload.public_id), f"{upload.found}/{upload.row_count}")
        for upload in uploads
        if not upload.found == upload.row_count == sum(upload.counts.values())
    ]


def I_28() -> list[Violation]:
    """An approved list is the one shown; each of its accepted rows, and no other, says what became of it."""
    wrong: list[Violation] = []
    for upload in Upload.objects.filter(state=Upload.State.APPLIED).only("pk", "public_id", "approved_hash"):
        rows = upload.rows.order_by("row_number").values_list("row_number", "row_hash", "fate")
        now = content_hash((number, bytes(fingerprint), fate) for number, fingerprint, fate in rows.iterator(5_000))
        if now != bytes(upload.approved_hash or b""):
            wrong.append(Violation("I-28", "intake.upload", str(upload.public_id), "hash"))
    lost = StagedRow.objects.filter(upload__state=Upload.State.APPLIED, fate="accepted", applied__isnull=True)
    strange = AppliedRow.objects.exclude(row__fate="accepted")
    keys = [*lost.values_list("public_id", flat=True), *strange.values_list("row__public_id", flat=True)]
    return wrong + [Violation("I-28", "intake.row", str(key), "worker") for key in keys]


def I_30() -> list[Violation]:
    """Each worker is found again by the keys that their facts give, and by no others."""
    return [Violation("I-30", "registry.worker", str(key), "blocks") for key in workers_with_wrong_blocks()]


ALL: tuple[tuple[str, Checker], ...] = (("I-24", I_24), ("I-27", I_27), ("I-28", I_28), ("I-30", I_30))


def check_each() -> Iterator[tuple[str, list[Violation]]]:
    """Run the checkers one after another, each with its number."""
    for number, checker in ALL:
        yield number, checker()
