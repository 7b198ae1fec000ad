"""Determination: its basis, its two persons, and the very list that was prepared."""

import pytest
from django.db import IntegrityError, transaction

from payung.access.errors import NotPermittedError, SamePersonError
from payung.access.services import operator_viewer
from payung.enrolment.bases import BASES_OF
from payung.enrolment.errors import DeterminationDecidedError, ListChangedError, NothingToDoError, WrongBasisError
from payung.enrolment.models import Determination, Enrolment
from payung.enrolment.selectors import determinations_visible_to, standing_of, work_waiting
from payung.enrolment.services import (
    approve_determination,
    leave,
    prepare_determination,
    register_in_wadah,
    withdraw_determination,
)
from payung.kernel.funds import SumberDana
from payung.registry.models import Worker
from payung.vault.files import read
from tests.enrolment.people import add_workers, jump, propose, register_all, states

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LETTER = {"basis": "surat_komitmen", "number": "012/CSR/2026", "file": b"%PDF-1.4 surat", "file_name": "surat.pdf"}


@pytest.fixture
def checked(pt_maju, wulan, clock):
    enrolments = propose(add_workers(3, clock=clock), pt_maju, by=wulan, clock=clock)
    for state in ("verified", "matched", "checked"):
        jump(enrolments, state, by=wulan, clock=clock)
    return enrolments


def _prepare(sponsor, by, clock, **given):
    return prepare_determination(sponsor, **{"dated_on": clock.today(), **LETTER, **given}, acting_user=by, clock=clock)


def _approve(made, by, clock, **given):
    return approve_determination(made, **{"seen_hash": bytes(made.content_hash), **given}, acting_user=by, clock=clock)


def test_prepared_by_one_and_approved_by_another(pt_maju, checked, rina, wulan, clock):
    made = _prepare(pt_maju, rina, clock)
    assert states(checked) == ["checked"] * 3
    approved = _approve(made, wulan, clock)
    assert states(checked) == ["determined"] * 3
    assert (approved.prepared_label, approved.approved_label) == ("Rina", "Wulan")
    assert not approved.operator_played_both
    assert read(approved.file_sha256) == LETTER["file"]


def test_whoever_prepared_it_cannot_approve_it(pt_maju, checked, rina, wulan, clock):
    made = _prepare(pt_maju, rina, clock)
    with pytest.raises(NotPermittedError):
        _approve(made, rina, clock)
    Determination.objects.update(prepared_by=wulan.actor.id)
    with pytest.raises(SamePersonError):
        _approve(made, wulan, clock)


def test_the_database_asks_for_two_persons_too(pt_maju, checked, rina, clock):
    made = _prepare(pt_maju, rina, clock)
    same = {"approved_by": rina.actor.id, "approved_at": clock.now(), "approved_hash": made.content_hash}
    with pytest.raises(IntegrityError), transaction.atomic():
        Determination.objects.filter(pk=made.pk).update(**same)
    with pytest.raises(IntegrityError), transaction.atomic():
        Determination.objects.filter(pk=made.pk).update(**same | {"approved_by": "x", "approved_hash": bytes(32)})


def test_the_operator_may_play_both_parts_and_the_record_says_so(pt_maju, checked, clock):
    operator = operator_viewer("root", clock=clock)
    made = _approve(_prepare(pt_maju, operator, clock), operator, clock)
    assert made.operator_played_both


def test_a_name_mended_in_between_stops_the_approval(pt_maju, checked, rina, wulan, clock):
    made = _prepare(pt_maju, rina, clock)
    Worker.objects.filter(enrolments=checked[0]).update(name="Sari Dewi")
    with pytest.raises(ListChangedError):
        _approve(made, wulan, clock)
    assert states(checked) == ["checked"] * 3


def test_a_person_gone_in_between_stops_the_approval(pt_maju, checked, rina, wulan, clock):
    made = _prepare(pt_maju, rina, clock)
    leave(checked[:1], reason="menolak", acting_user=rina, clock=clock)
    with pytest.raises(ListChangedError):
        _approve(made, wulan, clock)


def test_the_approver_approves_what_they_saw(pt_maju, checked, rina, wulan, clock):
    made = _prepare(pt_maju, rina, clock)
    with pytest.raises(ListChangedError):
        _approve(made, wulan, clock, seen_hash=bytes(32))


def test_a_withdrawn_list_may_be_prepared_anew(pt_maju, checked, rina, wulan, clock):
    made = _prepare(pt_maju, rina, clock)
    with pytest.raises(NothingToDoError):
        _prepare(pt_maju, rina, clock)
    withdraw_determination(made, reason="salah nomor", acting_user=rina, clock=clock)
    with pytest.raises(DeterminationDecidedError):
        _approve(made, wulan, clock)
    _approve(_prepare(pt_maju, rina, clock, number="013/CSR/2026"), wulan, clock)
    assert states(checked) == ["determined"] * 3


@pytest.mark.parametrize(
    "given",
    [{"basis": "sk_bupati"}, {"number": " "}, {"file": b""}],
    ids=["a decree for a company", "no number", "no file"],
)
def test_no_list_without_its_basis(given, pt_maju, checked, rina, clock):
    with pytest.raises(WrongBasisError):
        _prepare(pt_maju, rina, clock, **given)
    assert not Determination.objects.exists()


def test_every_kind_of_funds_has_its_basis():
    assert set(BASES_OF) == set(SumberDana)
    assert all(BASES_OF[funds] for funds in SumberDana)


def test_only_determined_persons_enter_a_wadah(pt_maju, checked, rina, wulan, clock):
    _approve(_prepare(pt_maju, rina, clock, enrolment_ids=checked[:2]), wulan, clock)
    wadah = register_all(pt_maju, by=rina, clock=clock)
    assert states(checked) == ["registered", "registered", "checked"]
    assert Enrolment.objects.get(pk=checked[0]).wadah == wadah
    with pytest.raises(NothingToDoError):
        register_in_wadah(wadah, sponsor=pt_maju, acting_user=rina, clock=clock)


def test_the_standing_names_the_approver_while_a_list_waits(pt_maju, checked, rina, wulan, clock):
    _prepare(pt_maju, rina, clock)
    row = Enrolment.objects.select_related("worker", "wadah").get(pk=checked[0])
    standing = standing_of(row, on=clock.today())
    assert (standing.code, standing.who_must_act) == ("checked:disiapkan", "penyetuju")
    assert "approve" in {step.code for step in work_waiting(wulan)}
    assert "determine" not in {step.code for step in work_waiting(rina)}


def test_tono_cannot_prepare_or_see(pt_maju, checked, rina, joko, tono, clock):
    made = _prepare(pt_maju, rina, clock)
    with pytest.raises(NotPermittedError):
        _prepare(pt_maju, tono, clock)
    with pytest.raises(NotPermittedError):
        _approve(made, tono, clock)
    assert not determinations_visible_to(tono).exists()
    assert determinations_visible_to(joko).get() == made
