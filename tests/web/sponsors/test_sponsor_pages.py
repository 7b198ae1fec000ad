"""Sponsors: registered, shown with the one line that says it all, their clerks invited; each sees only their own."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from payung.access.models import Invitation
from payung.audit.models import AuditEvent
from payung.contributions.selectors import sponsor_stories
from payung.enrolment.services import leave
from payung.kernel.month import Month
from payung.messages.models import Message
from payung.sponsors.models import CivilServant, Sponsor
from tests.cast import add_company
from tests.web.story import protect, way_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]

FACTS = {"code": "PTBARU", "name": "PT Baru Jaya", "funds": "CSR", "npp": "", "address": "", "own_employees": "40"}


@pytest.fixture(autouse=True)
def _fresh_counts():
    cache.clear()


@pytest.fixture
def of_rina(client_of, rina):
    return client_of(rina)


def page_of(sponsor):
    return reverse("sponsor", args=[sponsor.public_id])


def test_officer_registers_a_company_and_is_led_to_inviting_its_clerk(of_rina):
    answer = of_rina.post("/penyandang/baru/", FACTS)
    made = Sponsor.objects.get(code="PTBARU")
    assert answer.status_code == 302
    assert answer.url == f"{page_of(made)}#orang"
    assert (made.funds, made.own_employees) == ("CSR", 40)
    assert AuditEvent.objects.filter(action="sponsors.sponsor.add").count() == 1


def test_funds_say_what_they_mean_for_the_price(of_rina):
    html = of_rina.get("/penyandang/baru/").content.decode()
    assert "CSR perusahaan · Rp8.400 sebulan per pekerja; Rp16.800 mulai Januari 2027" in html
    assert "APBD · Rp16.800 sebulan per pekerja" in html


def test_a_code_is_taken_once_in_any_case(of_rina, pt_maju):
    html = of_rina.post("/penyandang/baru/", FACTS | {"code": "ptmaju"}).content.decode()
    assert "Kode ini sudah dipakai penyandang lain" in html
    assert not Sponsor.objects.filter(name=FACTS["name"]).exists()


def test_a_code_with_spaces_is_explained(of_rina):
    html = of_rina.post("/penyandang/baru/", FACTS | {"code": "PT BARU"}).content.decode()
    assert "tanpa spasi" in html


def test_the_line_counts_promised_listed_paid_active_and_vacant_places(of_rina, pt_maju, rina, wulan, clock):
    _pledge, workers = protect(pt_maju, officer=rina, approver=wulan, clock=clock, count=4)
    leave([way_of(workers[0]).pk], reason="pindah", acting_user=rina, clock=clock)
    story = sponsor_stories([pt_maju.pk], month=Month.of(clock.today()))[pt_maju.pk]
    assert (story.pledged, story.listed, story.paid, story.active, story.to_replace) == (4, 4, 4, 3, 1)
    html = of_rina.get(page_of(pt_maju)).content.decode()
    parts = re.findall(r'stat-label">(\w[\w ]*)</span><span class="stat-value">(\d+)', html)
    assert parts == [("Janji", "4"), ("Daftar", "4"), ("Dibayar", "4"), ("Aktif", "3"), ("Perlu diganti", "1")]
    assert "?penyandang=PTMAJU&amp;kedudukan=diganti" in html


def test_company_is_led_to_its_own_page_and_may_not_edit_it(client_of, joko, pt_maju):
    of_joko = client_of(joko)
    assert of_joko.get("/penyandang/").url == page_of(pt_maju)
    html = of_joko.get(page_of(pt_maju)).content.decode()
    assert "Perusahaan kami" in html
    assert reverse("sponsor_edit", args=[pt_maju.public_id]) not in html


def test_tono_finds_nothing_of_pt_maju(client_of, tono, pt_maju, rina, wulan, clock):
    pledge, _workers = protect(pt_maju, officer=rina, approver=wulan, clock=clock)
    of_tono = client_of(tono)
    for name in ("sponsor", "civil_servants", "pledge_new"):
        assert of_tono.get(reverse(name, args=[pt_maju.public_id])).status_code == 404
    for name in ("pledge", "pledge_renew"):
        assert of_tono.get(reverse(name, args=[pledge.public_id])).status_code == 404
    assert of_tono.post(reverse("pledge_withdraw", args=[pledge.public_id]), {"reason": "iseng"}).status_code == 404
    assert of_tono.post(reverse("sponsor_invite", args=[pt_maju.public_id]), {}).status_code == 403
    assert "PT Maju" not in of_tono.get("/penyandang/", follow=True).content.decode()


def test_list_is_filtered_by_name_and_funds(of_rina, pt_maju, clock):
    add_company("CVSEJAHTERA", "CV Sejahtera", clock=clock)
    html = of_rina.get("/penyandang/?nama=sejah").content.decode()
    assert "CV Sejahtera" in html
    assert "PT Maju" not in html
    assert "Tidak ada penyandang yang cocok" in of_rina.get("/penyandang/?dana=BAZNAS").content.decode()


def test_list_pages_by_key(of_rina, clock):
    for number in range(51):
        add_company(f"PT{number:02d}", f"PT Nomor {number:02d}", clock=clock)
    first = of_rina.get("/penyandang/").content.decode()
    cursor = re.search(r"hal=([\w-]+)", first)[1]
    second = of_rina.get(f"/penyandang/?hal={cursor}").content.decode()
    assert "PT Nomor 50" not in first
    assert "PT Nomor 50" in second
    assert of_rina.get("/penyandang/?hal=ngawur").status_code == 200


def test_list_is_sorted_as_asked_over_its_pages_and_keeps_the_sort_in_a_filter(of_rina, clock):
    for number in range(51):
        add_company(f"PT{number:02d}", f"PT Nomor {number:02d}", clock=clock)
    first = of_rina.get("/penyandang/?urut=-nama").content.decode()
    names = re.findall(r"PT Nomor (\d\d)", first)
    assert names == sorted(names, reverse=True)
    assert names[0] == "50"
    assert '<input type="hidden" name="urut" value="-nama">' in first
    following = re.search(r'href="(\?[^"]*hal=[^"]*)"', first)[1].replace("&amp;", "&")
    assert "PT Nomor 00" in of_rina.get(f"/penyandang/{following}").content.decode()
    other = of_rina.get("/penyandang/?urut=own_employees").content.decode()
    assert re.findall(r"PT Nomor (\d\d)", other)[0] == "00", "no column that sorts: the usual order"


def test_list_costs_the_same_however_many_stand_on_it(of_rina, clock, django_assert_max_num_queries):
    for number in range(30):
        add_company(f"PT{number:02d}", f"PT Nomor {number:02d}", clock=clock)
    of_rina.get("/penyandang/")  # counts in the navigation are asked once in a while
    with django_assert_max_num_queries(12):
        of_rina.get("/penyandang/")


def test_clerk_is_invited_by_mail_and_a_local_program_shows_the_link_once(of_rina, pt_maju, settings):
    settings.LOCAL = True
    asked = {"name": "Joko", "email": "joko@maju.example", "role": "petugas_perusahaan"}
    html = of_rina.post(reverse("sponsor_invite", args=[pt_maju.public_id]), asked).content.decode()
    link = re.search(r"<code[^>]*>(http[^<]+/undangan/[^<]+)</code>", html)[1]
    assert Invitation.objects.get().scope_id == str(pt_maju.public_id)
    assert Message.objects.get().to == "joko@maju.example"
    assert link not in of_rina.get(page_of(pt_maju)).content.decode()
    assert "Joko" in of_rina.get(page_of(pt_maju)).content.decode()


def test_elsewhere_the_link_stands_in_the_letter_alone(of_rina, pt_maju, settings):
    settings.LOCAL = False
    settings.PAYUNG_REQUIRE_MFA = False
    asked = {"name": "Joko", "email": "joko@maju.example", "role": "petugas_perusahaan"}
    answer = of_rina.post(reverse("sponsor_invite", args=[pt_maju.public_id]), asked)
    assert answer.status_code == 302
    assert "/undangan/" not in of_rina.get(page_of(pt_maju)).content.decode()


def test_office_may_not_become_another_role_by_invitation(of_rina, pt_maju):
    asked = {"name": "Joko", "email": "joko@maju.example", "role": "petugas_dinas"}
    of_rina.post(reverse("sponsor_invite", args=[pt_maju.public_id]), asked)
    assert not Invitation.objects.exists()


def test_facts_are_changed_and_funds_stay_once_pledged(of_rina, pt_maju, rina, wulan, clock):
    protect(pt_maju, officer=rina, approver=wulan, clock=clock)
    facts = {"name": "PT Maju Terus", "funds": "APBD", "is_active": "on", "reason": "ganti nama"}
    assert of_rina.post(reverse("sponsor_edit", args=[pt_maju.public_id]), facts).status_code == 302
    pt_maju.refresh_from_db()
    assert (pt_maju.name, pt_maju.funds) == ("PT Maju Terus", "CSR")


def test_civil_servants_stand_with_masked_nip(of_rina, clock):
    office = Sponsor.objects.create(code="DINKES", name="Dinas Kesehatan", funds="ASN", recorded_at=clock.now())
    address = reverse("civil_servants", args=[office.public_id])
    assert of_rina.post(address, {"name": "Bu Ratna", "nip": "19800101 200501 2 003"}).status_code == 302
    html = of_rina.get(address).content.decode()
    person = CivilServant.objects.get()
    assert "1980•••••••••••003" in html
    assert "198001012005012003" not in html
    assert "Bu Ratna" in of_rina.get(reverse("civil_servant", args=[person.public_id])).content.decode()
    assert "delapan belas angka" in of_rina.post(address, {"name": "X", "nip": "12"}).content.decode()


def test_a_company_has_no_civil_servants(of_rina, pt_maju):
    assert of_rina.get(reverse("civil_servants", args=[pt_maju.public_id])).status_code == 404
