"""FIELDS.yaml is read, and what is wrong in it is said."""

import pytest

from payung.matching.errors import FieldsFileError
from payung.matching.fields import Kind, plan_of, read_plan
from payung.matching.ladders import comparison


def test_a_field_may_be_only_its_kind(tmp_path):
    file = tmp_path / "fields.yaml"
    file.write_text("id: 'no'\nfields:\n  born: {kind: date, column: tgl_lahir, order: dmy}\n  town: category\n")
    plan = read_plan(file)
    born, town = plan.fields
    assert (plan.id, plan.right_id, born.column, born.order, town.kind) == (
        "no",
        "no",
        "tgl_lahir",
        "dmy",
        Kind.CATEGORY,
    )


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, "at least one field"),
        ({"fields": {"a": "colour"}}, "kind must be one of"),
        ({"fields": {"A b": "name"}}, "small letters"),
        ({"fields": {"a": {"kind": "name", "weight": 3}}}, "weight is not known"),
        ({"fields": {"a": {"kind": "name", "swaps_with": "b"}, "b": "code"}}, "swaps_with"),
        ({"fields": {"a": {"kind": "nik", "name": "b"}, "b": "name"}}, "kind person"),
        ({"fields": {"a": "name"}, "auto": 99}, "auto must lie"),
        ({"fields": {"a": "name"}, "one_to_one": "yes"}, "true or false"),
        ({"fields": {"a": "name"}, "colour": 1}, "colour is not known"),
        ({"fields": {"a": "name"}, "id": False}, "in quotes"),
        ({"fields": {"a": {"kind": "name", "auto_when": "same"}}}, "list of levels"),
    ],
)
def test_a_wrong_file_says_what_is_wrong(said, told):
    with pytest.raises(FieldsFileError, match=told):
        plan_of(said)


def test_a_level_that_a_field_does_not_have_is_refused_with_those_it_has():
    (field,) = plan_of({"fields": {"a": {"kind": "code", "auto_when": ["identical"]}}}).fields
    with pytest.raises(FieldsFileError, match=r"'identical' is no level; levels are .*same"):
        comparison(field)


def test_a_file_that_is_no_yaml_is_said_to_be_none(tmp_path):
    file = tmp_path / "fields.yaml"
    file.write_text("fields: [")
    with pytest.raises(FieldsFileError, match="as YAML"):
        read_plan(file)
