"""Wadah, batches, BPJS's answers, differences and slips through the doors."""

import pytest

from payung.audit.models import AuditEvent
from payung.contributions.models import PayCode
from payung.contributions.services import issue_notice
from payung.enrolment.models import Answer, BpjsBatch, BpjsDifference, Enrolment, Wadah
from payung.kernel.month import Month
from payung.registry.models import Worker
from payung.sponsors.models import Pledge
from tests.enrolment.papers import cells_of
from tests.enrolment.people import determine_all, jump, nik_of, states
from tests.web.enrolment.conftest import letter, sheet

pytestmark = [pytest.mark.django_db, pytest.mark.database]
FIRST = ("NIK", "NAMA", "STATUS", "ALASAN")
SECOND = ("NIK", "NAMA", "NO KPJ", "TANGGAL MULAI", "DIBAYAR SAMPAI")


def name_of(number):
    return Worker.objects.get(name__endswith=f" {number}").name


@pytest.fixture
def determined(proposed, pt_maju, rina, wulan, clock):
    for state in ("verified", "matched", "checked"):
        jump(proposed, state, by=wulan, clock=clock)
    determine_all(pt_maju, by=rina, approver=wulan, clock=clock)
    return proposed


@pytest.fixture
def sent(determined, pt_maju, rina, client_of):
    """The batch, sent through the pages from the wadah on."""
    client = client_of(rina)
    fields = {"number": "NPW240001", "name": "Pekerja rentan", "branch": "Kendal", "agreement": "PKS/1/2026"}
    assert client.post("/pendaftaran/wadah/", fields).status_code == 302
    wadah = Wadah.objects.get()
    client.post("/pendaftaran/wadah/masuk/", {"wadah": wadah.public_id, "penyandang": pt_maju.public_id})
    assert states(determined) == ["registered"] * 4
    answer = client.post(f"/pendaftaran/wadah/{wadah.public_id}/kirim/")
    assert [nik_of(1) in row for row in cells_of(answer.content)[1:]].count(True) == 1
    return BpjsBatch.objects.get()


@pytest.fixture
def accepted(sent, rina, client_of):
    rows = [(nik_of(number), name_of(number), "Diterima", "") for number in (1, 2, 3, 4)]
    file = sheet(FIRST, rows)
    client_of(rina).post(f"/pendaftaran/bpjs/{sent.public_id}/penerimaan/", {"file": file})
    return sent


def test_a_batch_is_sent_recorded_and_can_be_fetched_again(sent, determined, rina, client_of):
    assert states(determined) == ["sent"] * 4
    client = client_of(rina)
    html = client.get(f"/pendaftaran/bpjs/{sent.public_id}/").content.decode()
    assert sent.number in html
    assert nik_of(1) not in html
    again = client.post(f"/pendaftaran/bpjs/{sent.public_id}/berkas/")
    assert len(cells_of(again.content)) == 5
    assert AuditEvent.objects.filter(action="enrolment.bpjs.reopen", actor_id=rina.actor.id).count() == 1


def test_the_acceptance_brings_the_pay_code_to_its_notice(sent, determined, rina, client_of, clock):
    pledge = Pledge.objects.get()
    notice = issue_notice(pledge, first_month=Month.from_text("2026-12"), months=1, acting_user=rina, clock=clock)
    client, address = client_of(rina), f"/pendaftaran/bpjs/{sent.public_id}/penerimaan/"
    assert notice.number in client.get(address).content.decode()
    rows = [(nik_of(number), name_of(number), "Diterima", "") for number in (1, 2, 3)]
    rows += [(nik_of(4), name_of(4), "Ditolak", "Aktif mandiri")]
    fields = {"code": "240000123456", "amount": "25.200", "due_on": "2026-12-15", "notice": str(notice.public_id)}
    html = client.post(address, {**fields, "file": sheet(FIRST, rows)}, follow=True).content.decode()
    assert "Kode iuran 240000123456: Rp25.200" in html
    assert states(determined) == ["accepted"] * 3 + ["rejected"]
    code = PayCode.objects.get()
    assert (code.notice_id, code.amount_rp) == (notice.pk, 25_200)


def test_a_pay_code_needs_all_three_of_its_parts(sent, determined, rina, client_of):
    rows = [(nik_of(1), name_of(1), "Diterima", "")]
    fields = {"code": "2400", "file": sheet(FIRST, rows)}
    html = client_of(rina).post(f"/pendaftaran/bpjs/{sent.public_id}/penerimaan/", fields).content.decode()
    assert "Kode iuran memerlukan ketiganya" in html
    assert Answer.objects.count() == 0


def test_the_acceptance_is_typed_from_a_letter(sent, determined, dewi, client_of):
    rejected = Enrolment.objects.get(pk=determined[2])
    fields = {"letter": letter(), "letter_number": "B/7/2026", "rest": "on", f"hasil-{rejected.public_id}": "pu"}
    client = client_of(dewi)
    html = client.post(f"/pendaftaran/bpjs/{sent.public_id}/penerimaan/", fields, follow=True).content.decode()
    assert "4 baris: 4 diterapkan" in html
    assert states(determined) == ["accepted", "accepted", "rejected", "accepted"]


def test_a_difference_is_shown_side_by_side_and_overwrites_nothing(accepted, determined, dewi, client_of):
    rows = [(nik_of(1), "Bambang Sudjatmiko", "KPJ0001", "01-12-2026", "12-2026")]
    client = client_of(dewi)
    client.post("/pendaftaran/bpjs/kpj/", {"file": sheet(SECOND, rows)})
    html = client.get("/pendaftaran/perbedaan/").content.decode()
    assert "Bambang Sudjatmiko" in html
    assert name_of(1) in html
    answer = Answer.objects.get(kind="bpjs_activation")
    address = f"/pendaftaran/jawaban/{answer.public_id}/{answer.rows.get().row_number}/"
    assert "dari mana Anda tahu" in client.post(address, {"putusan": "sama"}, follow=True).content.decode()
    client.post(address, {"putusan": "sama", "note": "Ditelepon BPJS"})
    assert states(determined)[0] == "active"
    assert Worker.objects.filter(name="Bambang Sudjatmiko").count() == 0
    assert BpjsDifference.objects.get().resolution == "same_person"


def test_the_second_answer_makes_people_active(accepted, determined, rina, client_of):
    rows = [(nik_of(n), name_of(n), f"KPJ000{n}", "01-12-2026", "12-2026") for n in (1, 2, 3, 4)]
    html = client_of(rina).post("/pendaftaran/bpjs/kpj/", {"file": sheet(SECOND, rows)}, follow=True).content.decode()
    assert "4 diterapkan" in html
    person = Enrolment.objects.get(pk=determined[0])
    page = client_of(rina).get(f"/pendaftaran/orang/{person.public_id}/").content.decode()
    assert "Aktif sejak 1 Desember 2026 menurut BPJS, nomor peserta KPJ0001" in page


def test_tono_and_joko_cannot_reach_batches(sent, determined, tono, joko, client_of):
    for viewer in (tono, joko):
        client = client_of(viewer)
        assert client.get(f"/pendaftaran/bpjs/{sent.public_id}/").status_code == 404
        assert sent.number not in client.get("/pendaftaran/bpjs/").content.decode()
        for part in (f"bpjs/{sent.public_id}/penerimaan/", f"bpjs/{sent.public_id}/berkas/", "bpjs/kpj/", "wadah/"):
            assert client.post(f"/pendaftaran/{part}").status_code == 403, part
    assert states(determined) == ["sent"] * 4
