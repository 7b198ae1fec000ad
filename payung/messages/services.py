"""Writing letters into the outbox, and sending what waits there."""

import json
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F

from payung.access.models import Invitation
from payung.access.permissions import Role, ScopeKind
from payung.access.services import INVITATION_DAYS, invite
from payung.access.viewer import Viewer
from payung.audit.services import recording
from payung.kernel.clock import Clock
from payung.kernel.public_id import new_public_id
from payung.messages.letters import Letter, render
from payung.messages.models import Message
from payung.vault.seal import seal, unseal

LEASE = timedelta(minutes=5)
FIRST_WAIT = timedelta(minutes=1)
MOST_ATTEMPTS = 8
_TABLE, _COLUMN = "outbox_message", "params"


@transaction.atomic
def send_mail(
    letter: Letter,
    to: str,
    params: dict[str, Any],
    *,
    source: str,
    acting_user: Viewer,
    clock: Clock,
    language: str = "id",
) -> Message:
    """Put a letter into the outbox, in the caller's transaction; it leaves after the commit.

    `source` names the one thing that causes it (`access.invitation:<public id>`): asked twice for the same source,
    letter and address, the first message is given back and nothing is added. It is rendered here once to see that it
    can be.
    """
    render(letter, params, language=language)
    known = Message.objects.filter(source=source, template=letter, to=to).first()
    if known is not None:
        return known
    with recording(acting_user.actor, f"messages.write.{letter}") as event:
        public_id, now = new_public_id(), clock.now()
        sealed = seal(json.dumps(params), table=_TABLE, column=_COLUMN, public_id=public_id)
        message = Message.objects.create(
            public_id=public_id,
            template=letter,
            source=source,
            to=to,
            language=language,
            params=sealed,
            created_at=now,
            not_before=now,
        )
        event.touch("messages.message", message.public_id)
    return message


def send_invitation(
    invitation: Invitation,
    *,
    link: str,
    organisation: str,
    acting_user: Viewer,
    clock: Clock,
    language: str = "id",
) -> Message:
    """Invite by mail: the link holds the token, so it stands sealed in the outbox until it is sent, and not after."""
    params = {
        "name": invitation.name,
        "invited_by": invitation.invited_by,
        "organisation": organisation,
        "link": link,
        "days": INVITATION_DAYS,
    }
    return send_mail(
        Letter.INVITATION,
        invitation.email,
        params,
        source=f"access.invitation:{invitation.public_id}",
        acting_user=acting_user,
        clock=clock,
        language=language,
    )


@transaction.atomic
def invite_by_mail(
    email: str,
    *,
    name: str,
    role: Role,
    scope_kind: ScopeKind,
    scope_id: str,
    organisation: str,
    acting_user: Viewer,
    clock: Clock,
    language: str = "id",
) -> tuple[Invitation, str]:
    """Invite a person and write the letter, in one piece; give the invitation and its link.

    The link is for the letter. A door shows it only in the local profile, where letters are files that nobody gets.
    """
    with recording(acting_user.actor, "messages.invite"):
        invitation, token = invite(
            email,
            name=name,
            role=role,
            scope_kind=scope_kind,
            scope_id=scope_id,
            acting_user=acting_user,
            clock=clock,
        )
        link = f"{settings.PAYUNG_SITE_URL}/undangan/{token}/"
        send_invitation(
            invitation, link=link, organisation=organisation, acting_user=acting_user, clock=clock, language=language
        )
    return invitation, link


def send_waiting(*, clock: Clock, limit: int = 200) -> dict[str, int]:
    """Send what waits and is due, oldest first; return how many were sent and how many must wait on."""
    counts = {"sent": 0, "postponed": 0}
    due = Message.objects.filter(state=Message.State.WAITING, not_before__lte=clock.now()).order_by("pk")
    for message in due[:limit]:
        if _lease(message, clock=clock):
            counts["sent" if _send(message, clock=clock) else "postponed"] += 1
    return counts


def _lease(message: Message, *, clock: Clock) -> bool:
    """Take the letter for a while, so that a second sender leaves it; no transaction is open while the server is asked.

    A sender that dies in between leaves the letter to be sent again, under the same id.
    """
    mine = Message.objects.filter(pk=message.pk, state=Message.State.WAITING, not_before=message.not_before)
    return bool(mine.update(not_before=clock.now() + LEASE, attempts=F("attempts") + 1))


def _send(message: Message, *, clock: Clock) -> bool:
    message.refresh_from_db()
    params = json.loads(unseal(message.params, table=_TABLE, column=_COLUMN, public_id=message.public_id))
    written = render(Letter(message.template), params, language=message.language)
    mail = EmailMessage(written.subject, written.body, to=[message.to], headers={"Message-ID": _message_id(message)})
    try:
        mail.send()
    except (SMTPException, OSError) as error:
        _postpone(message, type(error).__name__, now=clock.now())
        return False
    # What the letter said is no longer needed; a link with a token least of all.
    Message.objects.filter(pk=message.pk).update(state=Message.State.SENT, sent_at=clock.now(), params=b"", error="")
    return True


def _postpone(message: Message, error: str, *, now: datetime) -> None:
    gives_up = message.attempts >= MOST_ATTEMPTS
    Message.objects.filter(pk=message.pk).update(
        state=Message.State.FAILED if gives_up else Message.State.WAITING,
        not_before=now + FIRST_WAIT * 2 ** (message.attempts - 1),
        error=error,
    )


def _message_id(message: Message) -> str:
    return f"<{message.public_id}@{urlsplit(settings.PAYUNG_SITE_URL).hostname or 'payung'}>"
