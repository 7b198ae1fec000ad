"""What can go wrong with regions, boundaries and workers. No text of these ever holds a NIK."""

from collections.abc import Collection


class UnknownRegionError(LookupError):
    """A code of no region that is known here, or of a region of another level than a village."""

    def __init__(self, codes: Collection[str]) -> None:
        super().__init__(", ".join(sorted(codes)[:5]))
        self.codes = frozenset(codes)


class UnknownOccupationError(LookupError):
    """A code of no occupation that is known here."""

    def __init__(self, codes: Collection[str]) -> None:
        super().__init__(", ".join(sorted(codes)[:5]))
        self.codes = frozenset(codes)


class UnknownWorkerError(LookupError):
    """No such worker, or none that this viewer may see: from outside both look the same."""


class AlreadyRegisteredError(ValueError):
    """Somebody with this NIK is registered. `positions` are the rows (from 0) that would have been second."""

    def __init__(self, positions: Collection[int]) -> None:
        super().__init__(f"{len(positions)}")
        self.positions = tuple(sorted(positions))


class WorkerDataError(ValueError):
    """A fact that no worker can have. `field` says which, `reason` why, `position` in which row (from 0)."""

    def __init__(self, field: str, reason: str, *, position: int = 0) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason
        self.position = position


class PurposeError(ValueError):
    """A NIK is revealed only for a purpose of the list, and with a word about the case."""


class BoundaryFileError(ValueError):
    """A file that holds no boundaries. `reason` is `json`, `collection`, `empty` or `size`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class UnknownPairError(LookupError):
    """No such pair of records, or none that this viewer may see."""


class PairDecidedError(ValueError):
    """The pair stands otherwise than the page said when this decision was made: look at it again."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


class DecisionError(ValueError):
    """A decision without an answer of the three, or without a reason. `part` says which is missing."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


class MergeRefusedError(ValueError):
    """These two records cannot stand for one person as they are.

    `code` says why: `merged` (one of them was merged already), `deaths` (one is recorded dead, the other is not, or on
    another day), `apart` (somebody decided that records under them are two persons').
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class UnmergeRefusedError(ValueError):
    """The merger cannot be undone. `code`: `undone` (it was already), `nik` (another live record has this NIK now)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class AutoLinkingError(ValueError):
    """The program may not link by itself yet: too few decisions, or too many of them against it."""

    def __init__(self, *, decided: int, agreed: int) -> None:
        super().__init__(f"{agreed} of {decided}")
        self.decided, self.agreed = decided, agreed
