"""A row that is likely somebody registered under another NIK says so, masked, and keeps its fate."""

import pytest

from payung.intake.sentences import sentence
from payung.intake.services import apply_upload, receive_upload, stage_upload
from payung.kernel.problem import Problem

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("kendal")]
HEAD = "NIK,Nama,Tanggal Lahir,JK,Desa,Kecamatan,HP\n"
SARI = "3324156501900001,Sari Wulandari,25-01-1990,P,Pekauman,Kendal,081234567890\n"
SLIP = "3324156501900007,SARI WULANDARI,25-01-1990,P,Pekauman,Kendal,\n"
TWIN = "3324156501900002,Sinta Wulansari,25-01-1990,P,Pekauman,Kendal,081234567890\n"
UNREADABLE = "33241565019,Sari Wulandari,25-01-1990,P,Pekauman,Kendal,\n"


@pytest.fixture
def staged(clock):
    def stage(rows: str, sponsor, viewer):
        content = (HEAD + rows).encode()
        received = receive_upload(content, file_name="a.csv", sponsor=sponsor, acting_user=viewer, clock=clock)
        return stage_upload(received.upload, acting_user=viewer, clock=clock)

    return stage


@pytest.fixture
def sari_known(kendal, staged, rina, wulan, clock):
    office = staged(SARI, None, rina)
    apply_upload(office, approved_hash=bytes(office.content_hash), acting_user=wulan, clock=clock)


def notes(upload) -> dict[int, list[dict]]:
    told = upload.rows.values_list("row_number", "notes")
    return {row: [each for each in found if each["code"] == "note:perhaps-registered"] for row, found in told}


@pytest.mark.usefixtures("sari_known")
def test_a_slip_in_the_nik_is_told_to_the_company_without_telling_who_else_pays(staged, pt_maju, joko):
    upload = staged(SLIP + TWIN + SARI, pt_maju, joko)
    found = notes(upload)
    assert [row for row in found if found[row]] == [2]
    (note,) = found[2]
    assert note["params"] == {"name": "S. W.", "nik": "3324••••••••0001", "shared": ["nik", "birth", "village"]}
    told = sentence(Problem.from_dict(note))
    assert told.startswith("Mungkin orang yang sama dengan S. W. yang sudah terdaftar dengan NIK 3324••••••••0001.")
    assert list(upload.rows.order_by("row_number").values_list("fate", "known")) == [
        ("accepted", False),
        ("accepted", False),
        ("accepted", True),
    ]


@pytest.mark.usefixtures("sari_known")
def test_a_row_without_a_readable_nik_is_compared_too(staged, pt_maju, joko):
    upload = staged(UNREADABLE, pt_maju, joko)
    assert upload.rows.get().fate == "repair:nik-length"
    assert notes(upload)[2][0]["params"]["shared"] == ["birth", "village"]


@pytest.mark.usefixtures("sari_known")
def test_a_nik_under_another_name_is_a_conflict_and_no_likeness(staged, pt_maju, joko):
    upload = staged(SARI.replace("Sari Wulandari", "Tini Lestari"), pt_maju, joko)
    assert upload.rows.get().fate == "repair:nik-belongs-to-another-name"
    assert notes(upload) == {2: []}


def test_an_empty_registry_is_like_nobody(staged, pt_maju, joko):
    assert notes(staged(SLIP + TWIN, pt_maju, joko)) == {2: [], 3: []}
