"""The same rows again, in another order or format: one list, and it says so."""

import random

import pytest

from payung.audit.models import AuditEvent
from payung.intake.models import StagedRow, Upload
from payung.intake.services import apply_upload, receive_upload, stage_upload, undo_upload
from tests.intake.formats import as_csv, as_ods, as_xlsx, people

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("kendal")]


@pytest.fixture
def hand_in(pt_maju, joko, clock):
    """`hand_in(content, "x.csv")`: received and staged; gives the upload."""

    def take(content, name, *, sponsor=pt_maju, by=joko, replaces=None):
        told = {"sponsor": sponsor, "acting_user": by, "clock": clock, "replaces": replaces}
        received = receive_upload(content, file_name=name, **told)
        return received.upload if received.is_repeat else stage_upload(received.upload, acting_user=by, clock=clock)

    return take


def shuffled(rows):
    rows = list(rows)
    random.Random(4).shuffle(rows)
    return rows


def faulty():
    """Forty people, some with faults: what cannot be read counts as it is written."""
    rows = people(40)
    rows[3][0] = "33240912"
    rows[5][4] = "Negeri Awan"
    rows[8][1] = ""
    rows[9] = list(rows[10])
    return rows


@pytest.mark.parametrize(
    ("name", "write"),
    [("a.csv", as_csv), ("a.ods", as_ods), ("a.txt", lambda rows: as_csv(rows, delimiter="\t")), ("a.xlsx", as_xlsx)],
)
def test_the_same_rows_in_another_order_and_format_change_nothing(name, write, hand_in):
    first = hand_in(as_xlsx(faulty()), "asli.xlsx")
    rows = StagedRow.objects.count()
    again = hand_in(write(shuffled(faulty())), name)
    assert (again.state, again.repeats_id, again.row_count) == (Upload.State.REPEATED, first.pk, 0)
    assert StagedRow.objects.count() == rows == first.row_count == 40
    assert AuditEvent.objects.filter(action="intake.upload.repeat").count() == 1


def test_the_repeated_file_leads_to_the_earlier_list_at_once_when_it_comes_again(hand_in):
    first = hand_in(as_xlsx(people(5)), "asli.xlsx")
    hand_in(as_csv(people(5)), "a.csv")
    assert hand_in(as_csv(people(5)), "b.csv").pk == first.pk
    assert Upload.objects.count() == 2


@pytest.mark.parametrize(
    ("place", "value"), [(0, "3324091401850099"), (1, "Orang Lain"), (4, "Kebonadem"), (7, "0813")]
)
def test_one_cell_of_one_row_makes_another_list(place, value, hand_in):
    hand_in(as_xlsx(people(20)), "asli.xlsx")
    changed = people(20)
    changed[7][place] = value
    assert hand_in(as_csv(changed), "a.csv").state == Upload.State.STAGED


@pytest.mark.parametrize("change", [lambda rows: rows[:-1], lambda rows: [*rows, rows[0]]])
def test_a_row_less_or_twice_makes_another_list(change, hand_in):
    hand_in(as_xlsx(people(20)), "asli.xlsx")
    assert hand_in(as_csv(change(people(20))), "a.csv").state == Upload.State.STAGED


def test_a_mended_file_in_which_nothing_was_mended_repeats_the_one_before(hand_in):
    first = hand_in(as_xlsx(faulty()), "asli.xlsx")
    again = hand_in(as_csv(shuffled(faulty())), "perbaikan.csv", replaces=first)
    first.refresh_from_db()
    assert (again.repeats_id, first.state) == (first.pk, Upload.State.STAGED)


def test_an_applied_list_is_known_again_and_one_that_was_undone_is_not(hand_in, wulan, clock):
    first = hand_in(as_xlsx(people(5)), "asli.xlsx")
    apply_upload(first, approved_hash=bytes(first.content_hash), acting_user=wulan, clock=clock)
    assert hand_in(as_csv(people(5)), "a.csv").repeats_id == first.pk
    first.refresh_from_db()
    undo_upload(first, reason="Keliru", acting_user=wulan, clock=clock)
    assert hand_in(as_csv(people(5)), "a.csv").state == Upload.State.STAGED


def test_another_company_and_the_office_may_hand_in_the_same_people(hand_in, rina, tono, pt_maju):
    hand_in(as_xlsx(people(5)), "asli.xlsx")
    assert hand_in(as_csv(people(5)), "a.csv", sponsor=None, by=rina).state == Upload.State.STAGED
    tonos = tono.scope_of("list:upload").sponsors
    lain = type(pt_maju).objects.get(public_id__in=tonos)
    assert hand_in(as_csv(people(5)), "a.csv", sponsor=lain, by=tono).state == Upload.State.STAGED
