"""Places in a pledge through the door: the list was there before the pledge."""

import pytest

from payung.enrolment.models import Enrolment
from payung.web.enrolment import waiting
from tests.enrolment.people import add_pledge, add_workers, propose

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def without_place(pt_maju, wulan, clock):
    return propose(add_workers(3, clock=clock), pt_maju, by=wulan, clock=clock)


def placed():
    return list(Enrolment.objects.filter(pledge__isnull=False).order_by("position").values_list("pk", flat=True))


def test_joko_gives_the_first_of_his_list_their_places(joko, without_place, pt_maju, client_of, clock):
    assert waiting.place_tasks(joko, clock) == []
    pledge = add_pledge(pt_maju, quota=2, clock=clock)
    (task,) = waiting.place_tasks(joko, clock)
    assert (task.count, task.title) == (3, "PT Maju: 3 orang belum punya tempat dalam janji")
    client = client_of(joko)
    assert 'value="3"' in client.get(task.url).content.decode()
    full = client.post(task.url, {"janji": pledge.public_id, "jumlah": "3"}, follow=True).content.decode()
    assert "Tempat dalam janji tidak cukup" in full
    assert placed() == []
    answer = client.post(task.url, {"janji": pledge.public_id, "jumlah": "2"}, follow=True).content.decode()
    assert "2 orang mendapat tempat dalam janji" in answer
    assert placed() == without_place[:2]


@pytest.mark.parametrize("count", ["", "0", "-1", "semua", "9" * 30])
def test_a_number_that_is_none_gives_no_places(rina, without_place, pt_maju, client_of, clock, count):
    pledge = add_pledge(pt_maju, quota=5, clock=clock)
    fields = {"janji": pledge.public_id, "jumlah": count}
    assert "Isi berapa orang" in client_of(rina).post("/pendaftaran/janji/", fields, follow=True).content.decode()
    assert placed() == []


def test_tono_cannot_give_places_in_anothers_pledge(tono, without_place, pt_maju, client_of, clock):
    pledge = add_pledge(pt_maju, quota=5, clock=clock)
    client = client_of(tono)
    assert client.post("/pendaftaran/janji/", {"janji": pledge.public_id, "jumlah": "3"}).status_code == 404
    assert "PT Maju" not in client.get("/pendaftaran/janji/").content.decode()
    assert waiting.place_tasks(tono, clock) == []
    assert placed() == []
