"""How a figure came about, as data: a result carries its steps, a step the figures it used, a figure its article.

No sentence is made here. A step has a code and parameters; the doors hold the texts and render them.
"""

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, TypeVar

from payung.kernel.funds import Keyakinan
from payung.rules.plain import plain

ResultT_co = TypeVar("ResultT_co", covariant=True)

_NOTHING: Mapping[str, Any] = MappingProxyType({})
_FROM_SURE_TO_UNSURE = (Keyakinan.TINGGI, Keyakinan.BELUM_DICEK, Keyakinan.PERLU_KONFIRMASI)


@dataclasses.dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the law as a step used it: which card, what value, whose article, in force since when, how sure."""

    card: str
    value: Any
    unit: str
    article: str
    source: str
    since: date
    until: date | None
    since_exact: bool
    confidence: Keyakinan


@lru_cache(maxsize=1024)
def _plain_figure(figure: Figure) -> Mapping[str, Any]:
    """A figure as plain data. Kept, for every answer cites the same few: copy it before it is handed on."""
    return MappingProxyType(plain(figure))


class Step(NamedTuple, Generic[ResultT_co]):
    """One step of a calculation. `formula` is written with the names of its params and figures.

    A tuple with names, for speed: an answer makes ten of them, and a frozen dataclass takes thrice the time.
    """

    code: str
    result: ResultT_co
    formula: str = ""
    params: Mapping[str, Any] = _NOTHING
    figures: tuple[Figure, ...] = ()

    @property
    def confidence(self) -> Keyakinan:
        """As sure as the least sure of its figures."""
        return weakest(figure.confidence for figure in self.figures)

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON and templates."""
        return {
            "code": self.code,
            "result": plain(self.result),
            "formula": self.formula,
            "params": plain(self.params),
            "figures": [{**_plain_figure(figure)} for figure in self.figures],
            "confidence": self.confidence.value,
        }


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What a rule answers; each rule adds its own fields. `steps` say how, `confidence` how sure."""

    steps: tuple[Step[Any], ...]

    @property
    def confidence(self) -> Keyakinan:
        """As sure as the least sure of the figures that were used."""
        return weakest(step.confidence for step in self.steps)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Each figure used, once, in the order of use."""
        return tuple(dict.fromkeys(figure for step in self.steps for figure in step.figures))

    def answer(self) -> dict[str, Any]:
        """The fields of the answer as plain data, with the confidence and without the steps."""
        fields = {field.name: plain(getattr(self, field.name)) for field in dataclasses.fields(self)}
        del fields["steps"]
        return {**fields, "confidence": self.confidence.value}


def weakest(confidences: Iterable[Keyakinan]) -> Keyakinan:
    """The least sure of several; where there is none, nothing was doubted.

    >>> weakest([Keyakinan.TINGGI, Keyakinan.BELUM_DICEK])
    <Keyakinan.BELUM_DICEK: 'belum dicek'>
    """
    return max(confidences, key=_FROM_SURE_TO_UNSURE.index, default=Keyakinan.TINGGI)
