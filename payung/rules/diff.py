"""What the law says otherwise on another day: each figure whose value differs, old and new, and by which regulation."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from payung.rules.cards import Card, DatedValue
from payung.rules.errors import CardError
from payung.rules.labels import Table, table_of
from payung.rules.legal_basis import CARDS_OF
from payung.rules.plain import plain


@dataclass(frozen=True, slots=True)
class Change:
    """A figure and its values on the two days; None where no law gives one."""

    programme: str
    card: Card[Any]
    old: DatedValue[Any] | None
    new: DatedValue[Any] | None

    @property
    def by(self) -> DatedValue[Any]:
        """The value whose article brought the change: the new one, or the old one whose days ended."""
        by = self.new or self.old
        if by is None:
            raise CardError(f"{self.card.name}: no change without a value")
        return by

    @property
    def rows(self) -> tuple[Table, Table] | None:
        """Of a table, the rows that went and the rows that came; None for a bare figure."""
        old, new = _table(self.old), _table(self.new)
        columns = (new or old or Table((), ())).columns
        if not columns:
            return None
        before, after = (old.rows if old else ()), (new.rows if new else ())
        return (
            Table(columns, tuple(row for row in before if row not in after)),
            Table(columns, tuple(row for row in after if row not in before)),
        )

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "card": self.card.name,
            "programme": self.programme,
            "name": {"id": self.card.name_id, "en": self.card.name_en},
            "unit": self.card.unit,
            "old": _side(self.old),
            "new": _side(self.new),
        }


def changes_between(first: date, second: date) -> list[Change]:
    """Name each figure whose value on the second day is another than on the first, programme by programme.

    >>> [change.card.name for change in changes_between(date(2026, 3, 31), date(2026, 4, 1))]
    ['keringanan_pp_50_2025_lainnya']
    """
    return [
        Change(programme, card, card.find(first), card.find(second))
        for programme, cards in CARDS_OF.items()
        for card in cards.values()
        if _bare(card.find(first)) != _bare(card.find(second))
    ]


def _bare(value: DatedValue[Any] | None) -> Any:
    """What is compared: the figures alone, not where they stand in the law; None where there is none."""
    if value is None:
        return None
    return _table(value) or plain(value.value)


def _table(value: DatedValue[Any] | None) -> Table | None:
    return None if value is None else table_of(value.value)


def _side(value: DatedValue[Any] | None) -> dict[str, Any] | None:
    return None if value is None else plain(value.figure())
