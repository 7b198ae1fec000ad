"""Which records meet at all: keys that two records of one person will share, and which of them are cheap enough.

A key is an expression with `{side}` for the record's alias. FIELDS.yaml may name keys itself (`blocking:`), as `field`
or `field:key`; otherwise they are chosen by how many pairs each would bring.
"""

from collections.abc import Callable, Iterable
from itertools import combinations

from payung.matching.errors import FieldsFileError
from payung.matching.fields import Field, Kind, Plan

Rule = tuple[str, ...]
# A key alone may bring 15 pairs a record, two keys together 6; fewer where a table is large.
_ALONE, _TOGETHER = 15, 6
_MOST_PAIRS = 4_000_000
_MOST_RULES = 24


def keys_of(field: Field) -> dict[str, str]:
    """Give a field's blocking keys, the field's own value first."""
    return {key: text.replace("$", f"{{side}}.{field.name}") for key, text in _KEYS[field.kind].items()}


def rules_named(plan: Plan) -> list[Rule]:
    """Give the rules that FIELDS.yaml names."""
    return [tuple(_key_named(plan, key) for key in rule) for rule in plan.blocking]


def rules_chosen(plan: Plan, *, records: int, pairs_of: Callable[[Rule], int]) -> list[Rule]:
    """Choose rules whose number of pairs can be afforded, each pair of fields once."""
    alone = min(_ALONE * records, max(_MOST_PAIRS // 2, records))
    together = min(_TOGETHER * records, max(_MOST_PAIRS // 4, records))
    rules: list[Rule] = []
    dear: dict[str, list[str]] = {}
    for field in plan.fields:
        for key in keys_of(field).values():
            if pairs_of((key,)) <= alone:
                rules.append((key,))
            else:
                dear.setdefault(field.name, []).append(key)
    both = [_widest(combination, together, pairs_of) for combination in combinations(dear.values(), 2)]
    found = sorted((rule for rule in both if rule), key=lambda item: item[0])
    return [*rules, *(rule for _, rule in found)][:_MOST_RULES] or [
        (key,) for field in plan.fields for key in keys_of(field).values()
    ]


def statement(rule: Rule) -> str:
    """Write a rule as the condition of a join."""
    return " and ".join(f"{key.format(side='l')} = {key.format(side='r')}" for key in rule)


def _widest(fields: Iterable[list[str]], most: int, pairs_of: Callable[[Rule], int]) -> tuple[int, Rule] | None:
    """Of all ways to take one key of each of two fields, the one that lets most pairs through and can be afforded."""
    first, second = fields
    counted = [(pairs_of((one, other)), (one, other)) for one in first for other in second]
    return max((each for each in counted if each[0] <= most), default=None)


def _key_named(plan: Plan, said: str) -> str:
    name, _, key = said.partition(":")
    found = next((keys_of(field) for field in plan.fields if field.name == name), {})
    if not found or (key and key not in found):
        known = ", ".join(found) if found else ", ".join(each.name for each in plan.fields)
        raise FieldsFileError(f"blocking: {said} is not known; known are {known}")
    return found[key] if key else next(iter(found.values()))


_CODE = {"value": "$", "head": "left($, 4)", "tail": "right($, 4)"}
_KEYS: dict[Kind, dict[str, str]] = {
    Kind.NAME: {"value": "$", "sound": "$__sound"},
    Kind.TEXT: {"value": "$__flat", "sound": "$__sound"},
    Kind.PERSON: {"value": "$__sorted", "sound": "$__sound", "second": "$__second", "head": "left($__flat, 5)"},
    Kind.DATE: {"value": "$", "year": "substr($, 1, 4)", "day": "substr($, 5, 4)"},
    Kind.CODE: _CODE,
    Kind.PHONE: {"value": "$"},
    Kind.NUMBER: {"value": "$"},
    Kind.CATEGORY: {"value": "$"},
    Kind.NIK: {
        "value": "$",
        "born": "$__born",
        "tail": "right($, 6)",
        "head": "left($, 10)",
        "year": "$__year",
        "month": "left($__born, 6)",
        "day": "substr($__born, 5, 4)",
    },
}
