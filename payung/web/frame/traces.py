"""The steps of a rule as sentences, for `<c-why :steps="steps">`: `steps = tell_steps(ruling.steps)`.

The sentences are the rules' own (`sentences.yaml` of each programme, `payung.rules.telling`), in the reader's language.
Each figure behind a step has its value, its article, since when it holds, any doubt, and the address of its own page.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from payung.rules.steps import Figure, Step
from payung.rules.telling import tell, tell_figure
from payung.rules.writing import Language
from payung.web.frame.links import link_to
from payung.web.frame.words import CONFIDENCE_NOTES


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A figure of the law behind a step, as it is shown."""

    name: str
    value: str
    article: str
    days: str
    doubt: str
    href: str


@dataclass(frozen=True, slots=True)
class ToldStep:
    """A step as it is shown: a sentence, a formula only where there is no sentence, and the figures behind it."""

    label: str
    formula: str = ""
    figures: tuple[ShownFigure, ...] = ()

    @property
    def article(self) -> str:
        """The articles of its figures, each once."""
        return "; ".join(dict.fromkeys(figure.article for figure in self.figures))

    @property
    def confidence_note(self) -> str:
        """The doubt about its figures, if there is any."""
        return next((figure.doubt for figure in self.figures if figure.doubt), "")


def reader_language() -> Language:
    """The language in which the law is told to this reader."""
    return Language.EN if (get_language() or "").startswith(Language.EN) else Language.ID


def tell_steps(steps: Iterable[Step[Any]]) -> list[ToldStep]:
    """Tell each step of a ruling."""
    language = reader_language()
    return [
        ToldStep(
            label=told.sentence,
            formula=told.formula if told.sentence == told.code else "",
            figures=tuple(_figure(figure, language) for figure in told.figures),
        )
        for told in tell(steps, language)
    ]


def _figure(figure: Figure, language: Language) -> ShownFigure:
    told = tell_figure(figure, language)
    return ShownFigure(
        name=told.name,
        value=told.value,
        article=told.article,
        days=told.days,
        doubt=str(CONFIDENCE_NOTES[figure.confidence]),
        href=link_to("law_card", figure.card),
    )
