"""The record: one event for one piece of work, and no change that goes unseen."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from payung.access.models import User
from payung.audit.actor import SYSTEM, Actor
from payung.audit.errors import NotInTransactionError
from payung.audit.models import AuditEvent, AuditHead, AuditLine
from payung.audit.selectors import broken_links
from payung.audit.services import content_hash, lines_hash, record_refusal, recording

pytestmark = [pytest.mark.django_db, pytest.mark.database]
RINA = Actor("person", "rina", "Rina")


def touch(*names: str, action: str = "registry.worker.update", actor: Actor = RINA) -> None:
    with transaction.atomic(), recording(actor, action, reason="salah ketik") as event:
        for name in names:
            event.touch("registry.worker", name, before=content_hash({"a": 1}), after=content_hash({"a": name}))


def test_one_piece_of_work_is_one_event_with_a_line_an_object() -> None:
    touch("a", "b")
    event = AuditEvent.objects.get()
    assert (event.sequence, event.actor_id, event.action, event.reason, event.line_count) == (
        1,
        "rina",
        "registry.worker.update",
        "salah ketik",
        2,
    )
    assert set(event.lines.values_list("object_id", flat=True)) == {"a", "b"}


def test_inner_work_joins_the_outer_event() -> None:
    with transaction.atomic(), recording(RINA, "outer") as outer:
        outer.touch("registry.worker", "a")
        with transaction.atomic(), recording(SYSTEM, "inner") as inner:
            inner.touch_many("registry.worker", ["b", "c"])
    assert AuditEvent.objects.get().action == "outer"
    assert AuditLine.objects.count() == 3


def test_inner_work_that_was_rolled_back_leaves_no_line_in_the_outer_event() -> None:
    with transaction.atomic(), recording(RINA, "outer") as outer:
        outer.touch("registry.worker", "a")
        with pytest.raises(RuntimeError), transaction.atomic(), recording(RINA, "inner") as inner:
            inner.touch("registry.worker", "never")
            raise RuntimeError
    assert list(AuditLine.objects.values_list("object_id", flat=True)) == ["a"]


def test_work_that_was_rolled_back_leaves_no_event_and_no_hole() -> None:
    touch("a")
    with pytest.raises(RuntimeError), transaction.atomic(), recording(RINA, "fails") as event:
        event.touch("registry.worker", "b")
        raise RuntimeError
    touch("c")
    assert list(AuditEvent.objects.order_by("pk").values_list("sequence", flat=True)) == [1, 2]
    assert list(broken_links()) == []


@pytest.mark.django_db(transaction=True)
def test_nothing_is_recorded_outside_a_transaction() -> None:
    with pytest.raises(NotInTransactionError), recording(RINA, "alone"):
        pass
    touch("a")
    assert AuditEvent.objects.count() == 1


def test_a_refusal_is_an_event_too() -> None:
    record_refusal(RINA, "refused.approve", reason="list:approve")
    assert AuditEvent.objects.get().outcome == "refused"


def test_a_long_name_is_cut_and_the_chain_holds() -> None:
    touch("a", actor=Actor("person", "x", "n" * 254))
    assert len(AuditEvent.objects.get().actor_label) == 200
    assert list(broken_links()) == []


def test_an_empty_record_is_sound() -> None:
    assert list(broken_links()) == []


def test_a_long_sound_record_is_sound() -> None:
    for n in range(20):
        touch(*(f"{n}-{place}" for place in range(n % 4)))
    assert list(broken_links()) == []


def test_nothing_can_be_moved_from_one_part_of_a_line_into_the_next() -> None:
    lines = [("ab", "c", b"", b""), ("a", "bc", b"", b""), ("a|b", "c", b"", b""), ("a", "b|c", b"", b"")]
    lines += [("a", "b", b"x", b""), ("a", "b", b"", b"x")]
    assert len({lines_hash([line]) for line in lines}) == len(lines)
    assert lines_hash(lines[:2]) != lines_hash(lines[1::-1])


@contextmanager
def unguarded() -> Iterator[None]:
    """An intruder with the rights of the owner takes the triggers off; the test's transaction brings them back."""
    with connection.cursor() as cursor:
        for table in ("audit_auditevent", "audit_auditline"):
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            for what in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER {table}_no_{what}{on}")
    yield


def _forge_event() -> None:
    event = AuditEvent.objects.order_by("pk")[1]
    event.pk, event.sequence = None, 6
    event.save(force_insert=True)


def _rehash_one() -> None:
    """Alters an event and its own hash: the next one no longer follows."""
    AuditEvent.objects.filter(sequence=3).update(hash=bytes(32))


PLANTED: dict[str, tuple[Callable[[], object], str]] = {
    "actor": (lambda: AuditEvent.objects.filter(sequence=3).update(actor_label="Tono"), "event 3 was altered"),
    "action": (lambda: AuditEvent.objects.filter(sequence=3).update(action="nothing"), "event 3 was altered"),
    "reason": (lambda: AuditEvent.objects.filter(sequence=3).update(reason=""), "event 3 was altered"),
    "outcome": (lambda: AuditEvent.objects.filter(sequence=3).update(outcome="refused"), "event 3 was altered"),
    "lines hash": (lambda: AuditEvent.objects.filter(sequence=3).update(lines_hash=bytes(32)), "event 3 was altered"),
    "own hash": (_rehash_one, "event 4 does not follow"),
    "missing": (lambda: AuditEvent.objects.filter(sequence=3).delete(), "event 3 is missing"),
    "first missing": (lambda: AuditEvent.objects.filter(sequence=1).delete(), "event 1 is missing"),
    "last missing": (lambda: AuditEvent.objects.filter(sequence=5).delete(), "the head of the record"),
    "all missing": (lambda: AuditEvent.objects.all().delete(), "the head of the record"),
    "added": (_forge_event, "event 6"),
    "line altered": (lambda: AuditLine.objects.filter(object_id="3a").update(object_id="x"), "lines of event 3"),
    "line hash altered": (lambda: AuditLine.objects.filter(object_id="3a").update(after=b""), "lines of event 3"),
    "line missing": (lambda: AuditLine.objects.filter(object_id="3a").delete(), "lines of event 3"),
    "line added": (
        lambda: AuditLine.objects.create(
            event_id=AuditEvent.objects.get(sequence=3).pk, object_type="x", object_id="y", before=b"", after=b""
        ),
        "lines of event 3",
    ),
    "line without event": (
        lambda: AuditLine.objects.create(event_id=10**6, object_type="x", object_id="y", before=b"", after=b""),
        "lines without an event",
    ),
    "head": (lambda: AuditHead.objects.update(sequence=4), "the head of the record"),
}


@pytest.mark.parametrize("planted", PLANTED)
def test_each_change_behind_the_programs_back_is_found(planted: str) -> None:
    for n in range(1, 6):
        touch(f"{n}a", f"{n}b")
    assert list(broken_links()) == []
    change, expected = PLANTED[planted]
    with unguarded():
        AuditEvent.lines.rel.on_delete = lambda *_: None
        change()
    assert any(expected in link for link in broken_links()), list(broken_links())


def test_the_record_holds_no_foreign_key_to_what_it_tells_of() -> None:
    others = {field.related_model for model in (AuditEvent, AuditLine) for field in model._meta.get_fields()}
    assert User not in others


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_make_one_chain_without_holes() -> None:
    touch("first")
    barrier = threading.Barrier(4)

    def work(who: int) -> None:
        barrier.wait()
        for n in range(5):
            touch(f"{who}-{n}")
        connection.close()

    threads = [threading.Thread(target=work, args=(who,)) for who in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert AuditEvent.objects.count() == 21
    assert list(broken_links()) == []
