"""The one exception of the reading process: a file that is refused, with the reason as a code."""

from typing import Any


class RefusedError(Exception):
    """The file cannot be used. `code` is a problem's code (`file:...`), `params` feed its sentence."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
