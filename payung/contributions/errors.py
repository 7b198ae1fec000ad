"""What the ledger refuses, each by its name. The doors render the sentence from the attributes."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from payung.kernel.month import Month


class LedgerError(Exception):
    """Whatever the ledger refuses to do."""


class UnbalancedError(LedgerError):
    """Postings that do not sum to zero, or are fewer than two: a fault of ours."""


class SameKeyOtherContentError(LedgerError):
    """A key that stands for something else already: the same request must carry the same content."""

    def __init__(self, key: str) -> None:
        super().__init__(f"{key} is taken by other content")
        self.key = key


class AlreadyReversedError(LedgerError):
    """An entry is reversed once."""


class MonthClosedError(LedgerError):
    """The month is closed: corrections are entries of an open month."""

    def __init__(self, month: Month) -> None:
        super().__init__(f"{month} is closed")
        self.month = month


class MonthNotOverError(LedgerError):
    """A month is closed once it is over, and after the one before it."""

    def __init__(self, month: Month) -> None:
        super().__init__(f"{month} cannot be closed yet")
        self.month = month


class PledgeNotLiveError(LedgerError):
    """The pledge was withdrawn."""


class PledgeInUseError(LedgerError):
    """Workers or notices hang on the pledge, and who asks may not end those."""

    def __init__(self, *, workers: int, notices: int) -> None:
        super().__init__(f"{workers} workers, {notices} notices")
        self.workers, self.notices = workers, notices


class OutsidePledgeError(LedgerError):
    """A month before the pledge begins or after it ends."""

    def __init__(self, first_month: Month, last_month: Month) -> None:
        super().__init__(f"the pledge runs from {first_month} to {last_month}")
        self.first_month, self.last_month = first_month, last_month


class NoBasisError(LedgerError):
    """Nobody under the pledge is determined: no notice without its basis. `waiting` are still on their way."""

    def __init__(self, waiting: int) -> None:
        super().__init__(f"{waiting} workers, none determined")
        self.waiting = waiting


class NothingToAskError(LedgerError):
    """Each worker-month is asked for on another notice, covered by somebody, or has nobody to be asked for."""

    def __init__(self, *, asked_on: str, covered: int, died: int) -> None:
        super().__init__(f"asked on {asked_on or 'no notice'}, {covered} covered, {died} died")
        self.asked_on, self.covered, self.died = asked_on, covered, died


class NoticeWithdrawnError(LedgerError):
    """The notice was withdrawn: nothing can be asked or paid on it."""


class NoticeInUseError(LedgerError):
    """A notice on which money was recorded is not withdrawn; reverse the payment first."""


class PaidInFutureError(LedgerError):
    """A value date that has not come yet."""

    def __init__(self, paid_on: date) -> None:
        super().__init__(f"{paid_on} has not come yet")
        self.paid_on = paid_on


class NotTheirNoticeError(LedgerError):
    """The notice or pay code belongs to another payer. It does not say to whom."""


class PaymentReversedError(LedgerError):
    """The payment was reversed: nothing more happens to it."""


class AlreadyIdentifiedError(LedgerError):
    """The payment has its notice already."""


class SameMonthsError(LedgerError):
    """Both records have the same month, paid or asked for: a person decides whose it is, then they can be one."""

    def __init__(self, months: tuple[Month, ...]) -> None:
        super().__init__(", ".join(map(str, months)))
        self.months = months


class TwoWaysError(LedgerError):
    """Both records are on their way into the programme: one way ends first (as a duplicate), then they can be one."""


class HandoverRefusedError(LedgerError):
    """Some of those named cannot be handed over; `hindered` counts them by reason."""

    def __init__(self, hindered: Mapping[str, int]) -> None:
        super().__init__(", ".join(f"{count} {code}" for code, count in hindered.items()))
        self.hindered = dict(hindered)


class HandoverGapError(LedgerError):
    """So many workers would have months that nobody is asked for: ask the last payer for them first."""

    def __init__(self, *, workers: int, months: tuple[Month, ...]) -> None:
        super().__init__(f"{workers} workers: {', '.join(map(str, months))}")
        self.workers, self.months = workers, months


class FileRefusedError(LedgerError):
    """A file that cannot be held against ours: it cannot be read, or contradicts itself."""

    def __init__(self, problems: list[dict[str, Any]]) -> None:
        super().__init__(", ".join(problem["code"] for problem in problems))
        self.problems = problems


class StatementWithoutOwnerError(LedgerError):
    """A bank's statement without the movement whose account it is."""


class NotWaitingError(LedgerError):
    """A line that waits for nobody's word, or had it already."""


class NotYetSubmittedError(LedgerError):
    """A file whose payments nobody has recorded yet."""


class FileUndoneError(LedgerError):
    """The file was taken back: nothing more happens with it."""


class FileAcceptedError(LedgerError):
    """The file was accepted: nothing more is decided on it; take it back first."""


class NoticeNeededError(LedgerError):
    """Money under a code that names no notice is taken by saying which notice it was for."""


class StillWaitingError(LedgerError):
    """Lines wait for a person's word before the file can be accepted."""

    def __init__(self, lines: int) -> None:
        super().__init__(f"{lines} lines wait")
        self.lines = lines
