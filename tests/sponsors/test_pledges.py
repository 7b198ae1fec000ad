"""A pledge is made once, by the payer or the office, within what the law has terms and bases for."""

import pytest
from django.db import IntegrityError, transaction

from payung.access.errors import NotPermittedError
from payung.audit.models import AuditEvent
from payung.kernel.funds import Sektor
from payung.kernel.month import Month
from payung.registry.errors import UnknownOccupationError, UnknownRegionError
from payung.sponsors.errors import (
    ClientKeyReusedError,
    SponsorDataError,
    SponsorInactiveError,
    UnknownPledgeError,
)
from payung.sponsors.models import Pledge, Sponsor
from payung.sponsors.selectors import pledge_for, pledges_visible_to, sponsor_line, sponsor_lines
from payung.sponsors.services import make_pledge, price_pledge, withdraw_pledge

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DECEMBER = Month.from_text("2026-12")


def pledge(sponsor, viewer, clock, **facts):
    known = {"workers": 10, "first_month": DECEMBER} | facts
    return make_pledge(sponsor, **known, acting_user=viewer, clock=clock)


def test_a_clerk_pledges_for_their_company_six_months_of_band_one(pt_maju, joko, clock):
    made = pledge(pt_maju, joko, clock)
    assert (made.quota, made.first_month, made.months, made.dasar_upah_rp) == (10, int(DECEMBER), 6, 1_000_000)
    assert (made.pledged_by, made.pledged_on, made.state) == (joko.actor.id, clock.today(), "live")
    assert AuditEvent.objects.filter(action="sponsors.pledge.make").count() == 1


def test_the_same_request_sent_twice_makes_one_pledge(pt_maju, joko, clock):
    first = pledge(pt_maju, joko, clock, client_key="formulir-1")
    assert pledge(pt_maju, joko, clock, client_key="formulir-1") == first
    assert AuditEvent.objects.filter(action="sponsors.pledge.make").count() == 1
    with pytest.raises(ClientKeyReusedError):
        pledge(pt_maju, joko, clock, client_key="formulir-1", workers=11)


def test_two_companies_may_use_the_same_key(pt_maju, tono, joko, clock):
    other = Sponsor.objects.get(code="CVLAIN")
    assert pledge(pt_maju, joko, clock, client_key="1") != pledge(other, tono, clock, client_key="1")


def test_without_a_key_two_pledges_are_two(pt_maju, joko, clock):
    assert pledge(pt_maju, joko, clock) != pledge(pt_maju, joko, clock)


@pytest.mark.parametrize(
    ("facts", "field", "allowed"),
    [
        ({"workers": 0}, "workers", (1, 1_000_000)),
        ({"workers": 1_000_001}, "workers", (1, 1_000_000)),
        ({"months": 5}, "months", (1, 3, 6, 12)),
        ({"dasar_upah_rp": 1_100_000}, "dasar_upah_rp", (1_200_000,)),
        ({"dasar_upah_rp": -1}, "dasar_upah_rp", ()),
        ({"first_month": DECEMBER - 5}, "first_month", None),
        ({"first_month": DECEMBER + 24}, "first_month", None),
    ],
)
def test_a_pledge_that_cannot_be_says_what_could(pt_maju, joko, clock, facts, field, allowed):
    with pytest.raises(SponsorDataError) as refused:
        pledge(pt_maju, joko, clock, **facts)
    assert refused.value.field == field
    assert allowed is None or refused.value.allowed == allowed
    assert not Pledge.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"quota": 0}, {"months": 5}, {"state": "gone"}, {"dasar_upah_rp": 0}], ids=lambda wrong: next(iter(wrong))
)
def test_the_database_itself_refuses(pt_maju, joko, clock, wrong):
    made = pledge(pt_maju, joko, clock)
    with pytest.raises(IntegrityError), transaction.atomic():
        Pledge.objects.filter(pk=made.pk).update(**wrong)


def test_the_database_itself_refuses_a_key_twice(pt_maju, joko, clock):
    pledge(pt_maju, joko, clock, client_key="1")
    second = pledge(pt_maju, joko, clock)
    with pytest.raises(IntegrityError), transaction.atomic():
        Pledge.objects.filter(pk=second.pk).update(client_key="1")


def test_a_pledge_may_wish_for_a_kecamatan_and_an_occupation_that_exist(kendal, pt_maju, joko, clock):
    made = pledge(pt_maju, joko, clock, village_wish="33.24.08", occupation_wish="tukang-ojek")
    assert made.village_wish.name == "Kaliwungu"
    with pytest.raises(UnknownRegionError):
        pledge(pt_maju, joko, clock, village_wish="33.24")
    with pytest.raises(UnknownOccupationError):
        pledge(pt_maju, joko, clock, occupation_wish="astronot")


def test_a_renewal_follows_a_pledge_of_the_same_sponsor(pt_maju, joko, tono, rina, clock):
    first = pledge(pt_maju, joko, clock)
    assert pledge(pt_maju, joko, clock, renewal_of=first, first_month=DECEMBER + 6).renewal_of == first
    other = pledge(Sponsor.objects.get(code="CVLAIN"), tono, clock)
    with pytest.raises(SponsorDataError, match="other-sponsor"):
        pledge(pt_maju, joko, clock, renewal_of=other)


def test_a_sponsor_that_left_makes_no_pledge(pt_maju, joko, clock):
    Sponsor.objects.filter(pk=pt_maju.pk).update(is_active=False)
    with pytest.raises(SponsorInactiveError):
        pledge(pt_maju, joko, clock)


def test_a_withdrawn_pledge_stays_and_is_withdrawn_once(pt_maju, joko, clock):
    made = pledge(pt_maju, joko, clock)
    for _ in range(2):
        withdraw_pledge(made, reason="Perusahaan tutup", acting_user=joko, clock=clock)
    assert Pledge.objects.get().state == "withdrawn"
    assert AuditEvent.objects.get(action="sponsors.pledge.withdraw").reason == "Perusahaan tutup"


def test_a_pledge_is_not_withdrawn_without_a_reason(pt_maju, joko, clock):
    made = pledge(pt_maju, joko, clock)
    with pytest.raises(SponsorDataError, match="reason"):
        withdraw_pledge(made, reason=" ", acting_user=joko, clock=clock)


@pytest.mark.parametrize("who", ["tono", "agus", "dewi", "wulan"])
def test_tono_and_whoever_only_reads_cannot_pledge_for_pt_maju_or_withdraw(pt_maju, joko, clock, who, request):
    viewer = request.getfixturevalue(who)
    made = pledge(pt_maju, joko, clock)
    with pytest.raises(NotPermittedError):
        pledge(pt_maju, viewer, clock)
    with pytest.raises(NotPermittedError):
        withdraw_pledge(made, reason="x", acting_user=viewer, clock=clock)
    assert Pledge.objects.get().state == "live"


def test_tono_cannot_see_a_pledge_of_pt_maju(pt_maju, joko, tono, rina, clock):
    made = pledge(pt_maju, joko, clock)
    assert list(pledges_visible_to(joko)) == list(pledges_visible_to(rina)) == [made]
    assert pledge_for(joko, str(made.public_id)) == made
    with pytest.raises(UnknownPledgeError):
        pledge_for(tono, made.public_id)
    with pytest.raises(UnknownPledgeError):
        pledge_for(rina, "bukan-uuid")


def test_the_line_of_a_sponsor_counts_live_pledges_that_still_run(
    pt_maju, joko, tono, clock, django_assert_num_queries
):
    pledge(pt_maju, joko, clock, workers=250)
    pledge(pt_maju, joko, clock, workers=50, first_month=DECEMBER + 6, months=12)
    withdraw_pledge(pledge(pt_maju, joko, clock, workers=7), reason="x", acting_user=joko, clock=clock)
    line = sponsor_line(pt_maju, month=DECEMBER)
    assert (line.pledged, line.first_month, line.last_month) == (300, DECEMBER, DECEMBER + 17)
    assert sponsor_line(pt_maju, month=DECEMBER + 6).pledged == 50
    other = Sponsor.objects.get(code="CVLAIN")
    with django_assert_num_queries(1):
        lines = sponsor_lines([pt_maju.pk, other.pk], month=DECEMBER)
    assert (lines[other.pk].pledged, lines[other.pk].first_month) == (0, None)


def test_a_pledge_that_asked_for_ojek_is_priced_as_transport(kendal, pt_maju, joko, clock):
    made = pledge(pt_maju, joko, clock, occupation_wish="tukang-ojek", workers=4)
    priced = price_pledge(made)
    assert {month.sector for month in priced.months} == {Sektor.TRANSPORTASI}
    assert priced.assumed_sector == 0
    assert price_pledge(made, sectors={Sektor.LAINNYA: 1}).facts.counts() == {Sektor.LAINNYA: 1, Sektor.TRANSPORTASI: 3}
