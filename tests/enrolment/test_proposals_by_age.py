"""A way begins by the age of its own day: a list may have judged it long before."""

from datetime import date

import pytest

from payung.enrolment.services import propose_workers
from payung.kernel.clock import FixedClock
from payung.registry.models import Worker
from tests.contributions.conftest import add_workers

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_whoever_reached_the_limit_since_the_list_begins_no_way_and_stays_on_one(pt_maju, rina, clock):
    old, young = add_workers(2, clock=clock)
    Worker.objects.filter(pk=old.pk).update(birth_date=date(1961, 11, 23))

    def propose(on):
        return propose_workers([old.pk, young.pk], sponsor=pt_maju, source="asn", acting_user=rina, clock=on)

    too_late = propose(FixedClock.on(date(2026, 11, 23)))
    assert [(each.worker_id, each.code) for each in too_late.refused] == [(old.pk, "age")]
    assert list(too_late.created) == [young.pk]
    in_time = propose(clock)
    assert list(in_time.created) == [old.pk]
    again = propose(FixedClock.on(date(2026, 11, 23)))
    assert (again.refused, set(again.standing)) == ((), {old.pk, young.pk})
