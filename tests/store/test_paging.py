"""Pages by key show every row once, in order, forwards and backwards."""

import base64
import contextlib
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from payung.jobs.models import Job, ScheduledRun
from payung.kernel.public_id import new_public_id
from payung.store.paging import BadCursorError, Page, keyset_page

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NOW = datetime(2026, 11, 22, 2, 0, 0, 5, tzinfo=UTC)
ORDERS = [
    ("id",),
    ("-id",),
    ("slot", "id"),
    ("-slot", "id"),
    ("slot", "-id"),
    ("-started_at", "-id"),
    ("-slot", "name"),
]


def forwards(order: tuple[str, ...], size: int) -> list[Page[ScheduledRun]]:
    pages, cursor = [], ""
    while True:
        page = keyset_page(ScheduledRun.objects.all(), order=order, cursor=cursor, size=size)
        pages.append(page)
        if not page.next_cursor:
            return pages
        cursor = page.next_cursor


def backwards(last: Page[ScheduledRun], order: tuple[str, ...], size: int) -> list[ScheduledRun]:
    items, cursor = list(last.items), last.previous_cursor
    while cursor:
        page = keyset_page(ScheduledRun.objects.all(), order=order, cursor=cursor, size=size)
        assert page.next_cursor
        items = [*page.items, *items]
        cursor = page.previous_cursor
    return items


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(slots=st.lists(st.integers(0, 3), max_size=12), size=st.integers(1, 5), order=st.sampled_from(ORDERS))
@example(slots=[], size=1, order=("id",))
@example(slots=[1, 1, 1, 1], size=2, order=("-slot", "id"))
def test_all_pages_together_are_the_whole_list_in_order_both_ways(
    slots: list[int], size: int, order: tuple[str, ...]
) -> None:
    ScheduledRun.objects.all().delete()
    for n, slot in enumerate(slots):
        ScheduledRun.objects.create(name=f"{n:02d}", slot=slot, started_at=NOW + timedelta(microseconds=slot))
    whole = list(ScheduledRun.objects.order_by(*order))
    pages = forwards(order, size)
    assert [row for page in pages for row in page.items] == whole
    assert pages[0].previous_cursor == ""
    assert backwards(pages[-1], order, size) == whole


def test_a_list_pages_by_a_unique_id_that_is_no_number() -> None:
    for n in range(3):
        Job.objects.create(kind=f"{n}", task_id=new_public_id(), requested_by_id="x", requested_at=NOW, run_after=NOW)
    first = keyset_page(Job.objects.all(), order=("requested_at", "public_id"), size=2)
    second = keyset_page(Job.objects.all(), order=("requested_at", "public_id"), size=2, cursor=first.next_cursor)
    assert len({job.pk for job in [*first.items, *second.items]}) == 3


def cursor_of(*content: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "é",
        "!!!!",
        cursor_of(),
        cursor_of(False),
        cursor_of(False, 1),
        cursor_of(False, 1, 2, 3),
        cursor_of("no", 1, 2),
        cursor_of(False, "abc", 1),
        cursor_of(False, None, 1),
        cursor_of(False, [1], 1),
        cursor_of(False, {"a": 1}, 1),
        cursor_of(False, 10**30, 1),
        cursor_of(False, 1, "' OR 1=1 --"),
        cursor_of(False, float("nan"), 1),
        cursor_of(False, float("inf"), 1),
        base64.urlsafe_b64encode(b"[" * 600).decode(),
        base64.urlsafe_b64encode(b"\xff\xfe").decode(),
        "A" * 5_000,
    ],
)
def test_a_cursor_that_nobody_gave_out_is_refused_and_never_an_error_of_ours(cursor: str) -> None:
    with pytest.raises(BadCursorError):
        keyset_page(ScheduledRun.objects.all(), order=("slot", "id"), cursor=cursor)


@given(st.text(max_size=60))
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_in_the_place_of_a_cursor_breaks_a_page(text: str) -> None:
    with contextlib.suppress(BadCursorError):
        keyset_page(Job.objects.all(), order=("-requested_at", "public_id"), cursor=text)


def test_a_bad_day_and_a_bad_id_are_refused() -> None:
    for cursor in (cursor_of(False, "2026-13-45", str(new_public_id())), cursor_of(False, NOW.isoformat(), "nobody")):
        with pytest.raises(BadCursorError):
            keyset_page(Job.objects.all(), order=("-requested_at", "public_id"), cursor=cursor)


def test_a_page_costs_one_query(django_assert_num_queries) -> None:
    for n in range(5):
        ScheduledRun.objects.create(name=str(n), slot=n, started_at=NOW)
    first = keyset_page(ScheduledRun.objects.all(), order=("slot", "id"), size=2)
    with django_assert_num_queries(1):
        keyset_page(ScheduledRun.objects.all(), order=("slot", "id"), size=2, cursor=first.next_cursor)
