"""What can go wrong with statistics."""

from datetime import date


class FigureRefusedError(ValueError):
    """An official figure that cannot be: `code` says why, `params` what was found. Nothing was written."""

    def __init__(self, code: str, **params: str | int | date) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class TooManyTriesError(PermissionError):
    """Somebody asks faster than a person with a slip in hand would."""

    def __init__(self, retry_after_seconds: int) -> None:
        super().__init__(retry_after_seconds)
        self.retry_after_seconds = retry_after_seconds
