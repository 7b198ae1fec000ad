"""The floor under an intake: calamine in this process, and one bulk write of the same final rows, nothing else.

The same workers with their blocking keys, staged and applied rows, ways with their events, and audit lines, with the
same indexes and constraints, in one synchronous commit.
"""

import argparse
import json
import pickle
from pathlib import Path

import python_calamine
from django.apps import apps
from django.db import transaction

import payung.cli.boot  # noqa: F401  # starts Django before the models below
from bench.home import CLOCK
from bench.meter import metered
from payung.audit.models import AuditEvent
from payung.intake.models import Upload
from payung.sponsors.models import Sponsor
from payung.store.bulk import bulk_insert


def parents(written: dict[str, object]) -> None:
    """The one upload and the audit events that the rows point to."""
    sponsor = Sponsor.objects.create(code="BENCH", name="PT Bench", funds="CSR", recorded_at=CLOCK.now())
    columns, rows = written["intake.StagedRow"]  # type: ignore[misc]
    Upload.objects.create(
        pk=rows[0][columns.index("upload_id")],
        sponsor=sponsor,
        file_name="",
        file_sha256="",
        file_size=0,
        state="staged",
        content_hash=b"",
        uploaded_by="",
        uploaded_at=CLOCK.now(),
        legal_basis="",
    )
    assert AuditEvent.objects.exists()


def measure(source: Path, rows: int, *, without_ways: bool = False) -> dict[str, object]:
    written = pickle.loads((source / "written.pickle").read_bytes())  # our own file of a minute ago
    if without_ways:
        written = {label: rows_of for label, rows_of in written.items() if not label.startswith("enrolment.")}
    parents(written)
    figures: dict[str, object] = {"rows": rows}
    with metered(figures):  # type: ignore[arg-type]
        book = python_calamine.CalamineWorkbook.from_path(str(source / "list.xlsx"))
        parsed = book.get_sheet_by_index(0).to_python()
        with transaction.atomic():
            for label, (columns, content) in written.items():
                bulk_insert(apps.get_model(label), columns, content)
    assert len(parsed) == rows + 1
    figures["written"] = {label: len(content) for label, (_, content) in written.items()}
    return figures


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, required=True)
    parser.add_argument("--from", type=Path, required=True, dest="source")
    parser.add_argument("--without-ways", action="store_true", help="as the floor was before November 23rd, 2026")
    given = parser.parse_args()
    print(json.dumps(measure(given.source, given.rows, without_ways=given.without_ways)))
