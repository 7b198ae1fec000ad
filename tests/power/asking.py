"""`python -m tests.power.asking WHAT …`: asks a program's home from within, in a process of its own, and prints JSON.

`facts` counts what stands there; `fingerprint` is what its stamp must say; `stage FILE SPONSOR` and `apply` ask for
work behind the scenes, as the pages do.
"""

import getpass
import hashlib
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from payung.cli import boot  # isort: skip  # Django must stand before any model is imported

from payung.access.services import operator_viewer
from payung.contributions.invariants import check_each as check_ledger
from payung.enrolment.models import Enrolment
from payung.intake.invariants import check_each as check_lists
from payung.intake.models import AppliedRow, StagedRow, Upload
from payung.intake.services import receive_upload
from payung.jobs.models import Job
from payung.jobs.services import enqueue
from payung.kernel.clock import SystemClock
from payung.registry.models import Worker
from payung.sponsors.selectors import sponsor_by_code
from payung.vault import files


def facts() -> dict[str, Any]:
    """What stands in the home. `kept` are the originals that are whole, by their hashes."""
    uploads = list(Upload.objects.order_by("pk"))
    return {
        "lists": [[upload.state, upload.row_count, upload.counts, upload.problems] for upload in uploads],
        "rows": dict(sorted(Counter(StagedRow.objects.values_list("fate", flat=True)).items())),
        "applied": AppliedRow.objects.count(),
        "workers": Worker.objects.count(),
        "enrolments": Enrolment.objects.count(),
        "kept": [hashlib.sha256(files.read(each.file_sha256)).hexdigest() == each.file_sha256 for each in uploads],
        "violations": [
            f"{number}: {one.found}" for number, found in (*check_ledger(), *check_lists()) for one in found
        ],
        "jobs": dict(Counter(f"{kind} {state}" for kind, state in Job.objects.values_list("kind", "state"))),
    }


def stage(file: str, code: str) -> dict[str, Any]:
    """Receive a file and ask for its staging behind the scenes."""
    viewer, clock = operator_viewer(getpass.getuser(), clock=SystemClock()), SystemClock()
    received = receive_upload(
        Path(file).read_bytes(), file_name=file, sponsor=sponsor_by_code(code), acting_user=viewer, clock=clock
    )
    job = enqueue("intake.stage", {"upload_id": str(received.upload.public_id)}, acting_user=viewer, clock=clock)
    return {"job": str(job.public_id)}


def apply() -> dict[str, Any]:
    """Ask for the latest list to be applied behind the scenes."""
    viewer, clock = operator_viewer(getpass.getuser(), clock=SystemClock()), SystemClock()
    upload = Upload.objects.latest("pk")
    params = {"upload_id": str(upload.public_id), "approved_hash": bytes(upload.content_hash).hex()}
    return {"job": str(enqueue("intake.apply", params, acting_user=viewer, clock=clock).public_id)}


if __name__ == "__main__":
    every = {"facts": facts, "stage": stage, "apply": apply, "fingerprint": boot.migrations_fingerprint}
    what: Any = every[sys.argv[1]]
    print(json.dumps(what(*sys.argv[2:])))
