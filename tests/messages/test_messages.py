"""The outbox, through Django's own mail backend."""

import json
from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, transaction

from payung.access.permissions import Role, ScopeKind
from payung.access.services import invite
from payung.access.viewer import ANONYMOUS_VIEWER, SYSTEM_VIEWER
from payung.audit.models import AuditEvent, AuditLine
from payung.jobs.models import Job
from payung.jobs.schedule import tick
from payung.jobs.worker import run_worker
from payung.kernel.clock import FixedClock, SystemClock
from payung.messages.errors import NikInMessageError, WrongParamsError
from payung.messages.letters import Letter, render
from payung.messages.models import Message
from payung.messages.selectors import has_unsent, messages_visible_to
from payung.messages.services import send_invitation, send_mail, send_waiting
from payung.vault.keys import create_keys
from tests.cast import NO_SPONSOR

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NOW = SystemClock()
PARAMS = {
    "name": "Joko & Rekan",
    "invited_by": "Rina",
    "organisation": "PT Maju",
    "link": "http://127.0.0.1:8000/undangan/rahasia-sekali/",
    "days": 7,
}


@pytest.fixture(autouse=True)
def keys() -> None:
    create_keys()


def write(source: str = "access.invitation:1", **changed: object) -> Message:
    return send_mail(
        Letter.INVITATION,
        "joko@maju.example",
        PARAMS | changed,
        source=source,
        acting_user=SYSTEM_VIEWER,
        clock=NOW,
    )


def test_the_letter_leaves_once_and_says_what_it_should() -> None:
    written = write()
    assert has_unsent()
    assert send_waiting(clock=NOW) == {"sent": 1, "postponed": 0}
    assert send_waiting(clock=NOW) == {"sent": 0, "postponed": 0}
    (letter,) = mail.outbox
    assert letter.subject == "Undangan masuk ke Payung untuk PT Maju"
    assert "Joko & Rekan" in letter.body
    assert PARAMS["link"] in letter.body
    assert letter.to == ["joko@maju.example"]
    assert letter.extra_headers["Message-ID"] == f"<{written.public_id}@127.0.0.1>"
    assert not has_unsent()


def test_the_letter_has_an_english_version() -> None:
    assert render(Letter.INVITATION, PARAMS, language="en").subject == "Invitation to Payung for PT Maju"


def test_the_link_is_sealed_while_it_waits_and_gone_once_it_is_sent() -> None:
    written = write()
    assert b"rahasia" not in bytes(written.params)
    send_waiting(clock=NOW)
    written.refresh_from_db()
    assert (bytes(written.params), written.state) == (b"", "sent")


def test_no_letter_carries_a_nik_however_it_is_grouped() -> None:
    for found in ("3324010203040506", "3324 0102 0304 0506", "NIK:3324.0102.0304.0506"):
        with pytest.raises(NikInMessageError):
            write(name=found)
    assert not Message.objects.exists()


def test_a_letter_takes_its_own_parameters_and_no_others() -> None:
    with pytest.raises(WrongParamsError):
        send_mail(Letter.INVITATION, "a@b.example", {"name": "x"}, source="s", acting_user=SYSTEM_VIEWER, clock=NOW)


def test_a_line_break_in_a_name_cannot_add_a_header() -> None:
    write(organisation="PT Maju\nBcc: tono@jahat.example")
    send_waiting(clock=NOW)
    assert "\n" not in mail.outbox[0].subject
    assert mail.outbox[0].recipients() == ["joko@maju.example"]


def test_the_same_source_writes_one_letter() -> None:
    assert write().pk == write().pk
    assert Message.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        found = Message.objects.get()
        found.pk, found.public_id = None, "018f0000-0000-7000-8000-000000000001"
        found.save(force_insert=True)


def test_a_letter_of_work_that_was_rolled_back_is_never_sent() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        write()
        raise RuntimeError
    assert send_waiting(clock=NOW)["sent"] == 0


def test_an_invitation_and_its_letter_stand_in_one_event_each_and_name_each_other() -> None:
    invitation, token = invite(
        "joko@maju.example",
        name="Joko",
        role=Role.PETUGAS_PERUSAHAAN,
        scope_kind=ScopeKind.SPONSOR,
        scope_id=NO_SPONSOR,
        acting_user=SYSTEM_VIEWER,
        clock=NOW,
    )
    written = send_invitation(
        invitation, link=f"http://x/{token}", organisation="PT Maju", acting_user=SYSTEM_VIEWER, clock=NOW
    )
    assert str(invitation.public_id) in written.source
    assert AuditLine.objects.filter(object_id=str(written.public_id)).count() == 1
    assert AuditEvent.objects.filter(action="messages.write.invitation").count() == 1


def test_a_server_that_is_away_is_asked_again_later_under_the_same_id(monkeypatch: pytest.MonkeyPatch) -> None:
    write()
    real = EmailBackend.send_messages
    monkeypatch.setattr(EmailBackend, "send_messages", _away)
    assert send_waiting(clock=NOW) == {"sent": 0, "postponed": 1}
    found = Message.objects.get()
    assert (found.state, found.error, found.attempts) == ("waiting", "SMTPServerDisconnected", 1)
    assert send_waiting(clock=NOW) == {"sent": 0, "postponed": 0}
    monkeypatch.setattr(EmailBackend, "send_messages", real)
    assert send_waiting(clock=FixedClock(NOW.now() + timedelta(minutes=2)))["sent"] == 1
    assert str(found.public_id) in mail.outbox[0].extra_headers["Message-ID"]


def _away(self: EmailBackend, messages: object) -> int:
    raise SMTPServerDisconnected


def test_a_server_that_stays_away_is_given_up_and_the_letter_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    write()
    monkeypatch.setattr(EmailBackend, "send_messages", _away)
    for day in range(1, 9):
        send_waiting(clock=FixedClock(NOW.now() + timedelta(days=day)))
    found = Message.objects.get()
    assert (found.state, found.attempts) == ("failed", 8)


def test_the_outbox_empties_by_the_clock_through_the_worker() -> None:
    write()
    assert "messages.send" in tick(clock=NOW)
    run_worker(batch=True, handle_signals=False)
    assert len(mail.outbox) == 1
    assert Job.objects.get(kind="messages.send").result == {"sent": 1, "postponed": 0}


def test_the_queue_never_holds_what_a_letter_says() -> None:
    write()
    tick(clock=NOW)
    assert "rahasia" not in json.dumps(list(Job.objects.values_list("params", flat=True)))


def test_only_the_keeper_of_users_sees_the_outbox() -> None:
    write()
    assert messages_visible_to(SYSTEM_VIEWER).count() == 1
    assert not messages_visible_to(ANONYMOUS_VIEWER).exists()
