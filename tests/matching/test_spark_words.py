"""What is written for DuckDB is understood for Spark, function by function; held where there is no Spark, too."""

import pytest

from payung.matching.candidates import keys_of
from payung.matching.fields import Kind, plan_of, read_plan
from payung.matching.ladders import comparison
from payung.matching.model import MODELS, read_model
from payung.matching.preparing import stages
from payung.matching.spark_words import in_spark, settings_in_spark, unknown_functions

ALL_KINDS = {
    "name": {"kind": "person"},
    "nik": {"kind": "nik", "birth": "born", "name": "name"},
    "given": {"kind": "name", "swaps_with": "family"},
    "family": {"kind": "name", "swaps_with": "given"},
    "street": "text",
    "village": {"kind": "text", "within": "kecamatan"},
    "day": {"kind": "date", "order": "dmy"},
    "code": "code",
    "number": "number",
    "phone": "phone",
    "sex": "category",
}
PLAN = plan_of({"fields": ALL_KINDS})


def said_for(field):
    yield from (text for stage in stages(field) for text in stage.values())
    yield from (
        each["sql_condition"] for each in comparison(field)["comparison_levels"] if each["sql_condition"] != "ELSE"
    )
    yield from (key.format(side="l") for key in keys_of(field).values())


def test_every_kind_is_among_them():
    assert {field.kind for field in PLAN.fields} == set(Kind)


@pytest.mark.parametrize("field", PLAN.fields, ids=lambda field: field.name)
def test_each_function_that_a_field_needs_is_known_to_spark(field):
    assert {name for text in said_for(field) for name in unknown_functions(text)} == set()


def test_a_function_that_nobody_answers_is_named():
    assert unknown_functions("hamming(a, b) < 3 and jaro_similarity(a, b) > 0.5") == {"hamming"}


def test_words_are_counted_as_a_list_and_letters_as_a_text():
    assert in_spark("len(f__words_l) = 2 and length(f_l) = 2") == "ARRAY_SIZE(f__words_l) = 2 AND LENGTH(f_l) = 2"


def test_the_weights_of_a_model_stay_as_they_are():
    plan = read_plan(MODELS / "worker.yaml")
    model = read_model(plan.model, plan)
    written = settings_in_spark(model.settings, link=False)
    weights = ("m_probability", "u_probability", "label_for_charts", "tf_adjustment_column")
    for ours, theirs in zip(model.comparisons, written["comparisons"], strict=True):
        for one, other in zip(ours["comparison_levels"], theirs["comparison_levels"], strict=True):
            assert [one.get(key) for key in weights] == [other.get(key) for key in weights]
    rules = written["blocking_rules_to_generate_predictions"]
    assert rules[0] == {"blocking_rule": "l.nik = r.nik", "sql_dialect": "spark"}
    assert len(rules) == len(model.settings["blocking_rules_to_generate_predictions"])
