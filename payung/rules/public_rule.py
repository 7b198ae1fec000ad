"""A rule under its public name: the function, the keys it takes, and how what is given becomes its arguments."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, get_type_hints

from payung.rules.errors import Expected, GivenError
from payung.rules.given import read_given, shown
from payung.rules.steps import Ruling


@dataclass(frozen=True, slots=True)
class Key:
    """One thing that a rule wants to know."""

    name: str
    kind: Any
    required: bool


@dataclass(frozen=True, slots=True)
class PublicRule:
    """A rule that cases, pages and the command line can ask by name: the name of its function."""

    name: str
    title: str
    function: Callable[..., Ruling]
    keys: tuple[Key, ...]

    @classmethod
    def of(cls, function: Callable[..., Ruling]) -> "PublicRule":
        """Read the public face off a function: its name, its first line, its parameters with their types."""
        hints = get_type_hints(function, include_extras=True)
        keys = tuple(
            Key(name, hints[name], required=parameter.default is inspect.Parameter.empty)
            for name, parameter in inspect.signature(function).parameters.items()
        )
        title = (inspect.getdoc(function) or "").partition("\n")[0]
        return cls(function.__name__, title, function, keys)

    def arguments(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Read what was given; raise `GivenError` for a key that is missing, unknown or of another kind."""
        known = {key.name: key for key in self.keys}
        for name in given:
            if name not in known:
                raise GivenError(self.name, str(name), Expected.KNOWN_KEY, choices=tuple(known))
        for key in self.keys:
            if key.required and key.name not in given:
                raise GivenError(self.name, key.name, Expected.TO_BE_GIVEN)
        return {name: read_given(self.name, name, known[name].kind, raw) for name, raw in given.items()}

    def shown(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """The arguments as they may be shown, secrets masked."""
        kinds = {key.name: key.kind for key in self.keys}
        return {name: shown(kinds[name], value) for name, value in arguments.items()}

    def __call__(self, given: Mapping[str, Any]) -> Ruling:
        """Ask the rule."""
        return self.function(**self.arguments(given))
