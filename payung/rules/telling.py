"""The steps of a rule as sentences for a family: from the `sentences.yaml` of each programme's folder.

    jkm.masa_tunggu: {id: "Pada {bulan_tunggu} bulan pertama …", en: "In the first {bulan_tunggu} months …"}

A placeholder names a param of the step, `result`, or a field of one of them (`result.bulan`); behind a colon stands how
it is written (`writing.py`). A step whose code has no sentence shows its formula: a page must not fall over for a text.
`tests/rules/test_telling.py` sees to it that no code goes without.
"""

import dataclasses
import string
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from payung.kernel.funds import Keyakinan
from payung.rules.cards import DatedValue, StrictLoader
from payung.rules.errors import SentenceError
from payung.rules.labels import card_name, value_text
from payung.rules.legal_basis import CARDS
from payung.rules.steps import Figure, Step
from payung.rules.writing import NOTHING, Language, is_kind, written

RESULT = "result"
Texts = Mapping[str, Mapping[Language, str]]

CONFIDENCE_MARKS: Mapping[Language, Mapping[Keyakinan, str]] = {
    Language.ID: {
        Keyakinan.TINGGI: "",
        Keyakinan.BELUM_DICEK: "belum dicek",
        Keyakinan.PERLU_KONFIRMASI: "perlu konfirmasi BPJS",
    },
    Language.EN: {
        Keyakinan.TINGGI: "",
        Keyakinan.BELUM_DICEK: "not checked yet",
        Keyakinan.PERLU_KONFIRMASI: "to be confirmed with BPJS",
    },
}


@dataclasses.dataclass(frozen=True, slots=True)
class ToldStep:
    """A step in words: its sentence (or its formula where there is none), the figures behind it, and any doubt."""

    code: str
    sentence: str
    formula: str
    figures: tuple[Figure, ...]
    mark: str


@dataclasses.dataclass(frozen=True, slots=True)
class ToldFigure:
    """A figure of the law in words: its name, its value with its unit, its article, its days, and any doubt."""

    card: str
    name: str
    value: str
    article: str
    days: str
    mark: str


def tell_figure(figure: Figure, language: Language = Language.ID) -> ToldFigure:
    """Tell a figure as a step used it."""
    card = CARDS.get(figure.card)
    return ToldFigure(
        card=figure.card,
        name=card_name(card, language) if card else figure.card,
        value=value_text(figure.value, figure.unit, language),
        article=figure.article,
        days=days_text(figure, language),
        mark=CONFIDENCE_MARKS[language][figure.confidence],
    )


def tell_value(held: DatedValue[Any] | None, language: Language) -> str:
    """A value of a card with its unit; a dash where no law gives one."""
    return NOTHING if held is None else value_text(held.value, held.unit, language)


def is_unsure(held: DatedValue[Any] | None) -> bool:
    """Whether a value, or one row of a value that is a table, is less than sure."""
    if held is None:
        return False
    rows = held.value.values() if isinstance(held.value, Mapping) else held.value
    origins = [getattr(row, "origin", held.origin) for row in rows] if isinstance(rows, Iterable) else []
    return any(origin.confidence is not Keyakinan.TINGGI for origin in [held.origin, *origins])


def days_text(held: Figure | DatedValue[Any], language: Language) -> str:
    """Since when, and until when, something holds; a day that nobody has read is said to be about.

    >>> from payung.rules.jkm import figures
    >>> days_text(figures.MASA_TUNGGU.values[0], Language.ID)
    'sejak sekitar 1 Februari 2025'
    """
    since = written(held.since, "tanggal", language)
    words = _SINCE[language][0 if held.since_exact else 1].format(since=since)
    if held.until is None:
        return words
    return words + _UNTIL[language].format(until=written(held.until, "tanggal", language))


_SINCE = {
    Language.ID: ("sejak {since}", "sejak sekitar {since}"),
    Language.EN: ("since {since}", "since about {since}"),
}
_UNTIL = {Language.ID: " sampai {until}", Language.EN: " until {until}"}


def tell(steps: Iterable[Step[Any]], language: Language = Language.ID) -> list[ToldStep]:
    """Tell each step of a ruling."""
    return [tell_step(step, language) for step in steps]


def tell_step(step: Step[Any], language: Language = Language.ID) -> ToldStep:
    """Tell one step; one that cannot be told says its formula, or at least its code."""
    try:
        sentence = sentence_of(step, language)
    except SentenceError:
        sentence = step.formula or step.code
    mark = CONFIDENCE_MARKS[language][step.confidence]
    return ToldStep(step.code, sentence, step.formula, step.figures, mark)


def sentence_of(step: Step[Any], language: Language) -> str:
    """The sentence of a step; raise `SentenceError` where there is none or it names what the step does not have."""
    texts = sentences()
    if step.code not in texts:
        raise SentenceError(f"no sentence for {step.code}")
    return _fill(texts[step.code][language], step, language)


def _fill(text: str, step: Step[Any], language: Language) -> str:
    parts = []
    for literal, name, kind, _ in string.Formatter().parse(text):
        parts.append(literal)
        if name is not None:
            parts.append(written(_value(step, name), kind or "", language))
    return "".join(parts)


def _value(step: Step[Any], name: str) -> Any:
    first, *fields = name.split(".")
    if first != RESULT and first not in step.params:
        raise SentenceError(f"{step.code}: no param {first!r}")
    value = step.result if first == RESULT else step.params[first]
    for field in fields:
        if value is None:
            return None
        value = _field(step, value, field)
    return value


def _field(step: Step[Any], value: Any, field: str) -> Any:
    if isinstance(value, Mapping) and field in value:
        return value[field]
    if dataclasses.is_dataclass(value) and hasattr(value, field):
        return getattr(value, field)
    raise SentenceError(f"{step.code}: {type(value).__name__} has no {field!r}")


@cache
def sentences() -> Texts:
    """The sentences of all programmes by the code of their step."""
    texts: dict[str, Mapping[Language, str]] = {}
    for path in sorted(Path(__file__).parent.glob("*/sentences.yaml")):
        for code, text in read_sentences(path).items():
            if code in texts:
                raise SentenceError(f"{path.parent.name}/{path.name}: {code} has a sentence elsewhere too")
            texts[code] = text
    return texts


def read_sentences(path: Path) -> Texts:
    """Read one file; raise `SentenceError` where a text is missing, empty or cannot be filled."""
    try:
        with path.open(encoding="utf-8") as stream:
            raw = yaml.load(stream, Loader=StrictLoader)  # noqa: S506 - a SafeLoader, stricter
    except yaml.YAMLError as error:
        raise SentenceError(f"{path.parent.name}/{path.name}: {error}") from error
    if not isinstance(raw, Mapping):
        raise SentenceError(f"{path.parent.name}/{path.name}: not sentences by their codes")
    return {str(code): _texts(f"{path.parent.name}/{path.name}: {code}", text) for code, text in raw.items()}


def _texts(place: str, raw: Any) -> Mapping[Language, str]:
    if not isinstance(raw, Mapping) or set(raw) != {language.value for language in Language}:
        raise SentenceError(f"{place}: needs id and en, and nothing else")
    for text in raw.values():
        if not isinstance(text, str) or not text.strip():
            raise SentenceError(f"{place}: an empty text")
        for name, kind in placeholders(text, place):
            if not name or not is_kind(kind):
                raise SentenceError(f"{place}: cannot fill {{{name}:{kind}}}")
    return {language: raw[language.value] for language in Language}


def placeholders(text: str, place: str = "") -> list[tuple[str, str]]:
    """The names a text asks for, each with its kind.

    >>> placeholders("Santunan {result:rp} untuk {anak} anak.")
    [('result', 'rp'), ('anak', '')]
    """
    try:
        return [(name, kind or "") for _, name, kind, _ in string.Formatter().parse(text) if name is not None]
    except ValueError as error:
        raise SentenceError(f"{place}: {error}") from error
