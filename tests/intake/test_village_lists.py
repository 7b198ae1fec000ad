"""A village hands in its own people, and nobody else's."""

import pytest

from payung.access.errors import NotPermittedError
from payung.access.permissions import Role
from payung.intake.models import Upload
from payung.intake.selectors import uploads_visible_to
from payung.intake.services import apply_upload, hand_back_marked, receive_upload, stage_upload, submit_upload
from payung.registry.models import Region, Worker
from tests.cast import REACH, ScopeKind, add_viewer
from tests.intake.formats import as_csv, people

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("kendal")]


@pytest.fixture
def village(kendal) -> Region:
    """The village of the officer."""
    return Region.objects.get(pk=REACH[ScopeKind.VILLAGE])


@pytest.fixture
def siti(clock):
    """The officer of one village."""
    return add_viewer("Siti", Role.PETUGAS_DESA, clock=clock)


@pytest.fixture
def of_village(village, siti, clock):
    """Ten people of the village and two of another, staged by Siti."""
    rows = people(12)
    for row in rows[:10]:
        row[4], row[5] = village.name, village.parent.name
    told = {"sponsor": None, "village": village, "acting_user": siti, "clock": clock}
    return stage_upload(
        receive_upload(as_csv(rows), file_name="desa.csv", **told).upload, acting_user=siti, clock=clock
    )


def test_people_of_other_villages_go_to_repair_with_the_reason(of_village, village):
    assert of_village.counts == {"accepted": 10, "repair:village-elsewhere": 2}
    (problem,) = of_village.rows.filter(fate__startswith="repair").first().problems
    assert (problem["found"], problem["expected"]) == ("Brangsong, Brangsong", f"{village.name}, {village.parent.name}")


def test_the_list_goes_its_way_as_the_offices_own_data(of_village, siti, wulan, clock):
    submit_upload(of_village, acting_user=siti, clock=clock)
    applied = apply_upload(of_village, approved_hash=bytes(of_village.content_hash), acting_user=wulan, clock=clock)
    assert (applied.registered, applied.enrolled) == (10, 0)
    assert set(Worker.objects.values_list("village_id", flat=True)) == {of_village.village_id}


def test_the_officer_sees_the_villages_lists_and_the_marked_workbook(of_village, siti, rina, joko):
    assert list(uploads_visible_to(siti)) == list(uploads_visible_to(rina)) == [of_village]
    assert not uploads_visible_to(joko).exists()
    assert hand_back_marked(of_village, sentence=str, acting_user=siti)


def test_another_village_and_the_office_are_out_of_reach(siti, village, pt_maju, clock):
    other = Region.objects.filter(level=4).exclude(pk=village.pk).first()
    for whose in ({"village": other, "sponsor": None}, {"village": None, "sponsor": None}, {"sponsor": pt_maju}):
        with pytest.raises(NotPermittedError):
            receive_upload(b"x", file_name="x.csv", acting_user=siti, clock=clock, **whose)
    assert Upload.objects.count() == 0


def test_tono_cannot(of_village, village, tono, clock):
    with pytest.raises(NotPermittedError):
        receive_upload(b"x", file_name="x.csv", sponsor=None, village=village, acting_user=tono, clock=clock)
    with pytest.raises(NotPermittedError):
        submit_upload(of_village, acting_user=tono, clock=clock)


def test_two_villages_may_hand_in_one_file_and_neither_learns_of_the_other(of_village, clock, siti):
    other = Region.objects.get(code="33.24.10.2001")
    warno = add_viewer("Warno", Role.PETUGAS_DINAS, clock=clock)
    told = {"sponsor": None, "acting_user": warno, "clock": clock}
    content = as_csv(people(3))
    first = receive_upload(content, file_name="x.csv", village=of_village.village, **told)
    second = receive_upload(content, file_name="x.csv", village=other, **told)
    office = receive_upload(content, file_name="x.csv", **told)
    assert not (first.is_repeat or second.is_repeat or office.is_repeat)
    assert other.pk not in set(uploads_visible_to(siti).values_list("village_id", flat=True))
