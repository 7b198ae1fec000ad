"""A list from the file to sending it, as the company's clerk sees it."""

import io
import re
from datetime import date

import openpyxl
import pytest
from django.test import override_settings

from payung.access.permissions import Role
from payung.audit.models import AuditEvent
from payung.intake.models import Upload
from payung.intake.selectors import part_counts
from payung.intake.services import apply_upload
from payung.jobs.models import Job
from payung.jobs.services import do_job
from payung.kernel.clock import SystemClock
from tests.cast import add_viewer
from tests.intake.formats import as_csv, as_xlsx, people
from tests.web.intake.conftest import LISTS, MAJU, file_of

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("kendal")]
XLSX = "xlsx"


def page_of(client, upload, query=""):
    return client.get(f"/daftar/{upload.public_id}/{query}").content.decode()


def test_an_empty_list_of_lists_teaches_the_next_step(client_of, joko):
    html = client_of(joko).get("/daftar/").content.decode()
    assert "Belum ada daftar" in html
    assert 'href="/daftar/unggah/"' in html


def test_joko_uploads_and_sees_the_fate_of_each_row(hand_in, client_of, joko, pt_maju):
    upload = hand_in(joko, pt_maju)
    assert upload.state == Upload.State.STAGED
    counts = part_counts(upload)
    assert sum(counts.values()) == upload.row_count
    html = page_of(client_of(joko), upload)
    assert f"<b>{counts['new']}</b> baru" in html
    assert f"<b>{counts['repair']}</b> perlu diperbaiki" in html
    assert "Kirim untuk disetujui" in html
    assert not re.search(r"(?<![0-9a-f])[0-9]{16}(?![0-9a-f])", html)


def test_errors_come_first_and_the_bar_filters_the_rows(hand_in, client_of, joko, pt_maju):
    upload = hand_in(joko, pt_maju)
    client = client_of(joko)
    faulty = upload.rows.filter(fate__startswith="repair").order_by("row_number").first()
    good = upload.rows.filter(fate="accepted").order_by("row_number").first()
    first, new = page_of(client, upload), page_of(client, upload, "?nasib=new")
    assert f'id="baris-{faulty.row_number}"' in first
    assert f'id="baris-{good.row_number}"' not in first
    assert f'id="baris-{good.row_number}"' in new
    assert f'id="baris-{faulty.row_number}"' not in new


def test_one_fault_on_many_rows_is_one_line_that_filters(hand_in, client_of, joko, pt_maju):
    upload = hand_in(joko, pt_maju)
    html = page_of(client_of(joko), upload)
    code = re.search(r'\?sebab=([^#"]+)#baris', html)[1]
    filtered = page_of(client_of(joko), upload, f"?sebab={code}")
    shown = set(map(int, re.findall(r'id="baris-(\d+)"', filtered)))
    problems = dict(upload.rows.values_list("row_number", "problems"))
    wanted = code.replace("%3A", ":").replace("%2F", "/").split("/")[0]
    assert shown
    assert all(wanted in [each["code"] for each in problems[row]] for row in shown)


def test_the_same_file_again_changes_nothing_and_says_so(hand_in, client_of, joko, pt_maju):
    upload = hand_in(joko, pt_maju)
    events = AuditEvent.objects.count()
    assert hand_in(joko, pt_maju).pk == upload.pk
    assert AuditEvent.objects.count() == events
    client = client_of(joko)
    fields = {"sponsor": pt_maju.public_id, "legal_basis": "x", "file": file_of(MAJU)}
    assert "tidak ada yang berubah" in client.post("/daftar/unggah/", fields, follow=True).content.decode()


def marked_rows(client, upload):
    answer = client.post(f"/daftar/{upload.public_id}/bertanda/")
    assert answer.headers["Content-Type"].endswith("sheet")
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def test_the_marked_workbook_comes_back_mended_and_only_mended_rows_change(hand_in, client_of, joko, pt_maju):
    upload = hand_in(joko, pt_maju)
    client = client_of(joko)
    book = marked_rows(client, upload)
    assert AuditEvent.objects.filter(action="intake.upload.hand-back").count() == 1
    sheet = book.worksheets[0]
    faulty = upload.rows.filter(fate__contains="village").first()
    column = next(each["index"] for each in upload.column_map["columns"] if each["field"] == "village")
    sheet.cell(faulty.row_number, column + 1).value = "Boja"
    out = io.BytesIO()
    book.save(out)
    sent = {"file": file_of("perbaikan.xlsx", out.getvalue())}
    answer = client.post(f"/daftar/{upload.public_id}/perbaikan/", sent, follow=True)
    mended = Upload.objects.get(replaces=upload)
    upload.refresh_from_db()
    assert (mended.changed_rows, upload.state, mended.state) == (1, "replaced", "staged")
    assert f"1 dari {mended.row_count} baris berubah" in answer.content.decode()


def test_a_mended_file_that_cannot_be_read_leaves_the_earlier_one_standing(hand_in, client_of, joko, pt_maju):
    upload = hand_in(joko, pt_maju)
    sent = {"file": file_of("foto.xlsx", b"%PDF-1.7 bukan tabel")}
    answer = client_of(joko).post(f"/daftar/{upload.public_id}/perbaikan/", sent, follow=True)
    upload.refresh_from_db()
    assert upload.state == Upload.State.STAGED
    assert "Ini berkas PDF, bukan tabel." in answer.content.decode()


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "kosong"), (b"%PDF-1.7", "Ini berkas PDF"), (b"apel;jeruk\n1;2\n", "Judul kolom tidak ditemukan")],
)
def test_a_file_that_is_no_list_says_what_to_do(content, words, hand_in, client_of, joko, pt_maju):
    upload = hand_in(joko, pt_maju, "salah.csv", content)
    assert upload.state == Upload.State.REFUSED
    html = page_of(client_of(joko), upload)
    assert words in html
    assert "Unggah perbaikan" in html


@override_settings(PAYUNG_MAX_UPLOAD_BYTES=1000)
def test_a_file_that_is_too_large_is_refused_in_words(client_of, joko, pt_maju):
    sent = {"sponsor": pt_maju.public_id, "legal_basis": "x", "file": file_of(MAJU)}
    answer = client_of(joko).post("/daftar/unggah/", sent)
    assert answer.status_code == 200
    assert "Pecah daftar" in answer.content.decode()
    assert Upload.objects.count() == 0


UNKNOWN_HEADINGS = (
    b"Nomor Jati Diri;Nama;Desa;Kecamatan;Tgl Lahir\n"
    b"3324094203850001;Sari Lestari;Brangsong;Brangsong;02-03-1985\n"
    b"3324094203850002;Wati Rahayu;Brangsong;Brangsong;02-03-1985\n"
)


def test_a_column_that_was_not_recognised_is_shown_by_hand(hand_in, client_of, joko, pt_maju):
    upload = hand_in(joko, pt_maju, "asing.csv", UNKNOWN_HEADINGS.replace(b"Nomor Jati Diri", b"Kode Orang"))
    client = client_of(joko)
    assert (upload.state, upload.row_count) == (Upload.State.RECEIVED, 0)
    assert "Tunjukkan kolomnya" in page_of(client, upload)
    html = client.get(f"/daftar/{upload.public_id}/kolom/").content.decode()
    assert "3324••••••••0001" in html
    assert "3324094203850001" not in html
    client.post(f"/daftar/{upload.public_id}/kolom/", {"kolom-0": "nik", "kolom-1": "name"})
    upload.refresh_from_db()
    assert (upload.state, upload.row_count, upload.column_map["by_hand"]) == (Upload.State.STAGED, 2, True)
    assert set(upload.rows.values_list("fate", flat=True)) == {"accepted"}


def test_what_was_said_of_columns_holds_for_the_mended_file(hand_in, client_of, joko, pt_maju):
    content = UNKNOWN_HEADINGS.replace(b"Nomor Jati Diri", b"Kode Orang")
    upload = hand_in(joko, pt_maju, "asing.csv", content)
    client = client_of(joko)
    client.post(f"/daftar/{upload.public_id}/kolom/", {"kolom-0": "nik"})
    sent = {"file": file_of("asing2.csv", content.replace(b"Wati Rahayu", b"Wati Rahayu Ningsih"))}
    client.post(f"/daftar/{upload.public_id}/perbaikan/", sent)
    mended = Upload.objects.get(replaces=upload)
    assert (mended.state, mended.row_count, mended.changed_rows) == (Upload.State.STAGED, 2, 1)


def test_two_columns_of_one_name_are_told_and_do_not_block(hand_in, client_of, joko, pt_maju):
    content = UNKNOWN_HEADINGS.replace(b"Nomor Jati Diri", b"NIK").replace(b"Desa;", b"Desa;")
    content = content.replace(b"Tgl Lahir", b"Tgl Lahir;Tanggal Lahir").replace(b"02-03-1985", b"02-03-1985;02-03-1985")
    upload = hand_in(joko, pt_maju, "ganda.csv", content)
    assert (upload.state, upload.problems) == (Upload.State.STAGED, [])
    assert [note["code"] for note in upload.notes if note["code"] == "note:heading-twice"]
    assert "Dua kolom tampak berisi" in page_of(client_of(joko), upload)


@pytest.mark.usefixtures("all_lists_are_long")
def test_a_large_file_is_staged_behind_the_scenes(hand_in, client_of, rina):
    upload = hand_in(rina, None)
    assert upload.state == Upload.State.RECEIVED
    client = client_of(rina)
    html = page_of(client, upload)
    assert "Membaca dan memeriksa baris" in html
    assert f'hx-get="/daftar/{upload.public_id}/kemajuan/"' in html
    part = client.get(f"/daftar/{upload.public_id}/kemajuan/", headers={"HX-Request": "true"})
    assert "<progress" in part.content.decode()
    job = Job.objects.get(kind="intake.stage")
    assert do_job(job.public_id, clock=SystemClock()) == Job.State.DONE
    job.refresh_from_db()
    upload.refresh_from_db()
    assert (job.done_count, job.total) == (upload.row_count, upload.row_count)
    done = client.get(f"/daftar/{upload.public_id}/kemajuan/", headers={"HX-Request": "true"})
    assert done.headers["HX-Refresh"] == "true"
    assert "Kirim untuk disetujui" in page_of(client, upload)


@pytest.mark.usefixtures("all_lists_are_long")
@pytest.mark.parametrize(("state", "attempts"), [("queued", 1), ("running", 2)])
def test_work_that_began_anew_after_a_power_cut_says_so(hand_in, client_of, rina, state, attempts):
    upload = hand_in(rina, None)
    client = client_of(rina)
    told = "Tadi terputus; dimulai lagi dari awal, tidak ada yang hilang."
    assert told not in page_of(client, upload)
    Job.objects.filter(kind="intake.stage").update(state=state, attempts=attempts)
    assert told in page_of(client, upload)


def test_the_template_is_a_list_that_the_reader_knows(hand_in, client_of, joko, pt_maju):
    answer = client_of(joko).get("/daftar/templat/")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    sheet = book.worksheets[0]
    row = [1, "3324094203850001", "Sari Lestari", "Kendal", date(1985, 3, 2), "P", "Jl Melati", "001/002",
           "Brangsong, Kec. Brangsong", "Pedagang asongan", 1500000, "081234567890", "Aminah"]  # fmt: skip
    for place, value in enumerate(row, start=1):
        sheet.cell(5, place).value = value
    out = io.BytesIO()
    book.save(out)
    upload = hand_in(joko, pt_maju, "templat.xlsx", out.getvalue())
    assert [each["heading"] for each in upload.column_map["columns"] if not each["field"]] == []
    assert upload.rows.get().fate == "accepted"
    html = page_of(client_of(joko), upload)
    assert "Petunjuk" not in html
    assert "Pilihan" not in html


def test_a_company_takes_the_template_with_its_own_workers_and_tono_not(
    hand_in, client_of, joko, tono, wulan, pt_maju, clock
):
    upload = hand_in(joko, pt_maju, "asli.csv", as_csv(people(3)))
    apply_upload(upload, approved_hash=bytes(upload.content_hash), acting_user=wulan, clock=clock)
    assert "Unduh templat berisi pekerja" in client_of(joko).get("/daftar/unggah/").content.decode()
    answer = client_of(joko).post("/daftar/templat/", {"sponsor": pt_maju.public_id})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert [sheet.cell(row, 3).value for row in range(5, 8)] == sorted(str(row[1]) for row in people(3))
    assert client_of(tono).post("/daftar/templat/", {"sponsor": pt_maju.public_id}).status_code == 404
    assert client_of(wulan).post("/daftar/templat/", {"sponsor": pt_maju.public_id}).status_code == 403


def test_a_list_is_found_again_by_filters_in_the_address(hand_in, client_of, rina, joko, pt_maju):
    hand_in(joko, pt_maju)
    client = client_of(rina)
    assert MAJU in client.get("/daftar/?keadaan=staged&penyandang=maju").content.decode()
    assert "Tidak ada daftar yang cocok" in client.get("/daftar/?keadaan=applied").content.decode()
    assert client.get("/daftar/?hal=rusak").status_code == 200, "the first page"


def test_a_clerk_of_one_company_need_not_say_whose_list_it_is(client_of, joko, pt_maju):
    html = client_of(joko).get("/daftar/unggah/").content.decode()
    assert re.search(f'type="hidden" name="sponsor" value="{pt_maju.public_id}"', html)


def test_rina_must_say_whose_list_it_is(client_of, rina, pt_maju):
    answer = client_of(rina).post("/daftar/unggah/", {"sponsor": "", "legal_basis": "x", "file": file_of(MAJU)})
    assert "Pilih untuk siapa daftar ini." in answer.content.decode()


def test_tono_cannot(hand_in, client_of, joko, tono, pt_maju):
    upload = hand_in(joko, pt_maju)
    client = client_of(tono)
    address = f"/daftar/{upload.public_id}/"
    assert MAJU not in client.get("/daftar/").content.decode()
    assert [client.get(address + part).status_code for part in ("", "kemajuan/", "kolom/")] == [404] * 3
    writes = ("kolom/", "periksa/", "perbaikan/", "bertanda/", "kirim/")
    answers = [client.post(address + part, {"file": file_of(MAJU)}).status_code for part in writes]
    assert answers == [404] * 5
    assert client.post(address + "batalkan/", {"reason": "x"}).status_code == 403
    sent = {"sponsor": pt_maju.public_id, "legal_basis": "x", "file": file_of(MAJU)}
    assert client.post("/daftar/unggah/", sent).status_code == 200
    upload.refresh_from_db()
    assert (Upload.objects.count(), upload.state) == (1, Upload.State.STAGED)


def test_dewi_reads_but_takes_no_niks_along(hand_in, client_of, joko, dewi, pt_maju):
    upload = hand_in(joko, pt_maju)
    client = client_of(dewi)
    html = page_of(client, upload)
    assert "Unduh berkas bertanda" not in html
    assert client.post(f"/daftar/{upload.public_id}/bertanda/").status_code == 403
    assert (LISTS / MAJU).exists()


def test_the_same_rows_in_another_format_lead_to_the_earlier_list(hand_in, client_of, joko, pt_maju):
    first = hand_in(joko, pt_maju, "asli.xlsx", as_xlsx(people(9)))
    again = hand_in(joko, pt_maju, "lain.csv", as_csv(people(9)[::-1]))
    assert again.pk == first.pk
    repeated = Upload.objects.get(state="repeated")
    html = page_of(client_of(joko), repeated)
    assert "Isi berkas ini sama dengan daftar asli.xlsx" in html
    assert f'href="/daftar/{first.public_id}/"' in html
    assert "Periksa sekarang" not in html


def test_a_list_with_many_doubles_stops_and_asks(hand_in, client_of, joko, wulan, pt_maju):
    rows = people(13)
    upload = hand_in(joko, pt_maju, "ganda.csv", as_csv([*rows, *rows[:7]]))
    client = client_of(joko)
    html = page_of(client, upload)
    assert "7 dari 20 baris (35 %)" in html
    assert "Kirim untuk disetujui</button>" not in html
    answer = client.post(f"/daftar/{upload.public_id}/kirim/", follow=True).content.decode()
    assert "tulis alasannya lalu kirim" in answer
    client.post(f"/daftar/{upload.public_id}/kirim/", {"reason": "Dua bagian menyetor daftar yang sama"})
    upload.refresh_from_db()
    assert upload.state == Upload.State.SUBMITTED
    approval = client_of(wulan).get(f"/persetujuan/{upload.public_id}/").content.decode()
    assert "Dua bagian menyetor daftar yang sama" in approval


def test_a_village_officer_hands_in_the_villages_own_people(client_of, clock, joko):
    siti = add_viewer("Siti", Role.PETUGAS_DESA, clock=clock)
    client = client_of(siti)
    html = client.get("/daftar/unggah/").content.decode()
    assert 'value="desa:33.24.09.2001"' in html
    sent = {"sponsor": "desa:33.24.09.2001", "legal_basis": "Pendataan", "file": file_of("d.csv", as_csv(people(3)))}
    answer = client.post("/daftar/unggah/", sent, follow=True).content.decode()
    upload = Upload.objects.get()
    assert (upload.village_id, upload.sponsor_id) == ("33.24.09.2001", None)
    assert "tinggal di desa lain" in answer
    for elsewhere in ("desa:33.24.09.2002", "dinas"):
        assert client.post("/daftar/unggah/", sent | {"sponsor": elsewhere}).status_code == 200
    assert Upload.objects.count() == 1
    assert client_of(joko).get(f"/daftar/{upload.public_id}/").status_code == 404
