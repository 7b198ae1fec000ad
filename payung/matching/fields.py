"""FIELDS.yaml: which columns of a table are compared, and as what.

    id: rec_id                      # the column that names a record; without it: the row's number, from 1
    one_to_one: true                # linking two files: no record is linked twice
    fields:
      given_name: {kind: name, swaps_with: surname}
      born: {kind: date, column: date_of_birth}

Everything else has a default. The whole language stands in docs/matching.md.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from payung.matching.errors import FieldsFileError


class Kind(StrEnum):
    """As what a field is compared."""

    NAME = "name"  # one name: a given name, a surname
    PERSON = "person"  # a whole name of several words, written the Indonesian way
    TEXT = "text"  # an address, a title, a place
    DATE = "date"
    CODE = "code"  # letters and digits where each stands for itself: an identity number, a postcode
    NUMBER = "number"  # a house number, a year, a price
    PHONE = "phone"
    CATEGORY = "category"  # one of few: sex, province
    NIK = "nik"  # with the birth date, as one comparison


KNOWN_FIELD = {"kind", "column", "right_column", "swaps_with", "birth", "order", "hide", "within", "name", "auto_when"}
KNOWN_PLAN = {"fields", "id", "right_id", "one_to_one", "auto", "link", "blocking", "model"}
NAME_OF_FIELD = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
ORDERS = ("ymd", "dmy", "mdy")


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its kind and where its value stands."""

    name: str
    kind: Kind
    column: str
    right_column: str
    swaps_with: str | None = None  # names and texts: this other field may hold the value instead
    birth: str | None = None  # of a NIK: the column of the birth date
    order: str | None = None  # of a date that is not written year first: dmy or mdy
    hide: bool = False  # keep the values out of the evidence
    name_field: str | None = None  # of a NIK: the field of the name, by which twins are told apart
    within: str | None = None  # of a text: the column of the larger place it lies in
    auto_when: tuple[str, ...] = ()  # levels of this field without which no pair is in the band auto

    def source(self, *, right: bool) -> str:
        """Name the column in the first or the second file."""
        return self.right_column if right else self.column


@dataclass(frozen=True, slots=True)
class Plan:
    """What is compared and how the answer is cut."""

    fields: tuple[Field, ...]
    id: str | None = None
    right_id: str | None = None
    one_to_one: bool = False
    auto: float = 0.999
    link: float = 0.5
    blocking: tuple[tuple[str, ...], ...] = field(default=())
    model: Path | None = None

    def named(self, name: str) -> Field:
        """Return the field of this name."""
        return next(each for each in self.fields if each.name == name)


def read_plan(path: Path) -> Plan:
    """Read a FIELDS.yaml; raise `FieldsFileError` with what is wrong in it."""
    try:
        said = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise FieldsFileError(f"{path.name} cannot be read as YAML") from error
    return plan_of(said, folder=path.parent)


def plan_of(said: Any, *, folder: Path = Path()) -> Plan:
    """Make a plan of what a FIELDS.yaml holds."""
    if not isinstance(said, Mapping) or not isinstance(said.get("fields"), Mapping) or not said["fields"]:
        raise FieldsFileError("`fields:` must name at least one field")
    _refuse_unknown(said, KNOWN_PLAN, "the file")
    fields = tuple(_field(name, about) for name, about in said["fields"].items())
    _refuse_strangers(fields)
    model = said.get("model")
    return Plan(
        fields,
        id=_column(said, "id"),
        right_id=_column(said, "right_id") or _column(said, "id"),
        one_to_one=_flag(said, "one_to_one"),
        auto=_share(said, "auto", 0.999),
        link=_share(said, "link", 0.5),
        blocking=tuple(tuple(rule) if isinstance(rule, list) else (str(rule),) for rule in said.get("blocking", ())),
        model=folder / model if model else None,
    )


def _field(name: object, about: object) -> Field:
    if not isinstance(name, str) or not NAME_OF_FIELD.fullmatch(name):
        raise FieldsFileError(f"field {name!r}: a name has small letters, digits and single underscores; use column:")
    said = {"kind": about} if isinstance(about, str) else about
    if not isinstance(said, Mapping) or said.get("kind") not in set(Kind):
        raise FieldsFileError(f"field {name}: kind must be one of {', '.join(Kind)}")
    _refuse_unknown(said, KNOWN_FIELD, f"field {name}")
    if said.get("order") not in (None, *ORDERS):
        raise FieldsFileError(f"field {name}: order must be one of {', '.join(ORDERS)}")
    column = str(said.get("column", name))
    return Field(
        name,
        Kind(said["kind"]),
        column,
        str(said.get("right_column", column)),
        swaps_with=said.get("swaps_with"),
        birth=said.get("birth"),
        order=said.get("order"),
        hide=_flag(said, "hide"),
        name_field=said.get("name"),
        within=said.get("within"),
        auto_when=_labels(said, "auto_when"),
    )


def _refuse_unknown(said: Mapping[Any, Any], known: set[str], where: str) -> None:
    unknown = sorted(str(key) for key in said if key not in known)
    if unknown:
        raise FieldsFileError(f"{where}: {', '.join(unknown)} is not known; known are {', '.join(sorted(known))}")


def _refuse_strangers(fields: tuple[Field, ...]) -> None:
    """A field swaps with another of its own kind, names or texts alone."""
    kinds = {each.name: each.kind for each in fields}
    for each in fields:
        if each.name_field is not None and kinds.get(each.name_field) is not Kind.PERSON:
            raise FieldsFileError(f"field {each.name}: name must be a field of kind person")
        if each.swaps_with is None:
            continue
        if kinds.get(each.swaps_with) is not each.kind or each.kind not in (Kind.NAME, Kind.TEXT):
            raise FieldsFileError(f"field {each.name}: swaps_with must name another field of kind name or text alike")


def _column(said: Mapping[Any, Any], key: str) -> str | None:
    """YAML reads a bare `no` as false: a table's first column must be quoted then."""
    value = said.get(key)
    if value is not None and not isinstance(value, str):
        raise FieldsFileError(f'{key} must be the name of a column; write it in quotes ("no" bare means false)')
    return value


def _labels(said: Mapping[Any, Any], key: str) -> tuple[str, ...]:
    value = said.get(key, [])
    if not isinstance(value, list) or not all(isinstance(label, str) for label in value):
        raise FieldsFileError(f"{key} must be a list of levels, as the evidence names them")
    return tuple(value)


def _flag(said: Mapping[Any, Any], key: str) -> bool:
    value = said.get(key, False)
    if not isinstance(value, bool):
        raise FieldsFileError(f"{key} must be true or false")
    return value


def _share(said: Mapping[Any, Any], key: str, default: float) -> float:
    value = said.get(key, default)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value < 1:
        raise FieldsFileError(f"{key} must lie between 0 and 1")
    return float(value)
