"""On what terms a list comes in: whose it is, under which pledge, on what ground. Pure.

A list whose terms are not met is refused as a whole, before anything is written for its people.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from payung.intake.cells.text import is_nothing
from payung.kernel.funds import SumberDana
from payung.kernel.month import Month
from payung.kernel.problem import Problem
from payung.kernel.rupiah import rupiah_text

# Funds of a government, whose law is its ground for the data of its residents.
_PUBLIC = frozenset({SumberDana.APBD, SumberDana.DBHCHT, SumberDana.APBN, SumberDana.APBDES})


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgeTerms:
    """A pledge as a list meets it: `room` are places that nobody has yet, `per_worker_rp` one worker's whole term."""

    is_live: bool
    last_month: Month
    room: int
    per_worker_rp: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is known of a list besides its file. The office's own data have no sponsor and no pledge.

    `funds` are the sponsor's; `legal_basis` is the ground on which the data of the list's people were gathered.
    """

    sponsor_is_active: bool = True
    pledge: PledgeTerms | None = None
    funds: SumberDana | None = None
    legal_basis: str = ""


def terms_problems(terms: Terms, *, new_workers: int, this_month: Month) -> Iterator[Problem]:
    """Why a list of so many accepted rows cannot come in on these terms."""
    if not terms.sponsor_is_active:
        yield Problem("file:sponsor-inactive")
    pledge = terms.pledge
    if pledge is None:
        return
    if not pledge.is_live:
        yield Problem("file:pledge-withdrawn")
    elif pledge.last_month < this_month:
        yield Problem("file:pledge-over", params={"month": str(pledge.last_month)})
    elif new_workers > pledge.room:
        yield _beyond(pledge, new_workers)


def ground_problems(terms: Terms, *, of_register: bool) -> tuple[Problem, ...]:
    """Why the people of a list may not be read at all: a sponsor who is no government hands in a register of residents.

    They never met it: it must say on what ground it holds their data. Its own workers it names on a form of its own.
    """
    is_private = terms.funds is not None and terms.funds not in _PUBLIC
    if not (of_register and is_private) or not is_nothing(terms.legal_basis.strip()):
        return ()
    return (Problem("file:no-legal-basis"),)


def _beyond(pledge: PledgeTerms, new_workers: int) -> Problem:
    missing = new_workers - pledge.room
    shortfall = rupiah_text(missing * pledge.per_worker_rp)
    params = {"workers": new_workers, "room": pledge.room, "missing": missing, "shortfall": shortfall}
    return Problem("file:beyond-pledge", params=params)
