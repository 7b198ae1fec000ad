"""Pages of long lists: what takes long is a job, and no page reads the rows one by one."""

import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from payung.access.viewer import SYSTEM_VIEWER
from payung.audit.models import AuditEvent
from payung.enrolment.models import Enrolment
from payung.intake.models import StagedRow, Upload
from payung.intake.selectors import columns_of, fault_groups
from payung.intake.services import apply_upload, forget_marked
from payung.jobs.models import Job
from payung.jobs.services import do_job
from payung.kernel.clock import SystemClock
from payung.tabular import reading
from payung.vault import files
from tests.intake.formats import as_csv, people

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("kendal")]


def faulty(count, *, first=1):
    """People, every second of whom lacks a digit of the NIK and lives in a village that nobody knows."""
    rows = people(count, first=first)
    return [[row[0][:15], *row[1:4], "Awan", *row[5:]] if place % 2 else row for place, row in enumerate(rows)]


def page_of(client, upload, query=""):
    return client.get(f"/daftar/{upload.public_id}/{query}").content.decode()


def do(kind):
    job = Job.objects.filter(kind=kind).latest("pk")
    return do_job(job.public_id, clock=SystemClock())


def fresh(upload):
    return Upload.objects.get(pk=upload.pk)


def test_the_faults_kept_at_staging_are_those_of_the_rows(hand_in, joko, pt_maju):
    upload = hand_in(joko, pt_maju, "salah.csv", as_csv(faulty(9)))
    kept = fault_groups(upload)
    upload.faults = None
    assert kept == fault_groups(upload)
    assert {group.code: group.rows for group in kept} == {
        "repair:nik-length": (3, 5, 7, 9),
        "repair:village-unknown": (3, 5, 7, 9),
    }


def test_a_list_from_before_they_were_kept_shows_its_faults_and_samples_too(hand_in, client_of, joko, pt_maju):
    upload = hand_in(joko, pt_maju, "salah.csv", as_csv(faulty(9)))
    new = page_of(client_of(joko), upload)
    Upload.objects.filter(pk=upload.pk).update(faults=None, samples_sealed=None)
    old = page_of(client_of(joko), upload)
    for words in ("3, 5, 7, 9", "tidak ditemukan", "3324••••••••"):
        assert words in new
        assert words in old


def test_no_page_of_a_list_asks_more_queries_of_more_rows(hand_in, client_of, joko, pt_maju):
    client, found = client_of(joko), []
    for count, first in ((10, 1), (80, 101)):
        upload = hand_in(joko, pt_maju, f"{count}.csv", as_csv(faulty(count, first=first)))
        page_of(client, upload)  # the first page of a session asks more
        of_list = []
        for part in ("", "?sebab=repair:nik-length", "?nasib=semua", "kolom/"):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get(f"/daftar/{upload.public_id}/{part}").status_code == 200
            of_list.append(len(queries))
        found.append(of_list)
    assert found[0] == found[1]


def test_the_page_of_a_list_opens_neither_its_faulty_rows_nor_its_file(hand_in, client_of, joko, pt_maju, monkeypatch):
    upload = hand_in(joko, pt_maju, "salah.csv", as_csv(faulty(9)))
    monkeypatch.setattr(reading, "read_rows", None)
    with CaptureQueriesContext(connection) as queries:
        page_of(client_of(joko), upload, "?nasib=new")
    table = StagedRow._meta.db_table
    problems = [each["sql"] for each in queries if f'FROM "{table}"' in each["sql"] and '"problems"' in each["sql"]]
    assert all("LIMIT" in sql for sql in problems)


def test_samples_lie_sealed_and_are_shown_masked_before_the_columns_are_known(hand_in, client_of, joko, pt_maju):
    content = as_csv(people(3)).replace(b"NIK;", b"Kode Orang;")
    upload = hand_in(joko, pt_maju, "asing.csv", content)
    nik = str(people(3)[0][0])
    assert upload.row_count == 0
    assert nik.encode() not in bytes(upload.samples_sealed)
    assert [each.samples[0] for each in columns_of(upload) if each.heading == "Kode Orang"] == [
        f"{nik[:4]}••••••••{nik[12:]}"
    ]
    client_of(joko).post(f"/daftar/{upload.public_id}/kolom/", {"kolom-0": "nik"})
    assert [each.samples for each in columns_of(fresh(upload))] == [each.samples for each in columns_of(upload)]


@pytest.fixture
def long_list(all_lists_are_long, hand_in, joko, pt_maju):
    """A list of 40, half of them faulty, staged behind the scenes."""
    upload = hand_in(joko, pt_maju, "panjang.csv", as_csv(faulty(40)))
    assert do("intake.stage") == Job.State.DONE
    return fresh(upload)


def test_the_marked_workbook_of_a_long_list_is_made_behind_the_scenes(long_list, client_of, joko):
    client, address = client_of(joko), f"/daftar/{long_list.public_id}/bertanda/"
    assert "Siapkan berkas bertanda" in page_of(client, long_list)
    assert client.post(address).status_code == 302
    client.post(address)
    assert Job.objects.filter(kind="intake.mark").count() == 1
    assert "Menyiapkan berkas bertanda" in page_of(client, long_list)
    part = client.get(f"/daftar/{long_list.public_id}/kemajuan/", headers={"HX-Request": "true"}).content.decode()
    assert "Menyiapkan berkas bertanda" in part
    assert do("intake.mark") == Job.State.DONE
    assert not AuditEvent.objects.filter(action="intake.upload.hand-back").exists()
    assert "Siap diunduh" in page_of(client, long_list)
    sheet = openpyxl.load_workbook(io.BytesIO(client.post(address).content)).worksheets[0]
    assert sum(bool(cell.comment) for row in sheet for cell in row) == 40
    assert AuditEvent.objects.filter(action="intake.upload.hand-back").count() == 1


def test_a_workbook_of_other_rows_or_another_language_is_not_handed_out(long_list, client_of, joko):
    client, address = client_of(joko), f"/daftar/{long_list.public_id}/bertanda/"
    client.post(address)
    do("intake.mark")
    client.cookies["django_language"] = "en"
    assert client.post(address).status_code == 302
    do("intake.mark")
    sheet = openpyxl.load_workbook(io.BytesIO(client.post(address).content)).worksheets[0]
    assert "village" in sheet.cell(3, sheet.max_column).value.casefold()
    Upload.objects.filter(pk=long_list.pk).update(content_hash=b"other")
    assert client.post(address).status_code == 302
    assert Job.objects.filter(kind="intake.mark").count() == 3


def test_marked_workbooks_of_yesterday_are_removed_and_can_be_made_again(long_list, client_of, joko, clock):
    client, address = client_of(joko), f"/daftar/{long_list.public_id}/bertanda/"
    client.post(address)
    do("intake.mark")
    assert forget_marked(acting_user=SYSTEM_VIEWER, clock=SystemClock()) == 0
    Upload.objects.filter(pk=long_list.pk).update(marked_at="2026-01-01T00:00:00+07:00")
    assert forget_marked(acting_user=SYSTEM_VIEWER, clock=SystemClock()) == 1
    assert "Siapkan berkas bertanda" in page_of(client, long_list)
    client.post(address)
    assert do("intake.mark") == Job.State.DONE
    assert client.post(address).headers["Content-Type"].endswith("sheet")


def test_a_marked_workbook_that_came_back_as_a_list_stays_when_its_copy_is_removed(
    long_list, hand_in, client_of, joko, pt_maju
):
    client, address = client_of(joko), f"/daftar/{long_list.public_id}/bertanda/"
    client.post(address)
    do("intake.mark")
    marked = client.post(address).content
    again = hand_in(joko, pt_maju, "kembali.xlsx", marked)
    Upload.objects.filter(pk=long_list.pk).update(marked_at="2026-01-01T00:00:00+07:00")
    assert forget_marked(acting_user=SYSTEM_VIEWER, clock=SystemClock()) == 1
    assert files.read(again.file_sha256) == marked


@pytest.fixture
def applied(long_list, wulan):
    """The long list, approved."""
    apply_upload(long_list, approved_hash=bytes(long_list.content_hash), acting_user=wulan, clock=SystemClock())
    return long_list


def test_undoing_a_long_list_is_a_job_and_the_page_says_why_it_was_undone(applied, client_of, wulan, joko):
    client = client_of(wulan)
    client.post(f"/daftar/{applied.public_id}/batalkan/", {"reason": "Daftar bulan lalu, lihat 3324014107900003"})
    assert "Membatalkan daftar" in page_of(client, applied)
    assert fresh(applied).state == Upload.State.APPLIED
    assert do("intake.undo") == Job.State.DONE
    assert not Enrolment.objects.exclude(state__in=Enrolment.ENDED).exists()
    html = page_of(client_of(joko), applied)
    assert "Alasannya: Daftar bulan lalu, lihat 3324••••••••0003" in html
    assert "Dibatalkan Wulan pada" in html


def test_a_short_list_that_was_undone_says_why_at_once(hand_in, client_of, joko, wulan, pt_maju):
    upload = hand_in(joko, pt_maju, "pendek.csv", as_csv(people(3)))
    apply_upload(upload, approved_hash=bytes(upload.content_hash), acting_user=wulan, clock=SystemClock())
    sent = {"reason": "Keliru berkas"}
    html = client_of(wulan).post(f"/daftar/{upload.public_id}/batalkan/", sent, follow=True).content.decode()
    assert "Alasannya: Keliru berkas" in html
    assert not Job.objects.exists()


def test_an_undo_that_cannot_be_says_why(applied, client_of, wulan):
    client = client_of(wulan)
    client.post(f"/daftar/{applied.public_id}/batalkan/", {"reason": "Keliru"})
    Upload.objects.filter(pk=applied.pk).update(state=Upload.State.SUBMITTED)
    assert do("intake.undo") == Job.State.FAILED
    Upload.objects.filter(pk=applied.pk).update(state=Upload.State.APPLIED)
    html = page_of(client, applied)
    assert "Daftar belum dibatalkan" in html
    assert "sudah berpindah langkah" in html


@pytest.mark.usefixtures("all_lists_are_long")
def test_while_a_list_is_read_anew_nothing_of_the_reading_before_is_told(hand_in, client_of, joko, pt_maju):
    upload = hand_in(joko, pt_maju, "asing.csv", as_csv(people(20)).replace(b"NIK;", b"Kode Orang;"))
    client = client_of(joko)
    do("intake.stage")
    assert "Kolom NIK tidak ditemukan" in page_of(client, upload)
    client.post(f"/daftar/{upload.public_id}/kolom/", {"kolom-0": "nik"})
    html = page_of(client, upload)
    assert "sedang diperiksa" in html
    assert "Kolom NIK tidak ditemukan" not in html
    assert "kolom perlu ditunjukkan" not in html
