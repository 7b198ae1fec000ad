"""A standing as lists and pages show it: a word with its tone, and the one sentence of `enrolment.texts`."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from payung.enrolment.models import Enrolment
from payung.enrolment.selectors import standing_of
from payung.enrolment.texts import STATES, standing_text
from payung.enrolment.transitions import TIDAK_PADAN

State = Enrolment.State


@dataclass(frozen=True, slots=True)
class ToldStanding:
    """A short word with its tone, and the sentence: where, since when, who must act."""

    word: str
    tone: str
    sentence: str


def tell_standing(enrolment: Enrolment, *, on: date) -> ToldStanding:
    """Tell where a way stands on a day; worker and wadah beside the row, no query."""
    standing = standing_of(enrolment, on=on)
    return ToldStanding(str(STATES[enrolment.state]), _tone(standing.code, enrolment.state), standing_text(standing))


def not_proposed() -> ToldStanding:
    """The standing of somebody who is on no way."""
    return ToldStanding(_("Belum diusulkan"), "off", _("Belum diusulkan: belum ada penyandang yang menanggung."))


def _tone(code: str, state: str) -> str:
    if state == State.ACTIVE:
        return "ok"
    if state == State.REJECTED or code.endswith(TIDAK_PADAN):
        return "bad"
    return "off" if state == State.LEFT else "wait"
