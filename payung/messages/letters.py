"""The letters there are, and what each says: a subject and a body, rendered in the reader's language."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from payung.kernel.nik import holds_a_nik
from payung.messages.errors import NikInMessageError, WrongParamsError


class Letter(StrEnum):
    """A letter by the name of its templates, `messages/<name>.txt` and `messages/<name>.subject.txt`."""

    INVITATION = "invitation"


PARAMS: dict[Letter, frozenset[str]] = {
    Letter.INVITATION: frozenset({"name", "invited_by", "organisation", "link", "days"}),
}


@dataclass(frozen=True, slots=True)
class Rendered:
    """A letter ready to go."""

    subject: str
    body: str


def render(letter: Letter, params: dict[str, Any], *, language: str) -> Rendered:
    """Write a letter; raise where its parameters are not those it takes, or where it would carry a NIK."""
    if frozenset(params) != PARAMS[letter]:
        raise WrongParamsError(f"{letter} takes {', '.join(sorted(PARAMS[letter]))}.")
    with translation.override(language):
        subject = " ".join(render_to_string(f"messages/{letter}.subject.txt", params).split())
        body = render_to_string(f"messages/{letter}.txt", params).strip() + "\n"
    if holds_a_nik(subject) or holds_a_nik(body):
        raise NikInMessageError(letter)
    return Rendered(subject, body)
