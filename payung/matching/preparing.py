"""How each kind of field is written before it is compared: expressions of SQL (DuckDB), by the name of their column.

A field `f` becomes the column `f` and, beside it, `f__flat` (without spaces), `f__words` (a list), `f__sound` (how its
first word sounds, for blocking). Nothing here runs; `on_duckdb` does.
"""

from payung.matching.fields import Field, Kind
from payung.matching.indonesian import nik_stages, person_stages

Columns = dict[str, str]
_CONSONANTS = "bdfgklmnprst"


def quoted(name: str) -> str:
    """Quote a column's name, so that any heading of a table can be one."""
    return '"' + name.replace('"', '""') + '"'


def stages(field: Field, *, right: bool = False) -> list[Columns]:
    """Give the prepared columns of a field in stages: the first reads the table, each later one those before it."""
    value = f"cast({quoted(field.source(right=right))} as varchar)"
    if field.kind is Kind.PERSON:
        return person_stages(field.name, value)
    if field.kind is Kind.NIK:
        birth = f"cast({quoted(field.birth)} as varchar)" if field.birth else "cast(null as varchar)"
        return nik_stages(field.name, value, date_text(birth, field.order))
    return _STAGES[field.kind](field, value)


def plain(value: str) -> str:
    """Small letters without accents, words parted by one space; null where nothing is left."""
    return f"nullif(trim(regexp_replace(lower(strip_accents({value})), '[^\\p{{L}}\\p{{N}}]+', ' ', 'g')), '')"


def sound(text: str) -> str:
    """How the first word begins, told by its consonants: four letters."""
    rest = f"regexp_replace(replace(substr(split_part({text}, ' ', 1), 2), 'ph', 'f'), '[aeiouhwy]', '', 'g')"
    for letter in _CONSONANTS:
        rest = f"replace({rest}, '{letter * 2}', '{letter}')"
    return f"left(left({text}, 1) || regexp_replace({rest}, '[cq]', 'k', 'g'), 4)"


def date_text(value: str, order: str | None = None) -> str:
    """Eight digits, year first; whatever else is written stays as its digits, for a wrong date is still evidence."""
    parts = {"dmy": (3, 2, 1), "mdy": (3, 1, 2)}.get(order or "dmy", (3, 2, 1))
    pattern = r"^\s*(\d{1,2})\D+(\d{1,2})\D+(\d{4}).*$"
    parted = " || ".join(
        f"lpad(regexp_extract({value}, '{pattern}', {part}), {4 if part == 3 else 2}, '0')" for part in parts
    )
    iso = r"^\s*(\d{4})\D+(\d{1,2})\D+(\d{1,2}).*$"
    year_first = " || ".join(
        f"lpad(regexp_extract({value}, '{iso}', {part}), {4 if part == 1 else 2}, '0')" for part in (1, 2, 3)
    )
    digits = f"regexp_replace({value}, '[^0-9]', '', 'g')"
    if order in ("dmy", "mdy"):
        day, month = (1, 3) if order == "dmy" else (3, 1)
        digits = (
            f"case when length({digits}) = 8 then substr({digits}, 5, 4) || substr({digits}, {month}, 2) "
            f"|| substr({digits}, {day}, 2) else {digits} end"
        )
    return (
        f"nullif(case when regexp_matches({value}, '{iso}') then {year_first} "
        f"when regexp_matches({value}, '{pattern}') then {parted} else {digits} end, '')"
    )


def _name(field: Field, value: str) -> list[Columns]:
    f = field.name
    return [{f: plain(value)}, {f"{f}__flat": f"replace({f}, ' ', '')", f"{f}__sound": sound(f)}]


def _text(field: Field, value: str) -> list[Columns]:
    first, second = _name(field, value)
    if field.within:
        first[f"{field.name}__within"] = plain(f"cast({quoted(field.within)} as varchar)")
    words = f"list_distinct(string_split({field.name}, ' '))"
    return [first, {**second, f"{field.name}__words": f"list_filter({words}, lambda word: length(word) > 1)"}]


def _date(field: Field, value: str) -> list[Columns]:
    return [{field.name: date_text(value, field.order)}]


def _code(field: Field, value: str) -> list[Columns]:
    return [{field.name: f"nullif(regexp_replace(upper({value}), '[^0-9A-Z]', '', 'g'), '')"}]


def _number(field: Field, value: str) -> list[Columns]:
    # "12.0" is how a spreadsheet writes 12 once a neighbour is missing.
    whole = f"regexp_replace(trim({value}), '[.]0+$', '')"
    return [{field.name: f"nullif(regexp_replace({whole}, '[^0-9A-Za-z.]', '', 'g'), '')"}]


def _phone(field: Field, value: str) -> list[Columns]:
    digits = f"regexp_replace({value}, '[^0-9]', '', 'g')"
    return [{field.name: f"case when length({digits}) >= 6 then right({digits}, 9) end"}]


def _category(field: Field, value: str) -> list[Columns]:
    return [{field.name: plain(value)}]


_STAGES = {
    Kind.NAME: _name,
    Kind.TEXT: _text,
    Kind.DATE: _date,
    Kind.CODE: _code,
    Kind.NUMBER: _number,
    Kind.PHONE: _phone,
    Kind.CATEGORY: _category,
}
