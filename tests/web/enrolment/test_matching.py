"""Dukcapil and the check at BPJS through the doors."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from payung.audit.models import AuditEvent
from payung.enrolment.models import Answer, DukcapilExport
from payung.vault.files import read
from tests.enrolment.papers import cells_of
from tests.enrolment.people import jump, nik_of, states
from tests.web.enrolment.conftest import letter, sheet

pytestmark = [pytest.mark.django_db, pytest.mark.database]
HEADINGS = ("NIK", "NAMA_LENGKAP", "HASIL")


@pytest.fixture
def verified(proposed, wulan, clock):
    jump(proposed, "verified", by=wulan, clock=clock)
    return proposed


@pytest.fixture
def matched(verified, wulan, clock):
    jump(verified, "matched", by=wulan, clock=clock)
    return verified


def test_the_list_goes_out_recorded_and_can_be_fetched_again(rina, verified, client_of):
    client = client_of(rina)
    assert "Unduh dan catat sebagai diserahkan" in client.get("/pendaftaran/dukcapil/").content.decode()
    answer = client.post("/pendaftaran/dukcapil/unduh/")
    assert [row[1] for row in cells_of(answer.content)[1:]] == [nik_of(number) for number in (1, 2, 3, 4)]
    record = DukcapilExport.objects.get()
    assert AuditEvent.objects.filter(action="enrolment.dukcapil.export", actor_id=rina.actor.id).count() == 1
    again = client.post(f"/pendaftaran/dukcapil/{record.public_id}/")
    assert again.content == answer.content == read(record.file_sha256)
    assert AuditEvent.objects.filter(action="enrolment.dukcapil.reopen", actor_id=rina.actor.id).count() == 1
    html = client.post("/pendaftaran/dukcapil/unduh/", follow=True).content.decode()
    assert "Tidak ada orang yang menunggu langkah ini" in html


def test_the_answer_shows_what_became_of_each_row(rina, verified, client_of):
    client = client_of(rina)
    rows = [(nik_of(1), "Budi 1", "Padan"), (nik_of(2), "Wati 2", "Meninggal"), (nik_of(77), "Orang Lain", "Padan")]
    rows += [(nik_of(3), "Slamet 3", "Mungkin")]
    html = client.post("/pendaftaran/dukcapil/jawaban/", {"file": sheet(HEADINGS, rows)}, follow=True).content.decode()
    assert "4 baris: 2 diterapkan, 1 tidak dapat diterapkan, 1 orangnya tidak dikenal" in html
    assert "Orang ini tidak ada dalam daftar yang dikirim" in html
    assert "Hasilnya tidak dikenal" in html
    assert nik_of(77) not in html
    assert states(verified) == ["matched", "left", "verified", "verified"]
    same = SimpleUploadedFile("salinan.xlsx", read(Answer.objects.get().file_sha256))
    again = client.post("/pendaftaran/dukcapil/jawaban/", {"file": same}, follow=True)
    assert "tidak ada yang berubah" in again.content.decode()
    assert Answer.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "Berkas ini kosong"), (b"halo;dunia\r\n1;2\r\n", "Judul kolom tidak ditemukan"), (b"%PDF-1.4", "PDF")],
)
def test_a_file_that_is_no_answer_is_refused_with_what_to_do(rina, verified, client_of, content, said):
    file = SimpleUploadedFile("jawaban.csv", content)
    html = client_of(rina).post("/pendaftaran/dukcapil/jawaban/", {"file": file}).content.decode()
    assert said in html
    assert states(verified) == ["verified"] * 4


def test_the_check_is_typed_in_from_a_letter(rina, matched, client_of):
    client = client_of(rina)
    html = client.get("/pendaftaran/periksa/").content.decode()
    names = [part.split('"')[0] for part in html.split('name="hasil-')[1:]]
    assert len(names) == 4
    fields = {f"hasil-{names[0]}": "belum_terdaftar", f"hasil-{names[1]}": "pu"}
    without = client.post("/pendaftaran/periksa/ketik/", fields).content.decode()
    assert "Lampirkan suratnya" in without
    fields |= {"letter_number": "B/12/2026", "letter": letter()}
    answer = client.post("/pendaftaran/periksa/ketik/", fields, follow=True).content.decode()
    assert "2 baris: 2 diterapkan" in answer
    assert "B/12/2026" in answer
    assert sorted(states(matched)) == ["checked", "matched", "matched", "rejected"]


def test_the_check_comes_as_a_file(rina, matched, client_of):
    file = sheet(("NIK", "STATUS"), [(nik_of(number), "Belum terdaftar") for number in (1, 2, 3, 4)])
    client_of(rina).post("/pendaftaran/periksa/berkas/", {"file": file})
    assert states(matched) == ["checked"] * 4


def test_joko_lurah_and_tono_cannot_match(joko, lurah, tono, verified, client_of):
    for viewer in (joko, lurah, tono):
        client = client_of(viewer)
        for part in ("dukcapil/unduh/", "dukcapil/jawaban/", "periksa/berkas/", "periksa/ketik/"):
            assert client.post(f"/pendaftaran/{part}").status_code == 403, part
        assert client.get("/pendaftaran/dukcapil/").status_code == 403
    assert DukcapilExport.objects.count() == 0


def test_an_answer_holds_people_of_every_company_and_is_for_the_regency_alone(rina, joko, tono, verified, client_of):
    client_of(rina).post("/pendaftaran/dukcapil/jawaban/", {"file": sheet(HEADINGS, [(nik_of(1), "Budi 1", "Padan")])})
    answer = Answer.objects.get()
    for viewer in (joko, tono):
        assert client_of(viewer).get(f"/pendaftaran/jawaban/{answer.public_id}/").status_code == 404
