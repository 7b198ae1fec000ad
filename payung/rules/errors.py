"""Promises of the law that were broken, each by its name. `code` is what the doors translate."""

from datetime import date
from enum import StrEnum
from typing import ClassVar


class RuleError(Exception):
    """Whatever keeps a rule from answering."""

    code: ClassVar[str] = "rule"


class BeforeTheLawError(RuleError):
    """The day lies before the first law that gives the figure."""

    code = "before-the-law"

    def __init__(self, card: str, day: date, first: date) -> None:
        super().__init__(f"{card}: no law yet on {day}; the first is in force since {first}")
        self.card, self.day, self.first = card, day, first


class AfterTheLawError(RuleError):
    """The day lies after the last day of the law that gave the figure, or in a gap between two laws."""

    code = "after-the-law"

    def __init__(self, card: str, day: date) -> None:
        super().__init__(f"{card}: no law in force on {day}")
        self.card, self.day = card, day


class BeyondTheCalendarError(RuleError):
    """A deadline that lies after the last day that can be written."""

    code = "beyond-the-calendar"

    def __init__(self, day: date) -> None:
        super().__init__(f"counted from {day}, the deadline lies beyond the year 9999")
        self.day = day


class FractionOfRupiahError(RuleError):
    """A share that is no whole rupiah where the law gives no rounding."""

    code = "fraction-of-rupiah"


class Expected(StrEnum):
    """What a rule would have taken instead; the doors hold the texts."""

    WHOLE_NUMBER = "whole-number"
    TRUTH = "truth"
    TEXT = "text"
    DAY = "day"
    MONTH = "month"
    MOMENT = "moment"
    LIST = "list"
    FIELDS = "fields"
    CHOICE = "choice"
    TO_BE_GIVEN = "to-be-given"
    KNOWN_KEY = "known-key"
    ZERO_OR_MORE = "zero-or-more"
    ONE_OR_MORE = "one-or-more"
    FROM_TO = "from-to"
    AT_MOST = "at-most"
    NOT_AFTER_REGISTRATION = "not-after-registration"
    NOT_AFTER_DEATH = "not-after-death"
    NOT_AFTER_PAYING_AGAIN = "not-after-paying-again"
    NOT_BEFORE_EVENT = "not-before-event"


class GivenError(RuleError):
    """What was given to a rule is missing, unknown or of another kind. It never repeats the value: it may be a NIK."""

    code = "given"

    def __init__(self, rule: str, key: str, expected: Expected, *, choices: tuple[str, ...] = ()) -> None:
        super().__init__(f"{rule}: {key}: expected {expected} {', '.join(choices)}".rstrip())
        self.rule, self.key, self.expected, self.choices = rule, key, expected, choices


class UnknownRuleError(RuleError):
    """No rule bears this public name."""

    code = "unknown-rule"

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(f"no rule named {name}; there are: {', '.join(known)}")
        self.name, self.known = name, known


class CardError(RuleError):
    """A card of `parameters.yaml` that is not as it must be: a fault of ours, found when the program starts."""

    code = "card"


class TwoFormulasError(CardError):
    """Two dated twins hold on one day: a fault of ours, or a scenario that stretches one over the other."""

    code = "two-formulas"

    def __init__(self, name: str, day: date) -> None:
        super().__init__(f"{name}: two formulas hold on {day}")
        self.name, self.day = name, day


class CasesFileError(RuleError):
    """A file that does not hold worked cases."""

    code = "cases-file"


class SentenceError(RuleError):
    """A sentence of `sentences.yaml` that is missing or cannot be told: a fault of ours."""

    code = "sentence"


class OverlayFault(StrEnum):
    """What is wrong with a scenario file; the doors hold the texts."""

    NOT_YAML = "not-yaml"
    SHAPE = "shape"
    NAME = "name"
    UNKNOWN_CARD = "unknown-card"
    NO_VALUES = "no-values"
    KEYS = "keys"
    DAYS = "days"
    ORDER = "order"
    VALUE = "value"


class OverlayError(RuleError):
    """A scenario file that cannot be reckoned with. `card` and `number` say where; `known` what was meant, perhaps."""

    code = "overlay"

    def __init__(
        self, fault: OverlayFault, *, card: str = "", number: int = 0, detail: str = "", known: tuple[str, ...] = ()
    ) -> None:
        place = f"{card} value {number}" if number else card
        super().__init__(f"scenario: {fault} {place} {detail}".strip())
        self.fault, self.card, self.number, self.detail, self.known = fault, card, number, detail, known
