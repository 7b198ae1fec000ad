"""How many rows of a mended list differ from the list that it replaces."""

import pytest

from payung.intake.services import receive_upload, stage_upload

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("kendal")]
HEAD = "NIK,Nama,Tanggal Lahir,JK,Desa,Kecamatan\n"
SARI = "3324156501900001,Sari Wulandari,25-01-1990,P,Pekauman,Kendal\n"
BROKEN = "33241545028,Tini Lestari,05-02-1985,P,Pekauman,Kendal\n"
MENDED = "3324154502850002,Tini Lestari,05-02-1985,P,Pekauman,Kendal\n"


def test_only_the_mended_rows_count_as_changed(pt_maju, joko, clock):
    first = None
    for rows, changed in ((SARI + BROKEN, None), (SARI + MENDED, 1)):
        content = (HEAD + rows).encode()
        received = receive_upload(
            content, file_name="a.csv", sponsor=pt_maju, acting_user=joko, clock=clock, replaces=first
        )
        first = stage_upload(received.upload, acting_user=joko, clock=clock)
        assert first.changed_rows == changed
