"""The mutants of a `parameters.yaml`: figures one up, truths turned round, days and months one later."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import yaml

from tools.mutation.mutant import SEPARATOR, Mutant


def mutants_of_cards(path: Path, text: str) -> Iterator[Mutant]:
    """Each mutant, in the order of its lines; the file is changed in this one place of its text."""
    cards = yaml.compose(text, Loader=yaml.SafeLoader)
    for name, card in cards.value if isinstance(cards, yaml.MappingNode) else ():
        values = next((node for key, node in card.value if key.value == "values"), None)
        for scalar, where in _figures(values, "") if values is not None else ():
            for value in _wrong(scalar):
                start, end = scalar.start_mark.index, scalar.end_mark.index
                yield Mutant(
                    path,
                    name.value,
                    f"{where} {scalar.value}{SEPARATOR}{value}",
                    scalar.start_mark.line + 1,
                    text=text[:start] + value + text[end:],
                )


def _figures(node: yaml.Node, where: str) -> Iterator[tuple[yaml.ScalarNode, str]]:
    """Each whole number, truth, day and month under a card's values, with the way to it; texts are left out."""
    if isinstance(node, yaml.ScalarNode):
        yield node, where.lstrip(".")
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _figures(item, f"{where}[{index}]")
    else:
        for key, item in node.value:
            if key.value != "since_exact":
                yield from _figures(item, f"{where}.{key.value}")


def _wrong(scalar: yaml.ScalarNode) -> Iterator[str]:
    kind, text = scalar.tag.rpartition(":")[2], scalar.value
    if kind == "int":
        yield str(yaml.safe_load(text) + 1)
    elif kind == "bool":
        yield str(not yaml.safe_load(text)).lower()
    elif kind == "timestamp" and len(text) == len("2026-11-22"):
        yield (date.fromisoformat(text) + timedelta(days=1)).isoformat()
    elif len(text) == len("2026-11") and text[:4].isdigit() and text[4] == "-" and text[5:].isdigit():
        months = int(text[:4]) * 12 + int(text[5:])
        yield f"{months // 12:04}-{months % 12 + 1:02}"
