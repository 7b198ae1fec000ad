"""Tinjau kembar: side by side, decided with a reason, confirmed by a second person, and taken apart again."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from payung.access.viewer import SYSTEM_VIEWER
from payung.audit.models import AuditEvent
from payung.matching.pairs import Band, Evidence, Pair
from payung.registry.models import PairDecision, PairDraft, SuspectedPair, Worker, WorkerMerger
from payung.registry.services import suspect_pairs
from payung.web.duplicates.words import ANSWERS, REFUSALS, STATES
from tests.enrolment.people import add_workers, propose
from tests.web.story import protect

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def _fresh_counts():
    cache.clear()


@pytest.fixture
def suspect(clock):
    """The pair of two records by their ids, as it waits."""

    def one(left, right, *, ppm=974_200):
        workers = {worker.pk: worker for worker in Worker.objects.filter(pk__in=[left, right])}
        evidence = (
            Evidence("name", "one slip", None, None, 6_100),
            Evidence("nik", "one digit", None, None, 8_400),
            Evidence("village", "different", None, None, -1_900),
        )
        sides = str(workers[left].public_id), str(workers[right].public_id)
        pair = Pair(*sides, ppm, Band.REVIEW, evidence, "worker 1")
        suspect_pairs([pair], source="uji", acting_user=SYSTEM_VIEWER, clock=clock)
        return SuspectedPair.objects.get(left=min(left, right), right=max(left, right))

    return one


@pytest.fixture
def pair(suspect, clock):
    """Two records without a paid month."""
    return suspect(*add_workers(2, clock=clock, first=11))


@pytest.fixture
def paid_pair(suspect, pt_maju, rina, wulan, clock):
    """A protected worker, and another record that may be hers."""
    _pledge, workers = protect(pt_maju, officer=rina, approver=wulan, clock=clock)
    (other,) = add_workers(1, clock=clock, first=51)
    return suspect(workers[0].pk, other)


def address(pair, name="duplicate"):
    return reverse(name, args=[pair.public_id])


def answer(client, pair, said, *, reason="KTP dilihat", seen=None):
    pair.refresh_from_db()
    given = {"answer": said, "reason": reason, "seen": seen or pair.state}
    return client.post(address(pair, "duplicate_decide"), given, follow=True).content.decode()


def test_every_state_answer_and_refusal_has_its_words():
    assert set(STATES) == set(SuspectedPair.State.values)
    assert set(ANSWERS) == set(PairDecision.Answer.values)
    assert set(REFUSALS) == {"merged", "deaths", "apart", "undone", "nik"}


def test_the_empty_page_teaches_where_pairs_come_from(client_of, rina):
    html = client_of(rina).get("/kembar/").content.decode()
    assert "Tidak ada yang perlu ditinjau" in html
    assert "berbeda satu angka" in html


def test_two_records_stand_side_by_side_and_no_nik_is_shown(client_of, rina, pair):
    html = client_of(rina).get(address(pair)).content.decode()
    assert pair.left.name in html
    assert pair.right.name in html
    assert "3324••••••••0011" in html
    assert "3324••••••••0012" in html
    assert "berbeda 1 angka" in html
    assert not re.search(r"(?<![0-9a-f-])[0-9]{16}(?![0-9a-f-])", html)


def test_what_differs_is_marked_by_a_word_and_a_shape(client_of, rina, pair):
    html = client_of(rina).get(address(pair)).content.decode()
    differing = re.findall(r'<tr class="differs">.*?</tr>', html, re.DOTALL)
    assert [re.search(r'scope="row">(.*?)<', row)[1] for row in differing] == ["NIK", "Nama"]
    assert all("berbeda" in row and "<svg" in row for row in differing)


def test_the_evidence_is_told_field_by_field(client_of, rina, pair):
    html = client_of(rina).get(address(pair)).content.decode()
    clues = re.findall(r"<dt>([^<]*)</dt><dd>([^<]*)<", html)
    assert [(field, level.strip()) for field, level in clues if field != "NIK"][:3] == [
        ("NIK dan tanggal lahir", "berbeda satu angka"),
        ("Nama", "berbeda satu ketukan"),
        ("Desa atau kelurahan", "berbeda"),
    ]
    assert "97,42 %" in html


def test_rina_says_the_same_and_the_records_are_one(client_of, rina, pair):
    html = answer(client_of(rina), pair, "same")
    assert "Digabung" in html
    assert WorkerMerger.objects.get().worker_id == pair.right_id
    assert AuditEvent.objects.filter(action="registry.pair.decide", outcome="done").count() == 1


def test_an_answer_without_a_reason_is_drawn_again_with_the_choice(client_of, rina, pair):
    html = answer(client_of(rina), pair, "different", reason="")
    assert "Tulis alasannya dahulu" in html
    assert re.search(r'value="different"[^>]*checked', html)
    assert not PairDecision.objects.exists()


def test_with_paid_months_a_second_person_is_asked_and_confirms(client_of, rina, wulan, paid_pair):
    of_rina, of_wulan = client_of(rina), client_of(wulan)
    assert "orang kedua perlu memastikannya" in of_rina.get(address(paid_pair)).content.decode()
    assert "Orang kedua perlu memastikannya" in answer(of_rina, paid_pair, "same")
    assert "Anda yang menjawab pertama" in answer(of_rina, paid_pair, "same")
    assert not WorkerMerger.objects.exists()
    cache.clear()
    assert "Pastikan putusan rekan atas 1 pasangan data" in of_wulan.get("/beranda/").content.decode()
    assert f"{rina.actor.label} menjawab" in of_wulan.get(address(paid_pair)).content.decode()
    assert "Digabung" in answer(of_wulan, paid_pair, "same")


def test_wulan_takes_them_apart_again_with_a_reason(client_of, rina, wulan, pair):
    answer(client_of(rina), pair, "same")
    of_wulan = client_of(wulan)
    assert "Pisahkan lagi" in of_wulan.get(address(pair)).content.decode()
    of_wulan.post(address(pair, "duplicate_separate"), {"reason": " "})
    assert Worker.objects.filter(merged_into__isnull=False).count() == 1
    html = of_wulan.post(address(pair, "duplicate_separate"), {"reason": "kembar"}, follow=True).content.decode()
    assert "kembali seperti sebelum digabung" in html
    assert not Worker.objects.filter(merged_into__isnull=False).exists()
    assert AuditEvent.objects.filter(action="registry.worker.unmerge").count() == 1


def test_the_page_of_the_kept_record_tells_of_the_other(client_of, rina, pair):
    answer(client_of(rina), pair, "same")
    html = client_of(rina).get(reverse("worker", args=[pair.right.public_id])).content.decode()
    assert "Data lain orang ini" in html
    assert address(pair) in html


def test_two_ways_at_once_are_told_before_anybody_answers(client_of, rina, pair, pt_maju, clock):
    propose([pair.left_id, pair.right_id], pt_maju, by=rina, clock=clock)
    assert "Belum dapat digabung" in client_of(rina).get(address(pair)).content.decode()
    assert "Akhiri dahulu pendaftaran salah satunya" in answer(client_of(rina), pair, "same")
    assert PairDraft.objects.get().reason == "KTP dilihat"
    assert not PairDecision.objects.exists()


def test_a_draft_is_there_again_on_the_next_visit_for_its_writer_alone(client_of, rina, wulan, pair):
    sent = {"answer": "different", "reason": "menunggu KK"}
    kept = client_of(rina).post(address(pair, "duplicate_draft"), sent, headers={"X-Requested-With": "fetch"})
    assert kept.status_code == 204
    html = client_of(rina).get(address(pair)).content.decode()
    assert "menunggu KK" in html
    assert re.search(r'value="different"[^>]*checked', html)
    assert "menunggu KK" not in client_of(wulan).get(address(pair)).content.decode()


def test_the_button_keeps_a_draft_without_script(client_of, rina, pair):
    sent = {"answer": "", "reason": "menunggu KK", "seen": "open"}
    html = client_of(rina).post(address(pair, "duplicate_draft"), sent, follow=True).content.decode()
    assert "Draf tersimpan." in html


def test_an_older_page_decides_nothing(client_of, rina, wulan, pair):
    answer(client_of(rina), pair, "different")
    assert "baru saja memutuskan" in answer(client_of(wulan), pair, "same", seen="open")


def test_the_list_filters_by_state_and_keeps_the_filter(client_of, rina, pair, suspect, clock):
    other = suspect(*add_workers(2, clock=clock, first=31), ppm=901_000)
    of_rina = client_of(rina)
    answer(of_rina, pair, "unsure")
    open_ones = of_rina.get("/kembar/?keadaan=open").content.decode()
    assert f"{address(other)}?keadaan=open" in open_ones
    assert address(pair) not in open_ones
    assert address(pair) in of_rina.get("/kembar/?keadaan=unsure").content.decode()
    assert "Tidak ada pasangan seperti ini" in of_rina.get("/kembar/?keadaan=same").content.decode()


def test_what_waits_stands_among_the_tasks_and_in_the_navigation(client_of, rina, pair):
    html = client_of(rina).get("/beranda/").content.decode()
    assert "Tinjau 1 pasangan data yang mungkin satu orang" in html


def test_the_auditor_reads_and_decides_nothing(client_of, agus, pair):
    html = client_of(agus).get(address(pair)).content.decode()
    assert "Simpan putusan" not in html
    assert client_of(agus).post(address(pair, "duplicate_decide"), {}).status_code == 403


def test_linking_by_the_program_is_off_and_says_what_is_missing(client_of, rina, wulan, pair):
    html = client_of(wulan).get("/kembar/otomatis/").content.decode()
    assert "0 dari sedikitnya 1.000" in html
    assert "Belum boleh dinyalakan" in html
    told = client_of(wulan).post("/kembar/otomatis/", {"is_on": "ya", "reason": "rapat"}, follow=True)
    assert "Belum boleh" in told.content.decode()
    assert client_of(rina).post("/kembar/otomatis/", {"is_on": "ya", "reason": "x"}).status_code == 403


@pytest.mark.parametrize("stranger", ["tono", "joko", "dewi"])
def test_tono_cannot(request, client_of, stranger, pair):
    client = client_of(request.getfixturevalue(stranger))
    for path in ("/kembar/", "/kembar/otomatis/", address(pair)):
        assert client.get(path).status_code == 403
    for name in ("duplicate_decide", "duplicate_draft", "duplicate_separate"):
        before = AuditEvent.objects.count()
        assert client.post(address(pair, name), {"answer": "same", "reason": "x", "seen": "open"}).status_code == 403
        assert AuditEvent.objects.count() == before + 1
    assert client.post("/kembar/otomatis/", {"is_on": "ya"}).status_code == 403
    assert "Tinjau kembar" not in client.get("/beranda/").content.decode()


def test_a_pair_that_is_not_there_is_not_found(client_of, rina, pair):
    nowhere = reverse("duplicate", args=["01a20482-5434-7fb6-bb7b-c86225f9b384"])
    assert client_of(rina).get(nowhere).status_code == 404
