"""How alike two values are, step by step: a ladder of levels for each kind, as conditions of SQL (DuckDB).

A record's left value is `f_l`, its right `f_r`. The first level whose condition holds is the answer. Cheap conditions
stand before dear ones: most pairs differ, and an edit distance costs thirty times a Jaro-Winkler similarity.
`on_spark` says the same functions in Spark's words, so only the functions listed there may be used.
"""

from typing import Any

from payung.matching.errors import FieldsFileError
from payung.matching.fields import Field, Kind

MISSING, DIFFERENT, SAME = "missing", "different", "same"
TWIN = "as of a twin: the same date, another serial, another name"
Level = dict[str, Any]


def comparison(field: Field) -> dict[str, Any]:
    """Give the comparison of a field in the shape Splink's settings take.

    Raise `FieldsFileError` where the field's `auto_when` names a level that its ladder does not have.
    """
    missing = _LADDER_NULLS.get(field.kind, _either_null)(field.name)
    null: Level = {"sql_condition": missing, "label_for_charts": MISSING, "is_null_level": True}
    levels = [level for level in _LADDERS[field.kind](field) if level]
    labels = [level["label_for_charts"] for level in levels]
    if unknown := [label for label in field.auto_when if label not in labels]:
        raise FieldsFileError(f"field {field.name}: auto_when: {unknown[0]!r} is no level; levels are {labels}")
    return {"output_column_name": field.name, "comparison_levels": [null, *levels]}


def _level(condition: str, label: str, frequency: str | None = None) -> Level:
    level: Level = {"sql_condition": condition, "label_for_charts": label}
    if frequency:
        level |= {"tf_adjustment_column": frequency, "disable_tf_exact_match_detection": False}
    return level


def _either_null(f: str) -> str:
    return f"{f}_l is null or {f}_r is null"


def _no_nik_and_no_date(f: str) -> str:
    return (
        f"({f}_l is null or {f}_r is null) and ({f}__born_l is null or {f}__born_r is null) "
        f"and ({f}__year_l is null or {f}__year_r is null)"
    )


def _edits(f: str, most: int) -> str:
    return f"damerau_levenshtein({f}_l, {f}_r) <= {most}"


def _alike(f: str, least: float) -> str:
    return f"jaro_winkler_similarity({f}_l, {f}_r) >= {least}"


def _unlike(f: str, most: float) -> str:
    return f"jaro_winkler_similarity({f}_l, {f}_r) < {most}"


def _shorter(f: str) -> str:
    return f"least(length({f}_l), length({f}_r))"


def _other_field(field: Field) -> Level:
    if field.swaps_with is None:
        return {}
    f, g = field.name, field.swaps_with
    return _level(f"{f}_l = {g}_r or {g}_l = {f}_r", "in the other field")


def _name(field: Field) -> list[Level]:
    f, flat = field.name, f"{field.name}__flat"
    return [
        _level(f"{f}_l = {f}_r", SAME, f),
        _other_field(field),
        _level(f"length({flat}_l) = 1 and left({f}_r, 1) = {f}_l or length({flat}_r) = 1 and left({f}_l, 1) = {f}_r", "an initial"),
        _level(_unlike(flat, 0.8), DIFFERENT),
        _level(f"{flat}_l = {flat}_r or {_edits(flat, 1)} and {_shorter(flat)} >= 3", "one slip"),
        _level(f"{_edits(flat, 2)} and {_shorter(flat)} >= 5 or {_alike(flat, 0.92)}", "alike"),
        _level("ELSE", "a little alike"),
    ]  # fmt: skip


def _text(field: Field) -> list[Level]:
    if field.within:
        return _place(field)
    f, flat, words = field.name, f"{field.name}__flat", f"{field.name}__words"
    shared = f"len(list_intersect({words}_l, {words}_r))"
    fewer, more = (f"{side}(len({words}_l), len({words}_r))" for side in ("least", "greatest"))
    return [
        _level(f"{f}_l = {f}_r", SAME, f),
        _other_field(field),
        _level(f"{_unlike(flat, 0.75)} and not list_has_any({words}_l, {words}_r)", DIFFERENT),
        _level(f"{flat}_l = {flat}_r or {_edits(flat, 2)} and {_shorter(flat)} >= 6", "slips"),
        _level(f"{shared} >= 2 and {shared} = {more}", "the same words in another order"),
        _level(f"{shared} >= 2 and {shared} = {fewer} or {shared} >= 3 and {shared} * 4 >= {more} * 3", "most words the same"),
        _level(f"{_alike(flat, 0.9)} or {_edits(flat, 1)} or damerau_levenshtein({flat}_l, {flat}_r) * 4 <= {_shorter(flat)}", "alike"),
        _level(f"{shared} >= 1 and {shared} * 2 >= {fewer}", "half the words the same"),
        _level(_unlike(flat, 0.75), "hardly alike"),
        _level("ELSE", "a little alike"),
    ]  # fmt: skip


def _person(field: Field) -> list[Level]:
    f = field.name
    flat, row, words = f"{f}__flat", f"{f}__sorted", f"{f}__words"
    shared = f"len(list_intersect({words}_l, {words}_r))"
    fewer = f"least(len({words}_l), len({words}_r))"
    return [
        _level(f"{row}_l = {row}_r", SAME, row),
        _level(f"{flat}_l = {flat}_r", "a space more or less"),
        _level(f"{shared} = {fewer} and {fewer} >= 2", "a word dropped", row),
        _level(f"{shared} = {fewer}", "one word of several", row),
        _level(f"{_unlike(row, 0.7)} and {_unlike(flat, 0.7)} and not list_has_any({words}_l, {words}_r)", DIFFERENT),
        _level(f"{_edits(row, 1)} and {_shorter(row)} >= 4 or {_edits(flat, 1)} and {_shorter(flat)} >= 4", "one slip"),
        _level(f"{_edits(row, 2)} and {_shorter(row)} >= 8 or {_alike(row, 0.95)} or {_alike(flat, 0.95)}", "slips"),
        _level(f"{shared} >= 1 and left({f}__heard_l, 3) = left({f}__heard_r, 3) and ({_alike(row, 0.85)} or {_alike(flat, 0.85)})",
               "one word the same, the rest alike"),
        _level(f"{_alike(row, 0.88)} or {_alike(flat, 0.88)}", "alike"),
        _level(f"{shared} >= 1", "one word the same"),
        _level("ELSE", "a little alike"),
    ]  # fmt: skip


def _date(field: Field) -> list[Level]:
    f = field.name
    swapped = (
        f"substr({f}_l, 1, 4) = substr({f}_r, 1, 4) and substr({f}_l, 5, 2) = substr({f}_r, 7, 2) "
        f"and substr({f}_l, 7, 2) = substr({f}_r, 5, 2)"
    )
    return [
        _level(f"{f}_l = {f}_r", SAME, f),
        _level(swapped, "day and month swapped"),
        _level(f"jaro_similarity({f}_l, {f}_r) < 0.82", DIFFERENT),
        _level(_edits(f, 1), "one slip"),
        _level("ELSE", "slips"),
    ]


def _code(field: Field) -> list[Level]:
    f = field.name
    return [
        _level(f"{f}_l = {f}_r", SAME, f),
        _level(f"jaro_similarity({f}_l, {f}_r) < 0.7", DIFFERENT),
        _level(_edits(f, 1), "one slip"),
        _level("ELSE", "slips"),
    ]


def _phone(field: Field) -> list[Level]:
    """Numbers two digits apart are another line of the same exchange, and tell nothing of a person."""
    f = field.name
    return [
        _level(f"{f}_l = {f}_r", SAME, f),
        _level(f"jaro_similarity({f}_l, {f}_r) >= 0.85 and {_edits(f, 1)}", "one slip"),
        _level("ELSE", DIFFERENT),
    ]


def _category(field: Field) -> list[Level]:
    f = field.name
    return [
        _level(f"{f}_l = {f}_r", SAME, f),
        _level(f"levenshtein({f}_l, {f}_r) <= 1 and {_shorter(f)} >= 2", "one slip"),
        _level("ELSE", DIFFERENT),
    ]


def _place(field: Field) -> list[Level]:
    """A place in a larger one: villages of one name lie in several kecamatan."""
    f, flat, within = field.name, f"{field.name}__flat", f"{field.name}__within"
    there = f"({within}_l = {within}_r or {within}_l is null or {within}_r is null)"
    return [
        _level(f"{f}_l = {f}_r and {there}", SAME, f),
        _level(f"{there} and ({_edits(flat, 2)} and {_shorter(flat)} >= 5 or {_alike(flat, 0.9)})", "slips"),
        _level(f"{f}_l = {f}_r", "the same name elsewhere"),
        _level(f"{within}_l = {within}_r", "another place within the same"),
        _level("ELSE", DIFFERENT),
    ]


def _nik(field: Field) -> list[Level]:
    """NIK and birth date together. Another serial behind the same twelve digits is the twin's mark, and a slip's."""
    f, born, year = field.name, f"{field.name}__born", f"{field.name}__year"
    same_birth = f"{born}_l = {born}_r"
    swapped = (
        f"left({born}_l, 4) = left({born}_r, 4) and substr({born}_l, 5, 2) = substr({born}_r, 7, 2) "
        f"and substr({born}_l, 7, 2) = substr({born}_r, 5, 2)"
    )
    near_birth = f"({swapped} or levenshtein({born}_l, {born}_r) <= 1)"
    both = f"{f}_l is not null and {f}_r is not null"
    one_slip = f"jaro_similarity({f}_l, {f}_r) >= 0.9 and {_edits(f, 1)}"
    twin = f"{both} and {same_birth} and left({f}_l, 12) = left({f}_r, 12)"
    no_date = f"({born}_l is null or {born}_r is null)"
    same_year = f"left({born}_l, 4) = left({born}_r, 4)"
    return [
        _level(f"{f}_l = {f}_r and {same_birth}", "the same NIK and birth date"),
        _level(f"{f}_l = {f}_r and ({no_date} or {near_birth})", "the same NIK, the date near"),
        _level(f"{f}_l = {f}_r", "the same NIK, another date"),
        _level(f"{twin} and ({_other_name(field.name_field)})", TWIN) if field.name_field else {},
        _level(twin, "the same date, another serial in the NIK"),
        _level(f"{both} and {same_birth} and {one_slip}", "the same date, one slip in the NIK"),
        _level(f"{both} and {one_slip}", "another date, one slip in the NIK"),
        _level(f"{same_birth} and {both}", "the same date, another NIK"),
        _level(same_birth, "the same date, no NIK"),
        _level(f"{near_birth} and not ({both})", "the date near, no NIK"),
        _level(near_birth, "the date near, another NIK"),
        _level(f"{no_date} and {year}_l = {year}_r", "the same year, no date"),
        _level(f"{no_date} and abs(try_cast({year}_l as integer) - try_cast({year}_r as integer)) <= 1",
               "nearly the same year, no date"),
        _level(f"{no_date}", "another year, no date"),
        _level(f"not ({both}) and ({same_year} or right({born}_l, 4) = right({born}_r, 4))", "the date half the same, no NIK"),
        _level(f"not ({both})", "another date, no NIK"),
        _level(f"{same_year} or right({born}_l, 4) = right({born}_r, 4)", "the date half the same, another NIK"),
        _level("ELSE", DIFFERENT),
    ]  # fmt: skip


def _other_name(name: str) -> str:
    row, flat = f"{name}__sorted", f"{name}__flat"
    return f"{row}_l <> {row}_r and {_unlike(row, 0.97)} and {_unlike(flat, 0.97)}"


_LADDER_NULLS = {Kind.NIK: _no_nik_and_no_date}
_LADDERS = {
    Kind.NAME: _name,
    Kind.PERSON: _person,
    Kind.TEXT: _text,
    Kind.DATE: _date,
    Kind.CODE: _code,
    Kind.NUMBER: _code,
    Kind.PHONE: _phone,
    Kind.CATEGORY: _category,
    Kind.NIK: _nik,
}
