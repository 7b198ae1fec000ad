"""Case 135: a register of residents in a company's hands is not read without a ground for holding their data."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile

from payung.cli.intake import intake
from payung.intake.models import StagedRow, Upload
from payung.intake.services import receive_upload, stage_upload
from payung.sponsors.models import Sponsor
from tests.bad_input.grids import xlsx
from tests.tabular import exports

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("kendal")]

REGISTER = xlsx(exports.siak())


def staged(sponsor, viewer, clock, basis: str = "", content: bytes = REGISTER) -> Upload:
    received = receive_upload(
        content, file_name="siak.xlsx", sponsor=sponsor, legal_basis=basis, acting_user=viewer, clock=clock
    )
    return stage_upload(received.upload, acting_user=viewer, clock=clock)


@pytest.mark.parametrize("basis", ["", " ", "-", "tidak ada"])
def test_a_register_of_residents_without_a_ground_is_refused_before_its_people_are_read(pt_maju, joko, clock, basis):
    upload = staged(pt_maju, joko, clock, basis)
    assert (upload.state, [each["code"] for each in upload.problems]) == ("refused", ["file:no-legal-basis"])
    assert (upload.row_count, StagedRow.objects.count()) == (0, 0)


def test_the_same_register_with_its_ground_is_read(pt_maju, joko, clock):
    staged(pt_maju, joko, clock)
    upload = staged(pt_maju, joko, clock, "Persetujuan tiap warga, 3 November 2026")
    assert (upload.state, upload.counts) == ("staged", {"accepted": 2})


def test_the_office_and_a_government_have_the_law_for_their_ground(rina, clock):
    of_funds = Sponsor.objects.create(code="DBHCHT", name="DBHCHT Kendal", funds="DBHCHT", recorded_at=clock.now())
    assert staged(None, rina, clock).state == "staged"
    assert staged(of_funds, rina, clock).state == "staged"


def test_the_command_says_why_and_takes_the_ground(pt_maju, tmp_path: Path):
    file = tmp_path / "siak.xlsx"
    file.write_bytes(REGISTER)
    refused = CliRunner().invoke(intake, [str(file), "--sponsor", "PTMAJU"])
    assert refused.exit_code == 3
    assert "dasar pengumpulan datanya belum disebut" in refused.stdout
    given = CliRunner().invoke(intake, [str(file), "--sponsor", "PTMAJU", "--basis", "Persetujuan warga", "--json"])
    assert given.exit_code == 0
    assert json.loads(given.stdout.strip().splitlines()[-1])["counts"] == {"accepted": 2, "total": 2}


def test_the_page_takes_no_dash_for_a_ground_and_tells_a_refused_list_why(client_of, pt_maju, joko, clock):
    client = client_of(joko)
    sent = {"sponsor": pt_maju.public_id, "legal_basis": "-", "file": SimpleUploadedFile("siak.xlsx", REGISTER)}
    answer = client.post("/daftar/unggah/", sent)
    assert answer.status_code == 200
    assert "Tulis dasar data ini dikumpulkan" in answer.content.decode()
    upload = staged(pt_maju, joko, clock)
    assert "dasar pengumpulan datanya belum disebut" in client.get(f"/daftar/{upload.public_id}/").content.decode()
