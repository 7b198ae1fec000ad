"""One month of all payers: who has a notice, asking everybody behind the scenes, closing."""

import pytest
from django.urls import reverse

from payung.contributions.models import Notice
from payung.contributions.services import issue_month
from payung.jobs.models import Job
from payung.jobs.services import do_job
from payung.kernel.clock import SystemClock
from tests.web.story import DECEMBER

pytestmark = [pytest.mark.django_db, pytest.mark.database]

ADDRESS = "/tagihan/bulan/2026-12/"


def test_officer_asks_everybody_and_sees_what_came_of_it(client_of, rina, pledge):
    of_rina = client_of(rina)
    before = of_rina.get(ADDRESS).content.decode()
    assert "0 dari 1" in before
    assert "3 pekerja belum ditagihkan" in before
    assert of_rina.post(ADDRESS).url == ADDRESS
    job = Job.objects.get()
    busy = of_rina.get(ADDRESS).content.decode()
    assert "Pemberitahuan sedang diterbitkan" in busy
    assert "hx-trigger" in busy
    of_rina.post(ADDRESS)
    assert Job.objects.count() == 1
    do_job(job.public_id, clock=SystemClock())
    after = of_rina.get(ADDRESS).content.decode()
    assert "1 dari 1" in after
    assert "Penerbitan terakhir: 1 pemberitahuan untuk 3 pekerja, Rp25.200." in after
    assert "menunggu pembayaran" in after
    assert Notice.objects.count() == 1


def test_only_payers_that_lack_something_are_shown_on_request(client_of, rina, pledge, clock):
    of_rina = client_of(rina)
    assert pledge.sponsor.name in of_rina.get(ADDRESS, {"lihat": "kurang"}).content.decode()
    issue_month(DECEMBER, acting_user=rina, clock=clock)
    table = of_rina.get(ADDRESS, {"lihat": "kurang"}).content.decode().split("<tbody>")[1]
    assert pledge.sponsor.name not in table


def test_what_is_no_month_is_no_page(client_of, rina):
    assert client_of(rina).get("/tagihan/bulan/2026-13/").status_code == 404


def test_the_list_of_notices_leads_there_for_the_office_alone(client_of, rina, joko, notice):
    assert "/tagihan/bulan/" in client_of(rina).get(reverse("notices")).content.decode()
    assert ADDRESS not in client_of(joko).get(reverse("notices")).content.decode()


def test_tono_gets_nowhere_with_a_month(client_of, tono, joko, pledge):
    assert client_of(tono).get(ADDRESS).status_code == 403
    assert client_of(tono).post(ADDRESS).status_code == 403
    assert client_of(joko).post(ADDRESS).status_code in (403, 404)
    assert not Job.objects.exists()
