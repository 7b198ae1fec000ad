"""A list of so many rows from XLSX to workers on their way; and the rows it wrote, kept for the floor.

The probable matching (rows whose NIK nobody has, by blocking keys) and the start of the reading child are in the whole
and told apart: `likeness_...`, `child_start_...`.
"""

import argparse
import json
import pickle
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter
from django.conf import settings
from django.db import models

import payung.cli.boot  # noqa: F401  # starts Django before the models below
from bench.home import CLOCK, people
from bench.meter import metered
from payung.access.permissions import Role, ScopeKind
from payung.access.viewer import SYSTEM_VIEWER, GrantedRole, Viewer
from payung.audit.actor import Actor
from payung.audit.models import AuditLine
from payung.enrolment.models import Enrolment, EnrolmentEvent
from payung.intake.checks import CheckedRow
from payung.intake.models import AppliedRow, StagedRow, Upload
from payung.intake.services import apply_upload, receive_upload, stage, stage_upload
from payung.registry.models import Occupation, Region, Worker, WorkerBlocks
from payung.sponsors.models import Sponsor
from payung.tabular.reading import read_rows

HEADINGS = ["NIK", "Nama", "Tempat Lahir", "Tanggal Lahir", "JK", "Alamat", "Desa", "Kecamatan", "Pekerjaan", "HP"]
WRITTEN = (Worker, WorkerBlocks, StagedRow, Enrolment, EnrolmentEvent, AppliedRow, AuditLine)
APPROVER = Viewer(Actor("person", "approver", "Wulan"), 0, (GrantedRole(Role.PENYETUJU_DINAS, ScopeKind.REGENCY, ""),))


def write_list(path: Path, rows: int) -> None:
    """One row in three is somebody the registry knows already."""
    places = {
        r.code: (r.name, r.parent.name)
        for r in Region.objects.filter(level=4, code__startswith="33.24").select_related("parent")
    }
    jobs = dict(Occupation.objects.values_list("code", "name"))
    known, new = people(7), people(8)
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADINGS)
        for number in range(1, rows + 1):
            person = known.one() if number % 3 == 0 else new.one()
            village, kecamatan = places[person.village_code]
            sheet.write_row(
                number,
                0,
                [
                    person.nik,
                    person.name,
                    person.birth_place,
                    person.birth_date.strftime("%d-%m-%Y"),
                    person.sex,
                    person.address,
                    village,
                    kecamatan,
                    jobs[person.occupation_code],
                    person.phone,
                ],
            )


def measure(rows: int, *, only_stage: bool = False) -> dict[str, object]:
    path = Path(settings.PAYUNG_HOME) / "list.xlsx"
    sponsor = Sponsor.objects.create(code="BENCH", name="PT Bench", funds="CSR", recorded_at=CLOCK.now())
    before = {model: highest(model) for model in WRITTEN}
    figures: dict[str, object] = {"measure": "intake", "rows": rows, "registry": Worker.objects.count()}
    start_a_child(figures)
    meter_likeness(figures)
    with metered(figures):  # type: ignore[arg-type]
        with metered(figures, "receive_and_stage"):  # type: ignore[arg-type]
            received = receive_upload(
                path.read_bytes(), file_name=path.name, sponsor=sponsor, acting_user=SYSTEM_VIEWER, clock=CLOCK
            )
            upload = stage_upload(received.upload, acting_user=SYSTEM_VIEWER, clock=CLOCK)
        if only_stage:
            return figures | {"counts": upload.counts, "state": upload.state}
        with metered(figures, "apply"):  # type: ignore[arg-type]
            applied = apply_upload(upload, approved_hash=bytes(upload.content_hash), acting_user=APPROVER, clock=CLOCK)
    assert Upload.objects.get(pk=upload.pk).state == "applied"
    figures |= {"counts": upload.counts, "registered": applied.registered, "enrolled": applied.enrolled}
    figures["rows_a_second"] = round(rows / float(str(figures["wall_s"])))
    with (path.parent / "written.pickle").open("wb") as file:
        pickle.dump({model._meta.label: rows_since(model, before[model]) for model in before}, file)
    return figures


def start_a_child(figures: dict[str, object]) -> None:
    """What reading a file of one row costs: the start of the child."""
    with metered(figures, "child_start"):  # type: ignore[arg-type]
        read_rows(b"NIK,Nama\n1,A\n", name="one.csv")


def meter_likeness(figures: dict[str, object]) -> None:
    """Let the step of the staging that looks for likely people tell its own time."""
    looked_for = stage.note_likely_people

    def metered_likeness(checked: Sequence[CheckedRow]) -> list[CheckedRow]:
        with metered(figures, "likeness"):  # type: ignore[arg-type]
            noted = looked_for(checked)
        figures["likely"] = sum(len(after.notes) > len(row.notes) for row, after in zip(checked, noted, strict=True))
        return noted

    stage.note_likely_people = metered_likeness  # type: ignore[attr-defined]


def highest(model: type[models.Model]) -> int:
    return model._base_manager.aggregate(top=models.Max("pk"))["top"] or 0


def rows_since(model: type[models.Model], pk: int) -> tuple[list[str], list[tuple[object, ...]]]:
    columns = [field.attname for field in model._meta.concrete_fields]
    return columns, list(model._base_manager.filter(pk__gt=pk).order_by("pk").values_list(*columns))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, required=True)
    parser.add_argument(
        "--write", action="store_true", help="write the list alone: its memory is no part of the measure"
    )
    parser.add_argument("--only-stage", action="store_true", help="stop before the list is applied")
    given = parser.parse_args()
    if given.write:
        write_list(Path(settings.PAYUNG_HOME) / "list.xlsx", given.rows)
        print(json.dumps({"written": given.rows}))
    else:
        print(json.dumps(measure(given.rows, only_stage=given.only_stage)))
