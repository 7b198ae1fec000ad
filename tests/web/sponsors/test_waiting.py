"""What waits for whom around sponsors."""

import pytest

from payung.enrolment.services import leave
from payung.sponsors.models import Pledge
from payung.web.sponsors.waiting import renewals, replacements
from tests.enrolment.people import add_pledge
from tests.web.story import DECEMBER, protect, way_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def ending(pt_maju, clock):
    """PT Maju's pledge that ends in December."""
    pledge = add_pledge(pt_maju, quota=4, clock=clock)
    Pledge.objects.filter(pk=pledge.pk).update(first_month=int(DECEMBER) - 5)
    pledge.refresh_from_db()
    return pledge


def test_a_pledge_that_ends_waits_for_its_company_and_the_office(ending, joko, rina, clock):
    for viewer in (joko, rina):
        (task,) = renewals(viewer, clock)
        assert task.title == "Janji PT Maju berakhir Desember 2026. Perpanjang agar 4 pekerja tetap terlindungi."
        assert task.deadline == DECEMBER.last_day


def test_a_renewed_pledge_waits_no_more_and_tono_hears_of_none(ending, joko, tono, clock):
    assert renewals(tono, clock) == []
    renewed = add_pledge(ending.sponsor, quota=4, clock=clock)
    Pledge.objects.filter(pk=renewed.pk).update(renewal_of=ending, first_month=int(DECEMBER) + 1)
    assert renewals(joko, clock) == []


def test_vacant_places_wait_for_the_office(pt_maju, rina, wulan, joko, clock):
    _pledge, workers = protect(pt_maju, officer=rina, approver=wulan, clock=clock)
    assert replacements(rina, clock) == []
    leave([way_of(workers[0]).pk], reason="pindah", acting_user=rina, clock=clock)
    (task,) = replacements(rina, clock)
    assert task.title == "1 pekerja PT Maju perlu diganti."
    assert task.url == "/pekerja/?penyandang=PTMAJU&kedudukan=diganti"
    assert replacements(joko, clock) == []
