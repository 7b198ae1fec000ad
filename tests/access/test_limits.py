import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from payung.access.limits import Limit, take_try
from payung.kernel.public_id import new_public_id

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def limit(per_source: int = 3, overall: int = 5) -> Limit:
    return Limit(f"uji-{new_public_id()}", per_source, overall, 60)


def test_one_source_is_told_when_to_come_back():
    asked = limit()
    assert [take_try(asked, "a", now=NOON) for _ in range(3)] == [0, 0, 0]
    assert take_try(asked, "a", now=NOON + timedelta(seconds=50)) == 10
    assert take_try(asked, "a", now=NOON + timedelta(seconds=60)) == 0


def test_others_are_not_shut_out_by_one_who_hammers():
    asked = limit()
    for _ in range(100):
        take_try(asked, "a", now=NOON)
    assert take_try(asked, "b", now=NOON) == 0


def test_many_sources_together_meet_the_limit_for_everybody():
    asked = limit()
    assert [take_try(asked, f"source {number}", now=NOON) for number in range(6)] == [0, 0, 0, 0, 0, 60]


def test_processes_count_together():
    asked = limit(per_source=150, overall=1_000)
    program = (
        "import django; django.setup(); from datetime import datetime, UTC; "
        "from payung.access.limits import Limit, take_try; "
        f"limit = Limit({asked.name!r}, 150, 1_000, 60); moment = datetime(2026, 11, 22, 12, 0, tzinfo=UTC); "
        "print(sum(take_try(limit, 'a', now=moment) == 0 for _ in range(100)))"
    )
    home = {"PAYUNG_HOME": str(settings.PAYUNG_HOME), "DJANGO_SETTINGS_MODULE": "payung.config.settings"}
    children = [
        subprocess.Popen([sys.executable, "-c", program], env=os.environ | home, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    allowed = [int(child.communicate()[0]) for child in children]
    assert sum(allowed) == 150
    assert take_try(asked, "a", now=NOON) == 60


@given(st.lists(st.sampled_from("abc"), max_size=30))
def test_nobody_ever_gets_more_than_the_limits(sources):
    asked = limit()
    allowed = [source for source in sources if take_try(asked, source, now=NOON) == 0]
    assert len(allowed) <= asked.overall
    assert all(allowed.count(source) <= asked.per_source for source in "abc")
