"""Who is protected by somebody else already is said before anybody pays, without the other's name."""

import pytest

from payung.enrolment.models import Enrolment
from payung.intake.models import Upload
from payung.registry.models import Worker
from payung.registry.services import merge_workers
from tests.cast import add_company
from tests.enrolment.people import add_workers, nik_of
from tests.intake.formats import HEADINGS
from tests.web.story import protect

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("kendal")]
OTHER = "CV Samudra Selatan"


@pytest.fixture
def protected(rina, wulan, clock):
    """Budi Santoso, whom another company protects from December 2026 to May 2027."""
    other = add_company("SAMUDRA", OTHER, clock=clock)
    _pledge, (worker,) = protect(other, officer=rina, approver=wulan, clock=clock, count=1, first=41)
    Worker.objects.filter(pk=worker.pk).update(name="Budi Santoso", name_folded="budi santoso")
    worker.refresh_from_db()
    return worker


def row_of(nik, name="Budi Santoso"):
    return ";".join((nik, name, "02/03/1985", "P", "Brangsong", "Brangsong", "Pedagang asongan", ""))


def list_of(*rows):
    return "\n".join((";".join(HEADINGS), *rows)).encode()


def test_joko_reads_until_when_and_not_by_whom(protected, hand_in, client_of, joko, pt_maju):
    content = list_of(row_of(nik_of(41)), row_of(nik_of(77), "Wati Lestari"))
    upload = hand_in(joko, pt_maju, "bersama.csv", content)
    assert list(upload.rows.order_by("row_number").values_list("fate", flat=True)) == ["covered:2027-05", "accepted"]
    client = client_of(joko)
    for query in ("", "?nasib=covered"):
        html = client.get(f"/daftar/{upload.public_id}/{query}").content.decode()
        assert "sudah dilindungi pihak lain sampai Mei 2027" in html
        assert "Samudra" not in html
    client.cookies["django_language"] = "en"
    html = client.get(f"/daftar/{upload.public_id}/").content.decode()
    assert "already protected by another sponsor until May 2027" in html
    assert "Samudra" not in html


def test_who_is_protected_elsewhere_is_not_taken_in(protected, hand_in, client_of, joko, wulan, pt_maju):
    content = list_of(row_of(nik_of(41)), row_of(nik_of(77), "Wati Lestari"))
    upload = hand_in(joko, pt_maju, "bersama.csv", content)
    client_of(joko).post(f"/daftar/{upload.public_id}/kirim/", {"reason": "Daftar kami sendiri"})
    approval = client_of(wulan).get(f"/persetujuan/{upload.public_id}/").content.decode()
    assert "sudah dilindungi pihak lain sampai Mei 2027" in approval
    sent = {"hash": bytes(upload.content_hash).hex()}
    client_of(wulan).post(f"/persetujuan/{upload.public_id}/", sent)
    assert Upload.objects.get(pk=upload.pk).state == Upload.State.APPLIED
    assert list(Enrolment.objects.filter(sponsor=pt_maju).values_list("worker__name", flat=True)) == ["Wati Lestari"]


@pytest.mark.parametrize("number", [41, 79])
def test_it_is_said_of_the_person_whichever_record_is_named(number, protected, hand_in, joko, rina, pt_maju, clock):
    (kept,) = add_workers(1, clock=clock, first=79)
    Worker.objects.filter(pk=kept).update(name="Budi Santoso")
    merge_workers(protected, Worker.objects.get(pk=kept), reason="KTP dilihat", acting_user=rina, clock=clock)
    upload = hand_in(joko, pt_maju, "satu.csv", list_of(row_of(nik_of(number))))
    assert upload.rows.values_list("fate", "worker_id").get() == ("covered:2027-05", kept)
