"""By when an accident is reported: worked cases beside this file, and what holds for every moment."""

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.rules.cases import check_case
from payung.rules.tenggat.tenggat_lapor_jkk import tenggat_lapor_jkk
from tests.rules.yaml_cases import cases_beside

WIB, WITA, WIT = (timezone(timedelta(hours=hours)) for hours in (7, 8, 9))
FIRST, LAST = datetime.fromisoformat("2015-07-02"), datetime.fromisoformat("2040-12-31")  # hypothesis gives the zone
moments = st.datetimes(FIRST, LAST, timezones=st.sampled_from([WIB, WITA, WIT]))


@pytest.mark.parametrize("case", cases_beside(__file__, "tenggat_lapor_jkk"))
def test_worked_case(case):
    assert check_case(case) == []


@given(moments)
def test_two_days_of_hours_lie_between_in_the_same_zone(moment):
    deadline = tenggat_lapor_jkk(moment).tenggat
    assert deadline - moment == timedelta(hours=48)
    assert deadline.utcoffset() == moment.utcoffset()


@given(moments)
def test_the_same_moment_has_the_same_deadline_in_every_zone(moment):
    assert len({tenggat_lapor_jkk(moment.astimezone(zone)).tenggat for zone in (WIB, WITA, WIT)}) == 1


def test_a_zone_that_changes_its_clocks_gains_no_hour():
    before = datetime(2026, 3, 28, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))
    assert tenggat_lapor_jkk(before).tenggat.isoformat() == "2026-03-30T13:00:00+02:00"
