"""A NIK is shown for a purpose, to whoever may, and the record knows."""

import pytest

from payung.access.errors import NotPermittedError
from payung.audit.models import AuditEvent, AuditLine
from payung.registry.errors import PurposeError
from payung.registry.selectors import masked_niks
from payung.registry.services import Purpose, reveal_nik, reveal_workers

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NIK = "3324095205850003"


def test_a_nik_is_shown_and_the_record_says_to_whom_and_why(sari, rina):
    assert reveal_nik(sari, purpose=Purpose.KLAIM, note="klaim 12/2026", acting_user=rina) == NIK
    event = AuditEvent.objects.get(action="registry.worker.reveal")
    assert (event.actor_label, event.reason) == ("Rina", "klaim: klaim 12/2026")
    assert AuditLine.objects.get(event=event).object_id == str(sari.public_id)


def test_a_nik_in_the_note_does_not_get_into_the_record(sari, rina):
    reveal_nik(sari, purpose="pengaduan", note=f"menelepon, NIK {NIK}", acting_user=rina)
    assert AuditEvent.objects.get(action="registry.worker.reveal").reason.endswith("3324••••••••0003")


@pytest.mark.parametrize(("purpose", "note"), [("ingin tahu", "x"), (Purpose.KLAIM, "  ")])
def test_without_a_purpose_of_the_list_and_a_word_nothing_is_shown(sari, rina, purpose, note):
    with pytest.raises(PurposeError):
        reveal_nik(sari, purpose=purpose, note=note, acting_user=rina)
    assert not AuditEvent.objects.filter(action="registry.worker.reveal").exists()


@pytest.mark.parametrize("who", ["tono", "joko", "dewi", "agus"])
def test_tono_and_whoever_may_not_cannot_see_a_nik(sari, who, request):
    with pytest.raises(NotPermittedError):
        reveal_nik(sari, purpose=Purpose.KLAIM, note="x", acting_user=request.getfixturevalue(who))


def test_many_are_revealed_in_their_order_by_one_event(register, rina):
    workers = [register(f"Orang {number}", number, phone=f"08120000000{number}") for number in (3, 1, 2)]
    shown = reveal_workers(workers, purpose=Purpose.PADAN_DUKCAPIL, note="kiriman 1", acting_user=rina)
    assert [person.nik[-1] for person in shown] == ["3", "1", "2"]
    assert [person.phone[-1] for person in shown] == ["3", "1", "2"]
    assert AuditEvent.objects.get(action="registry.worker.reveal").line_count == 3


def test_what_was_revealed_does_not_print(sari, rina):
    shown = reveal_workers([sari], purpose=Purpose.KLAIM, note="x", acting_user=rina)[0]
    assert NIK not in repr(shown)


def test_lists_show_the_nik_masked(sari):
    assert masked_niks([sari]) == {sari.pk: "3324••••••••0003"}
