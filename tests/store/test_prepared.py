"""A prepared query gives what its query set gives, is composed once, and refuses what it would not send as given."""

import threading
from datetime import date

import pytest
from django.db import connection, connections
from django.db.models import F, Value

from payung.kernel.month import Month
from payung.sponsors.models import Pledge, Sponsor
from payung.sponsors.services import make_pledge
from payung.store.prepared import LONGEST, Prepared

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def composed(build):
    """A prepared query that counts how often it is composed; each time is for two sets of marks."""
    times = []

    def counted(*values):
        times.append(values)
        return build(*values)

    return Prepared(counted), times


@pytest.fixture
def payers(clock):
    return [
        Sponsor.objects.create(code=f"S{n}", name=f"Penyandang {n}", funds="CSR", recorded_at=clock.now())
        for n in range(30)
    ]


@pytest.fixture
def pledge(pt_maju, rina, clock):
    return make_pledge(pt_maju, workers=1, first_month=Month.from_text("2026-12"), acting_user=rina, clock=clock)


def test_it_gives_what_the_query_set_gives_and_is_composed_once_for_each_length(payers):
    asked, times = composed(lambda ids, code: Sponsor.objects.filter(pk__in=ids).exclude(code=code).order_by("-pk"))
    ids = [payer.pk for payer in payers]
    for few in (ids[:3], ids[4:7], ids[:2]):
        assert asked(few, "S1") == list(Sponsor.objects.filter(pk__in=few).exclude(code="S1").order_by("-pk"))
    assert len(times) == 4


def test_an_empty_list_and_a_long_one_are_asked_as_ever(payers):
    asked, times = composed(
        lambda ids: Sponsor.objects.filter(pk__in=ids).order_by("pk").values_list("code", flat=True)
    )
    assert asked([]) == []
    assert len(asked(payer.pk for payer in payers)) == 30 > LONGEST
    assert len(times) == 2


def test_rows_come_as_the_query_set_makes_them(payers, pledge):
    plain = Prepared(lambda pk: Sponsor.objects.filter(pk=pk).values_list("public_id", "is_active", "recorded_at"))
    payer = payers[0]
    assert plain(payer.pk) == [(payer.public_id, True, payer.recorded_at)]
    flat = Prepared(lambda pk: Sponsor.objects.filter(pk=pk).values_list("public_id", flat=True))
    assert flat(payer.pk) == [payer.public_id]
    (whole,) = Prepared(lambda pk: Pledge.objects.filter(pk=pk))(pledge.pk)
    assert vars(whole).keys() == vars(Pledge.objects.get(pk=pledge.pk)).keys()
    assert (whole, whole.quota, whole.pledged_on) == (pledge, pledge.quota, pledge.pledged_on)


def test_days_months_and_names_of_a_list_go_as_their_columns_take_them(pledge):
    by_day = Prepared(lambda day: Pledge.objects.filter(pledged_on__lte=day).values_list("pk", flat=True))
    assert (by_day(pledge.pledged_on), by_day(date(2000, 1, 1))) == ([pledge.pk], [])
    by_month = Prepared(lambda months: Pledge.objects.filter(first_month__in=months).values_list("pk", flat=True))
    assert by_month([Month(pledge.first_month), Month(1)]) == [pledge.pk]
    by_state = Prepared(lambda state: Pledge.objects.filter(state=state).values_list("pk", flat=True))
    assert by_state(Pledge.State.LIVE) == [pledge.pk]


@pytest.mark.parametrize(
    "build",
    [
        lambda code: Sponsor.objects.filter(code__contains=code),
        lambda code: Sponsor.objects.filter(code="S1"),
        lambda code: Sponsor.objects.annotate(more=Value(code)),
        lambda code: Pledge.objects.select_related("sponsor").filter(sponsor__code=code),
    ],
)
def test_what_would_be_sent_otherwise_than_given_is_refused(build):
    with pytest.raises(LookupError):
        Prepared(build)("S1")


@pytest.mark.parametrize("value", [None, True, 1.5])
def test_other_kinds_of_values_are_refused(value):
    with pytest.raises(TypeError):
        Prepared(lambda value: Sponsor.objects.filter(pk=value))(value)


def test_another_thread_has_its_own(payers):
    asked = Prepared(lambda pk: Sponsor.objects.filter(pk=pk).values_list(F("pk"), flat=True))
    asked(1)
    kept = []

    def look():
        kept.append(vars(connections[connection.alias]).get("_payung_prepared"))

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert kept == [None]
