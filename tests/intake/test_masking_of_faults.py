"""A NIK that stands in the wrong cell is neither told nor kept in the clear."""

import pytest

from payung.intake.models import StagedRow
from payung.intake.services import receive_upload, stage_upload
from payung.kernel.nik import holds_a_nik, masked_in

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("kendal")]

HEAD = "NIK;Nama Lengkap;Tanggal Lahir;L/P;Desa;Kecamatan;Penghasilan\n"
ROWS = (
    "3324156501900001;Sari 3324 1545 0285 0002;25-01-1990;P;Pekauman;Kendal;1000000\n"
    "3324151708790003e0;Budi;17-08-1979;L;Pekauman;Kendal;1000000\n"
    "3324152811880004;Joko;3324152811880004;L;3324152811880004;Kendal;3324152811880004\n"
)


def test_no_nik_stands_in_a_staged_row_whatever_cell_it_was_written_in(pt_maju, joko, clock):
    content = (HEAD + ROWS).encode()
    received = receive_upload(content, file_name="d.csv", sponsor=pt_maju, acting_user=joko, clock=clock)
    upload = stage_upload(received.upload, acting_user=joko, clock=clock)
    rows = list(StagedRow.objects.filter(upload=upload).order_by("row_number"))
    assert [row.fate.split(":")[0] for row in rows] == ["repair"] * 3
    for row in rows:
        kept = (row.name, *(str(each) for each in (*row.problems, *row.notes)))
        assert not any(holds_a_nik(text) for text in kept)
        assert "3324151708790003" not in str(row.problems)
    assert rows[0].name == "Sari 3324••••••••0002"


def test_numbers_shorter_than_a_nik_stay_as_they_are():
    assert masked_in("Rp1.000.000.000, 081234567890") == "Rp1.000.000.000, 081234567890"
