"""What can go wrong with work behind the scenes."""

from typing import Any


class UnknownJobError(LookupError):
    """Nobody has named a job of this kind."""


class SecretInParamsError(ValueError):
    """A job was given something that looks like a NIK: the queue is no place for it."""


class TransientError(RuntimeError):
    """Raised by a job for trouble that passes by itself; the job is tried again later."""


class JobProblemError(RuntimeError):
    """Raised by a job that cannot be done as asked. The code's words, with `params`, are rendered at the doors."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
