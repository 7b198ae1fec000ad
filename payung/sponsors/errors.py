"""What can go wrong with sponsors and pledges. No text of these ever holds a NIP."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID


class UnknownSponsorError(LookupError):
    """No sponsor of this code, or none that the viewer may see: from outside both look the same."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class SponsorCodeTakenError(ValueError):
    """Another sponsor bears this code already, in whatever case."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class SponsorDataError(ValueError):
    """A fact that no sponsor, civil servant or pledge can have: `field`, `reason`, and what there may be instead."""

    def __init__(self, field: str, reason: str, *, allowed: Collection[object] = ()) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason
        self.allowed = tuple(allowed)


class SponsorInactiveError(ValueError):
    """A sponsor that no longer takes part makes no pledges."""


class OtherOfficeError(ValueError):
    """A civil servant carries workers for one office only. `positions` are the rows (from 0) of those of another."""

    def __init__(self, positions: Collection[int]) -> None:
        super().__init__(f"{len(positions)}")
        self.positions = tuple(sorted(positions))


class UnknownPledgeError(LookupError):
    """No such pledge, or none that the viewer may see."""


class ClientKeyReusedError(ValueError):
    """The same key came with another pledge: a key names one pledge for ever."""


class PledgeRenewedError(ValueError):
    """The pledge has a live renewal already, or was withdrawn: it is renewed once. `renewal` is the one that stands."""

    def __init__(self, renewal: UUID | None) -> None:
        super().__init__("renewed already" if renewal else "withdrawn")
        self.renewal = renewal


class BudgetError(ValueError):
    """A pledge of public money that its budget years do not carry: `lacking` names them, each with what is missing."""

    def __init__(self, lacking: Sequence["BudgetLack"]) -> None:
        super().__init__(", ".join(f"{lack.year}: {lack.reason}" for lack in lacking))
        self.lacking = tuple(lacking)


@dataclass(frozen=True, slots=True)
class BudgetLack:
    """One budget year: `over` (more than what is left) or `not-entered` (other years are, this one is not)."""

    year: int
    reason: str
    wanted_rp: int
    left_rp: int
