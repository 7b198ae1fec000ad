"""Sponsors are made known once, changed by name, and seen by whom they concern."""

import re

import pytest
from django.db import IntegrityError, connection, transaction

from payung.access.errors import NotPermittedError
from payung.access.models import Invitation
from payung.access.permissions import Role
from payung.access.selectors import viewer_of
from payung.access.services import accept_invitation
from payung.access.viewer import ANONYMOUS_VIEWER, SYSTEM_VIEWER
from payung.audit.models import AuditEvent, AuditLine
from payung.kernel.month import Month
from payung.messages.models import Message
from payung.messages.services import send_waiting
from payung.registry.errors import UnknownRegionError
from payung.sponsors.errors import (
    OtherOfficeError,
    SponsorCodeTakenError,
    SponsorDataError,
    UnknownSponsorError,
)
from payung.sponsors.models import CivilServant, Sponsor
from payung.sponsors.selectors import (
    civil_servants_visible_to,
    masked_nips,
    pledges_visible_to,
    sponsor_by_code,
    sponsor_for,
    sponsors_visible_to,
)
from payung.sponsors.services import (
    NewCivilServant,
    add_civil_servants,
    add_sponsor,
    invite_clerk,
    make_pledge,
    update_sponsor,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NIP = "198505122010012003"


def add(viewer, clock, code="MAJU", **facts):
    known = {"name": "PT Maju", "funds": "CSR"} | facts
    return add_sponsor(code, **known, acting_user=viewer, clock=clock)


@pytest.fixture
def office(rina, clock):
    """The education office, whose civil servants carry workers."""
    return add(rina, clock, "DIKBUD", name="Dinas Pendidikan", funds="ASN")


def test_an_officer_makes_a_company_known_and_the_record_says_so(rina, clock):
    sponsor = add(rina, clock, contact_email=" Joko@Maju.example ", own_employees=120)
    assert (sponsor.code, sponsor.funds, sponsor.contact_email) == ("MAJU", "CSR", "joko@maju.example")
    event = AuditEvent.objects.get(action="sponsors.sponsor.add")
    assert AuditLine.objects.get(event=event).object_id == str(sponsor.public_id)


@pytest.mark.parametrize("code", ["MAJU", "maju", " Maju "])
def test_a_code_is_taken_once_in_whatever_case(rina, clock, code):
    add(rina, clock)
    with pytest.raises(SponsorCodeTakenError):
        add(rina, clock, code)


def test_the_database_itself_refuses_the_same_code_in_another_case(rina, clock):
    add(rina, clock)
    with pytest.raises(IntegrityError), transaction.atomic():
        Sponsor.objects.create(code="maju", name="Lain", funds="CSR", recorded_at=clock.now())


@pytest.mark.parametrize("wrong", [{"funds": "LOTRE"}, {"code": ""}, {"name": ""}])
def test_the_database_itself_refuses_a_sponsor_that_cannot_be(rina, clock, wrong):
    sponsor = add(rina, clock)
    with pytest.raises(IntegrityError), transaction.atomic():
        Sponsor.objects.filter(pk=sponsor.pk).update(**wrong)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"code": "dua kata"}, "code"),
        ({"code": ""}, "code"),
        ({"code": "../x"}, "code"),
        ({"name": "  "}, "name"),
        ({"name": "A" * 151}, "name"),
        ({"funds": "LOTRE"}, "funds"),
        ({"contact_email": "bukan surel"}, "contact_email"),
        ({"own_employees": -1}, "own_employees"),
    ],
)
def test_a_fact_that_cannot_be_is_named(rina, clock, facts, field):
    with pytest.raises(SponsorDataError) as refused:
        add(rina, clock, **facts)
    assert refused.value.field == field
    assert not Sponsor.objects.exists()


def test_a_sponsor_stands_in_a_village_that_exists(kendal, rina, clock):
    assert add(rina, clock, village_code="33.24.15.1001").village_id == "33.24.15.1001"
    with pytest.raises(UnknownRegionError):
        add(rina, clock, "LAIN", village_code="33.24.15")


def test_only_named_facts_change_and_the_record_keeps_both_hashes(rina, clock):
    sponsor = add(rina, clock, npp="AB12")
    update_sponsor(sponsor, changes={"name": "PT Maju Jaya"}, reason="akta baru", acting_user=rina, clock=clock)
    changed = Sponsor.objects.get()
    assert (changed.name, changed.npp) == ("PT Maju Jaya", "AB12")
    event = AuditEvent.objects.get(action="sponsors.sponsor.update")
    line = AuditLine.objects.get(event=event)
    assert event.reason == "akta baru"
    assert bytes(line.before) != bytes(line.after)


def test_a_change_that_changes_nothing_leaves_no_trace(rina, clock):
    update_sponsor(add(rina, clock), changes={"name": "PT Maju"}, acting_user=rina, clock=clock)
    assert not AuditEvent.objects.filter(action="sponsors.sponsor.update").exists()


@pytest.mark.parametrize("field", ["code", "public_id", "recorded_at", "id"])
def test_what_names_a_sponsor_never_changes(rina, clock, field):
    with pytest.raises(SponsorDataError, match="unchangeable"):
        update_sponsor(add(rina, clock), changes={field: "X"}, acting_user=rina, clock=clock)


def test_funds_stay_once_a_pledge_was_made(rina, clock):
    sponsor = add(rina, clock)
    update_sponsor(sponsor, changes={"funds": "DONASI"}, acting_user=rina, clock=clock)
    make_pledge(sponsor, workers=1, first_month=Month.from_text("2026-12"), acting_user=rina, clock=clock)
    with pytest.raises(SponsorDataError, match="pledged"):
        update_sponsor(sponsor, changes={"funds": "APBD"}, acting_user=rina, clock=clock)
    assert Sponsor.objects.get().funds == "DONASI"


def test_an_invited_clerk_gets_a_letter_and_reaches_that_company_alone(rina, clock, mailoutbox, tono):
    sponsor = add(rina, clock)
    invitation = invite_clerk(sponsor, email="joko@maju.example", name="Joko", acting_user=rina, clock=clock)
    assert Message.objects.get().source == f"access.invitation:{invitation.public_id}"
    send_waiting(clock=clock)
    token = re.search(r"/undangan/([^/\s]+)/", mailoutbox[0].body)[1]
    joko = viewer_of(accept_invitation(token, name="Joko", password="sandi-yang-panjang", clock=clock))
    assert list(sponsors_visible_to(joko)) == [sponsor]
    assert "PT Maju" in mailoutbox[0].body


def test_nobody_is_invited_to_a_company_in_a_role_of_the_office(rina, clock):
    with pytest.raises(SponsorDataError, match="role"):
        invite_clerk(
            add(rina, clock), email="a@b.example", name="A", role=Role.PETUGAS_DINAS, acting_user=rina, clock=clock
        )
    assert not Invitation.objects.exists()


def test_the_same_address_may_be_invited_again(rina, clock):
    sponsor = add(rina, clock)
    for _ in range(2):
        invite_clerk(sponsor, email="joko@maju.example", name="Joko", acting_user=rina, clock=clock)
    assert Message.objects.count() == 2


def test_civil_servants_are_added_once_in_the_order_of_the_list(office, rina, clock):
    rows = [NewCivilServant("Bu Ani", NIP), NewCivilServant("Pak Eko", "198505122010011004")]
    first = add_civil_servants(office, rows=rows, acting_user=rina, clock=clock)
    again = add_civil_servants(office, rows=[rows[1], rows[0], rows[1]], acting_user=rina, clock=clock)
    assert again == [first[1], first[0], first[1]]
    assert CivilServant.objects.count() == 2
    assert AuditEvent.objects.get(action="sponsors.civil_servants.add").line_count == 2


def test_a_nip_is_sealed_and_shown_masked(office, rina, clock):
    add_civil_servants(office, rows=[NewCivilServant("Bu Ani", NIP)], acting_user=rina, clock=clock)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sponsors_civilservant")
        assert NIP not in repr(cursor.fetchall())
    person = CivilServant.objects.get()
    assert masked_nips([person]) == {person.pk: "1985•••••••••••003"}
    assert NIP not in repr(NewCivilServant("Bu Ani", NIP))


def test_a_civil_servant_of_another_office_is_refused_with_the_row(office, rina, clock):
    add_civil_servants(office, rows=[NewCivilServant("Bu Ani", NIP)], acting_user=rina, clock=clock)
    other = add(rina, clock, "DINKES", name="Dinas Kesehatan", funds="ASN")
    rows = [NewCivilServant("Baru", "198505122010011009"), NewCivilServant("Bu Ani", NIP)]
    with pytest.raises(OtherOfficeError) as refused:
        add_civil_servants(other, rows=rows, acting_user=rina, clock=clock)
    assert refused.value.positions == (1,)
    assert CivilServant.objects.count() == 1


def test_the_database_itself_keeps_a_civil_servant_in_one_office(office, rina, clock):
    add_civil_servants(office, rows=[NewCivilServant("Bu Ani", NIP)], acting_user=rina, clock=clock)
    twin = CivilServant.objects.get()
    twin.pk, twin.public_id = None, "01890000-0000-7000-8000-000000000001"
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


@pytest.mark.parametrize("row", [NewCivilServant("", NIP), NewCivilServant("A", "123"), NewCivilServant("A", "x" * 18)])
def test_a_civil_servant_without_name_or_nip_is_refused(office, rina, clock, row):
    with pytest.raises(SponsorDataError):
        add_civil_servants(office, rows=[row], acting_user=rina, clock=clock)


def test_only_an_office_of_asn_peduli_has_civil_servants(rina, clock):
    with pytest.raises(SponsorDataError, match="not-asn"):
        add_civil_servants(add(rina, clock), rows=[], acting_user=rina, clock=clock)


def test_a_sponsor_is_found_by_its_code_in_whatever_case(pt_maju):
    assert sponsor_by_code(" ptmaju ") == pt_maju
    with pytest.raises(UnknownSponsorError, match="TIDAKADA"):
        sponsor_by_code("TIDAKADA")


def test_the_office_and_the_auditor_see_every_sponsor_a_company_itself(pt_maju, rina, agus, joko, tono):
    assert sponsors_visible_to(rina).count() == sponsors_visible_to(agus).count() == 2
    assert list(sponsors_visible_to(joko)) == [pt_maju]
    assert sponsor_for(joko, pt_maju.public_id) == pt_maju


def test_tono_cannot_see_another_company(pt_maju, tono, office, rina, clock):
    add_civil_servants(office, rows=[NewCivilServant("Bu Ani", NIP)], acting_user=rina, clock=clock)
    make_pledge(pt_maju, workers=1, first_month=Month.from_text("2026-12"), acting_user=rina, clock=clock)
    assert pt_maju not in sponsors_visible_to(tono)
    assert not pledges_visible_to(tono).exists()
    assert not civil_servants_visible_to(tono).exists()
    for look in (lambda: sponsor_for(tono, pt_maju.public_id), lambda: sponsor_by_code("PTMAJU", viewer=tono)):
        with pytest.raises(UnknownSponsorError):
            look()


def test_a_visitor_sees_nothing_and_a_wrong_id_is_not_found(pt_maju, rina):
    assert not sponsors_visible_to(ANONYMOUS_VIEWER).exists()
    with pytest.raises(UnknownSponsorError):
        sponsor_for(rina, "bukan-uuid")


@pytest.mark.parametrize("who", ["tono", "joko", "agus", "wulan", "dewi"])
def test_tono_and_whoever_only_reads_cannot_write_sponsors(pt_maju, clock, who, request):
    viewer = request.getfixturevalue(who)
    office = add(SYSTEM_VIEWER, clock, "DIKBUD", name="Dinas Pendidikan", funds="ASN")
    with pytest.raises(NotPermittedError):
        add(viewer, clock, "BARU")
    with pytest.raises(NotPermittedError):
        update_sponsor(pt_maju, changes={"name": "X"}, acting_user=viewer, clock=clock)
    with pytest.raises(NotPermittedError):
        invite_clerk(pt_maju, email="x@y.example", name="X", acting_user=viewer, clock=clock)
    with pytest.raises(NotPermittedError):
        add_civil_servants(office, rows=[NewCivilServant("A", NIP)], acting_user=viewer, clock=clock)
