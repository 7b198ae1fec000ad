"""What can go wrong with a paper."""


class NikOnPaperError(ValueError):
    """A paper was given a whole NIK where a masked one belongs."""


class UnknownSeriesError(LookupError):
    """There is no series of numbers of this name."""


class PaperError(RuntimeError):
    """A paper could not be typeset: its template and its data do not agree."""


class NotACheckCodeError(ValueError):
    """A text that cannot be the code of a slip."""
