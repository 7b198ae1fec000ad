"""The sentences of one problem."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Text:
    """The sentences of one code. `expected` and `remedy` are empty where there is nothing to add."""

    found: str | Promise
    expected: str | Promise = ""
    remedy: str | Promise = ""
