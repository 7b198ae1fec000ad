"""What a benefit would be, and why: a form by the public rules, the steps behind one click. Nothing is kept."""

import dataclasses
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from payung.access.doors import ViewerRequest, door
from payung.access.permissions import Permission
from payung.kernel.clock import SystemClock
from payung.kernel.funds import Keyakinan
from payung.rules.errors import RuleError
from payung.rules.explain import explain
from payung.rules.labels import Table, cell_text, label, table_of
from payung.rules.steps import Ruling, Step
from payung.web.frame.traces import reader_language, tell_steps
from payung.web.frame.words import CONFIDENCE_NOTES
from payung.web.law.forms import RuleForm
from payung.web.law.questions import GROUPS, QUESTIONS, Question
from payung.web.law.tables import nested_tables, shown_table

TOTAL = "total_rp"
# Steps that give something, but name the condition for which the rest is nothing.
LESS = {"jkm.dalam_masa_tunggu"}


@dataclasses.dataclass(frozen=True, slots=True)
class AnswerLine:
    """One figure of the answer."""

    label: str
    value: str
    is_money: bool


@door(GET=Permission.PUBLIC)
def choice(request: ViewerRequest) -> HttpResponse:
    """What happened? Choose."""
    return render(request, "law/choice.html", {"groups": GROUPS})


@door(GET=Permission.PUBLIC)
def page(request: ViewerRequest, slug: str) -> HttpResponse:
    """The question's form, and its answer once it is filled in."""
    question = QUESTIONS.get(slug)
    if question is None:
        raise Http404
    today = SystemClock().today()
    is_asked = any(name in request.GET for name in RuleForm(question.rule, today=today).fields)
    form = RuleForm(question.rule, request.GET if is_asked else None, today=today)
    facts: dict[str, Any] = {"question": question, "form": form, "groups": GROUPS}
    if form.is_bound and form.is_valid():
        facts |= _answered(question, form)
    return render(request, "law/benefit.html", facts)


def _answered(question: Question, form: RuleForm) -> dict[str, Any]:
    try:
        ruling = explain(question.rule_name, form.given()).ruling
    except RuleError as error:
        form.refuse(error)
        return {}
    lines = _lines(ruling)
    return {
        "ruling": ruling,
        "total": lines.pop(TOTAL, None),
        "lines": list(lines.values()),
        "tables": [shown_table(title, table) for title, table in _tables(ruling)],
        "nested": [inner for title, table in _tables(ruling) for inner in nested_tables(title, table)],
        "steps": tell_steps(ruling.steps),
        "why_not": _why_not(ruling),
        "doubt": CONFIDENCE_NOTES[ruling.confidence] if ruling.confidence is not Keyakinan.TINGGI else "",
    }


def _fields(ruling: Ruling) -> list[tuple[str, Any]]:
    return [(field.name, getattr(ruling, field.name)) for field in dataclasses.fields(ruling) if field.name != "steps"]


def _lines(ruling: Ruling) -> dict[str, AnswerLine]:
    language = reader_language()
    return {
        name: AnswerLine(label("fields", name, language), cell_text(name, value, language), name.endswith("_rp"))
        for name, value in _fields(ruling)
        if not isinstance(value, (tuple, dict)) and value is not None
    }


def _tables(ruling: Ruling) -> list[tuple[str, Table]]:
    found = [(name, table_of(value)) for name, value in _fields(ruling) if isinstance(value, (tuple, dict))]
    return [(label("fields", name, reader_language()), table) for name, table in found if table]


def _why_not(ruling: Ruling) -> list[str]:
    """What is nothing, each with the condition that failed; only where a sum of the answer is nothing."""
    if all(value != 0 for name, value in _fields(ruling) if name.endswith("_rp")):
        return []
    return [told.label for step, told in zip(ruling.steps, tell_steps(ruling.steps), strict=True) if _is_nothing(step)]


def _is_nothing(step: Step[Any]) -> bool:
    return step.code in LESS or (isinstance(step.result, int) and step.result == 0)
