"""Cases 128 and 129 on the real parts: a list beyond its pledge, or without a pledge that stands, is refused whole."""

import pytest

from payung.intake.errors import WrongStateError
from payung.intake.models import AppliedRow, Upload
from payung.intake.services import apply_upload, receive_upload, stage_upload, submit_upload
from payung.registry.models import Worker
from payung.sponsors.models import Pledge
from tests.enrolment.people import add_pledge
from tests.intake.formats import as_csv, people

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("kendal")]


def staged(pledge: Pledge, viewer, clock, *, rows: int = 3, first: int = 1) -> Upload:
    received = receive_upload(
        as_csv(people(rows, first=first)),
        file_name="daftar.csv",
        sponsor=pledge.sponsor,
        pledge=pledge,
        acting_user=viewer,
        clock=clock,
    )
    return stage_upload(received.upload, acting_user=viewer, clock=clock)


def codes(upload: Upload) -> list[str]:
    return [problem["code"] for problem in upload.problems]


def assert_refused_and_closed(upload: Upload, code: str, joko, wulan, clock) -> None:
    assert (upload.state, codes(upload)) == ("refused", [code])
    with pytest.raises(WrongStateError):
        submit_upload(upload, acting_user=joko, clock=clock)
    with pytest.raises(WrongStateError):
        apply_upload(upload, approved_hash=bytes(upload.content_hash), acting_user=wulan, clock=clock)
    assert (Worker.objects.count(), AppliedRow.objects.count()) == (0, 0)


def test_a_list_beyond_its_pledge_is_refused_with_the_shortfall(pt_maju, joko, wulan, clock):
    upload = staged(add_pledge(pt_maju, quota=2, clock=clock), joko, clock)
    assert_refused_and_closed(upload, "file:beyond-pledge", joko, wulan, clock)
    params = upload.problems[0]["params"]
    assert (params["workers"], params["room"], params["missing"]) == (3, 2, 1)
    assert params["shortfall"].startswith("Rp")


def test_places_that_earlier_lists_took_are_gone(pt_maju, joko, wulan, clock):
    pledge = add_pledge(pt_maju, quota=4, clock=clock)
    first = staged(pledge, joko, clock)
    assert first.state == "staged"
    apply_upload(first, approved_hash=bytes(first.content_hash), acting_user=wulan, clock=clock)
    second = staged(pledge, joko, clock, rows=2, first=10)
    assert (second.state, codes(second)) == ("refused", ["file:beyond-pledge"])
    assert staged(pledge, joko, clock, rows=1, first=20).state == "staged"


def test_people_who_stand_in_the_pledge_already_take_no_second_place(pt_maju, joko, wulan, clock):
    pledge = add_pledge(pt_maju, quota=3, clock=clock)
    first = staged(pledge, joko, clock)
    apply_upload(first, approved_hash=bytes(first.content_hash), acting_user=wulan, clock=clock)
    assert staged(pledge, joko, clock, rows=2).state == "staged"


def test_a_pledge_that_is_over_or_withdrawn_and_a_sponsor_who_left_take_no_list(pt_maju, joko, wulan, clock):
    over, withdrawn = add_pledge(pt_maju, quota=9, clock=clock), add_pledge(pt_maju, quota=9, clock=clock)
    Pledge.objects.filter(pk=over.pk).update(first_month=2025 * 12)
    Pledge.objects.filter(pk=withdrawn.pk).update(state="withdrawn")
    for pledge, code in ((over, "file:pledge-over"), (withdrawn, "file:pledge-withdrawn")):
        pledge.refresh_from_db()
        assert_refused_and_closed(staged(pledge, joko, clock), code, joko, wulan, clock)
    live = add_pledge(pt_maju, quota=9, clock=clock)
    pt_maju.is_active = False
    pt_maju.save()
    assert_refused_and_closed(staged(live, joko, clock), "file:sponsor-inactive", joko, wulan, clock)
