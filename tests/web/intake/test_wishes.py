"""The other way in: a company asks for workers, the office offers, the company takes them."""

from datetime import timedelta

import pytest

from payung.access.errors import NotPermittedError
from payung.access.viewer import SYSTEM_VIEWER as SYSTEM
from payung.enrolment.models import Enrolment
from payung.enrolment.services import propose_workers
from payung.intake.models import Reservation, ReservedWorker
from payung.intake.selectors import masked_name, workers_offered
from payung.jobs.models import Job
from payung.jobs.services import do_job, enqueue
from payung.kernel.clock import SystemClock
from payung.web.intake import waiting
from tests.enrolment.people import BRANGSONG, add_pledge, add_workers

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("kendal")]


@pytest.fixture
def workers(clock):
    return add_workers(5, clock=clock)


@pytest.fixture
def wish(client_of, joko, pt_maju, workers):
    sent = {"sponsor": pt_maju.public_id, "wanted": "3", "region": BRANGSONG[:8], "note": "dekat pabrik"}
    answer = client_of(joko).post("/permintaan/baru/", sent)
    assert answer.status_code == 302, answer.content.decode()
    return Reservation.objects.get()


@pytest.fixture
def offer(wish, client_of, rina):
    client_of(rina).post(f"/permintaan/{wish.public_id}/tawarkan/")
    wish.refresh_from_db()
    return wish


def test_the_office_sees_the_open_order_with_its_reasons(wish, client_of, rina):
    html = client_of(rina).get(f"/permintaan/{wish.public_id}/").content.decode()
    assert "5 pekerja cocok" in html
    assert "desil belum terdata" in html
    assert html.count("terdata sejak") == 3


def test_the_company_sees_initials_until_it_pays(offer, client_of, joko, rina):
    held = offer.workers.select_related("worker").order_by("rank").first()
    html = client_of(joko).get(f"/permintaan/{offer.public_id}/").content.decode()
    assert masked_name(held.worker.name) in html
    assert held.worker.name not in html
    assert "lahir 2 Maret" not in html
    assert held.worker.name in client_of(rina).get(f"/permintaan/{offer.public_id}/").content.decode()
    assert all(worker.is_masked for worker in workers_offered(offer, viewer=joko))


def test_an_offer_ends_after_fourteen_days(offer, clock):
    assert offer.expires_on == SystemClock().today() + timedelta(days=14)
    Reservation.objects.filter(pk=offer.pk).update(expires_on=SystemClock().today() - timedelta(days=1))
    job = enqueue("intake.release-offers", {}, acting_user=SYSTEM, clock=SystemClock())
    assert do_job(job.public_id, clock=SystemClock()) == Job.State.DONE
    offer.refresh_from_db()
    assert offer.state == Reservation.State.EXPIRED
    assert ReservedWorker.objects.filter(released_at__isnull=True).count() == 0


def test_joko_accepts_with_a_pledge_and_the_workers_are_on_their_way(offer, client_of, joko, pt_maju, clock):
    pledge = add_pledge(pt_maju, quota=5, clock=clock)
    sent = {"pledge": str(pledge.public_id)}
    answer = client_of(joko).post(f"/permintaan/{offer.public_id}/terima/", sent, follow=True)
    assert "3 pekerja diterima" in answer.content.decode()
    assert Enrolment.objects.filter(sponsor=pt_maju, pledge=pledge).count() == 3
    offer.refresh_from_db()
    assert offer.state == Reservation.State.ACCEPTED


def test_a_clerk_may_propose_only_who_was_reserved_for_the_own_sponsor(pt_maju, joko, tono, workers, clock):
    with pytest.raises(NotPermittedError):
        propose_workers(workers, sponsor=pt_maju, source="upload:x", acting_user=joko, clock=clock)
    with pytest.raises(NotPermittedError):
        propose_workers(workers, sponsor=pt_maju, source="reservation:x", acting_user=tono, clock=clock)
    made = propose_workers(workers, sponsor=pt_maju, source="reservation:x", acting_user=joko, clock=clock)
    assert len(made.created) == 5


def test_a_wish_is_withdrawn_with_a_reason(offer, client_of, joko):
    client = client_of(joko)
    client.post(f"/permintaan/{offer.public_id}/tarik/")
    offer.refresh_from_db()
    assert offer.state == Reservation.State.OFFERED
    client.post(f"/permintaan/{offer.public_id}/tarik/", {"reason": "Anggaran dipotong"})
    offer.refresh_from_db()
    assert offer.state == Reservation.State.WITHDRAWN
    assert ReservedWorker.objects.filter(released_at__isnull=True).count() == 0


def test_nobody_fits_is_said_in_words(client_of, joko, rina, pt_maju):
    client_of(joko).post("/permintaan/baru/", {"sponsor": pt_maju.public_id, "wanted": "3", "region": ""})
    wish = Reservation.objects.get()
    answer = client_of(rina).post(f"/permintaan/{wish.public_id}/tawarkan/", follow=True).content.decode()
    assert "longgarkan wilayah" in answer or "melonggarkan wilayah" in answer
    assert wish.workers.count() == 0


@pytest.mark.parametrize(
    ("wanted", "words"), [("", "Isi berapa"), ("tiga", "Isi dengan angka"), ("0", "Paling sedikit 1")]
)
def test_a_wish_that_makes_no_sense_says_what_to_write(wanted, words, client_of, joko, pt_maju):
    answer = client_of(joko).post("/permintaan/baru/", {"sponsor": pt_maju.public_id, "wanted": wanted})
    assert words in answer.content.decode()
    assert Reservation.objects.count() == 0


def test_what_waits_for_whom(wish, client_of, joko, rina, clock):
    assert [task.url for task in waiting.wish_tasks(rina, clock)] == [f"/permintaan/{wish.public_id}/"]
    assert waiting.wish_tasks(joko, clock) == []
    client_of(rina).post(f"/permintaan/{wish.public_id}/tawarkan/")
    (task,) = waiting.wish_tasks(joko, clock)
    assert task.deadline == SystemClock().today() + timedelta(days=14)
    assert waiting.wish_tasks(rina, clock) == []


def test_tono_cannot(offer, client_of, tono, pt_maju):
    client = client_of(tono)
    address = f"/permintaan/{offer.public_id}/"
    assert "Brangsong" not in client.get("/permintaan/").content.decode()
    assert client.get(address).status_code == 404
    assert client.post(address + "tawarkan/").status_code == 403
    assert [client.post(address + part, {"reason": "x"}).status_code for part in ("terima/", "tarik/")] == [404] * 2
    assert client.post("/permintaan/baru/", {"sponsor": pt_maju.public_id, "wanted": "3"}).status_code == 200
    assert Reservation.objects.count() == 1
    assert Enrolment.objects.count() == 0
