"""Where somebody is on the way in, since when, and who must act: always one sentence, rendered at the doors from codes.

`STANDING_CODES` lists every code there is, so that a catalogue can be checked against it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from payung.enrolment.models import Enrolment, EnrolmentEvent, LeaveReason, RejectReason
from payung.enrolment.transitions import AT_DUKCAPIL, PREPARED, TIDAK_PADAN
from payung.kernel.month import Month
from payung.rules.kepesertaan.kelayakan_usia import AlasanUsia, kelayakan_usia

State = Enrolment.State
PAST_AGE = "active_past_age"


class Actor(StrEnum):
    """Who must take the next step."""

    DESA = "desa"
    DINAS = "dinas"
    PENYETUJU = "penyetuju"
    DUKCAPIL = "dukcapil"
    BPJS = "bpjs"
    PENYANDANG = "penyandang"
    NOBODY = ""


WHO_ACTS: Mapping[str, Actor] = {
    State.PROPOSED: Actor.DESA,
    State.VERIFIED: Actor.DINAS,
    f"{State.VERIFIED}:{AT_DUKCAPIL}": Actor.DUKCAPIL,
    f"{State.VERIFIED}:{TIDAK_PADAN}": Actor.DINAS,
    State.MATCHED: Actor.DINAS,
    State.CHECKED: Actor.DINAS,
    f"{State.CHECKED}:{PREPARED}": Actor.PENYETUJU,
    State.DETERMINED: Actor.DINAS,
    State.REGISTERED: Actor.DINAS,
    State.SENT: Actor.BPJS,
    State.ACCEPTED: Actor.PENYANDANG,
    State.ACTIVE: Actor.NOBODY,
    PAST_AGE: Actor.NOBODY,
    **{f"{State.REJECTED}:{reason}": Actor.NOBODY for reason in RejectReason.values},
    **{f"{State.LEFT}:{reason}": Actor.NOBODY for reason in LeaveReason.values},
}
STANDING_CODES = frozenset(WHO_ACTS)


@dataclass(frozen=True, slots=True)
class Standing:
    """One sentence: `code` (where), `since`, `who_must_act` (empty where nobody must), and what the words need."""

    code: str
    since: date
    who_must_act: Actor
    params: Mapping[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "code": self.code,
            "since": self.since.isoformat(),
            "who_must_act": str(self.who_must_act),
            "params": dict(self.params),
        }


def standing_of(enrolment: Enrolment, *, on: date) -> Standing:
    """Say where a way stands on a day. Needs worker and wadah beside the row; no query."""
    code = _code(enrolment, on)
    return Standing(code, enrolment.since, WHO_ACTS[code], _params(enrolment, on))


def steps_of(enrolment: Enrolment) -> list[EnrolmentEvent]:
    """What happened on the way, oldest first."""
    return list(enrolment.events.order_by("pk"))


def _code(enrolment: Enrolment, on: date) -> str:
    state, reason = enrolment.state, enrolment.reason
    if state == State.ACTIVE:
        return PAST_AGE if _is_past_age(enrolment, on) else state
    exact = f"{state}:{reason}"
    return exact if exact in WHO_ACTS else state


def _is_past_age(enrolment: Enrolment, on: date) -> bool:
    """Whoever reaches the age limit of registering while active is told of, and stays."""
    return kelayakan_usia(enrolment.worker.birth_date, mendaftar=on).alasan is AlasanUsia.TERLALU_TUA


def _params(enrolment: Enrolment, on: date) -> dict[str, Any]:
    params: dict[str, Any] = {"days": max(0, (on - enrolment.since).days)}
    if enrolment.reason:
        params["reason"] = enrolment.reason
    if enrolment.wadah is not None:
        params["wadah"] = enrolment.wadah.number
    if enrolment.kpj:
        params["kpj"] = enrolment.kpj
    if enrolment.starts_on is not None:
        params["starts_on"] = enrolment.starts_on.isoformat()
    if enrolment.paid_through is not None:
        params["paid_through"] = str(Month(enrolment.paid_through))
    return params
