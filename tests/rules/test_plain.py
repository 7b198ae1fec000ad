"""Values of the rules as plain data."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from payung.kernel.funds import Sektor
from payung.kernel.month import Month
from payung.rules.plain import plain


@dataclass(frozen=True)
class Anak:
    lahir: date
    sektor: Sektor


def test_what_the_rules_know_becomes_texts_mappings_and_lists():
    born = Anak(date(2015, 1, 2), Sektor.LAINNYA)
    said = {"bulan": Month.from_text("2026-11"), 3: (born, None), "pukul": datetime(2026, 11, 22, 8, 5, 59, tzinfo=UTC)}
    assert plain(said) == {
        "bulan": "2026-11",
        "3": [{"lahir": "2015-01-02", "sektor": "LAINNYA"}, None],
        "pukul": "2026-11-22T08:05+00:00",
    }


def test_what_is_none_of_these_stays_what_it_is():
    """A class is no value, though a dataclass: it has fields and none of them."""
    assert plain(Anak) is Anak
    assert plain(b"x") == b"x"
