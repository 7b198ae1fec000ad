"""A model: what each level of each field weighs, under a name and a version. Stored as JSON, read by every engine.

`settings` has the shape of Splink's own JSON. Each pair's answer names the model, so a decision can be looked at later
with the weights it was made by.
"""

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from payung.matching.errors import FieldsFileError
from payung.matching.fields import Plan
from payung.matching.ladders import comparison

MODELS = Path(__file__).parent / "models"
_LEAST_APART = 1e-4  # bits between two levels of one field, so that a level is known by its weight


@dataclass(frozen=True, slots=True)
class Model:
    """Splink's settings with their weights, named."""

    name: str
    version: str
    settings: Mapping[str, Any]

    @property
    def label(self) -> str:
        """Name and version, as each pair carries them."""
        return f"{self.name} {self.version}"

    @property
    def comparisons(self) -> list[dict[str, Any]]:
        """The comparisons, field by field."""
        return list(self.settings["comparisons"])

    def write(self, path: Path) -> None:
        """Store the model."""
        whole = {"name": self.name, "version": self.version, "settings": self.settings}
        path.write_text(json.dumps(whole, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")


def read_model(path: Path, plan: Plan) -> Model:
    """Read a stored model; raise `FieldsFileError` where it was made for other fields."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        model = Model(said["name"], said["version"], said["settings"])
        stored = [_shape(each) for each in model.comparisons]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise FieldsFileError(f"{path.name} is not a model made by payung match --save-model") from error
    if stored != [_shape(comparison(field)) for field in plan.fields]:
        raise FieldsFileError(f"{path.name} was made for other fields than these; train again with --save-model")
    return model


def settings_of(plan: Plan, rules: Sequence[str], *, link: bool) -> dict[str, Any]:
    """Give Splink's settings before anything is learned."""
    return {
        "link_type": "link_only" if link else "dedupe_only",
        "unique_id_column_name": "record",
        "source_dataset_column_name": "source_dataset",
        "comparisons": [comparison(field) for field in plan.fields],
        "blocking_rules_to_generate_predictions": list(rules),
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": True,
        "probability_two_random_records_match": 0.0001,
    }


def levels_of(comparison_: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The levels that carry a weight: all but the one for what is missing."""
    return [level for level in comparison_["comparison_levels"] if not level.get("is_null_level")]


def weight_of(level: Mapping[str, Any]) -> float:
    """Return a level's weight in bits: log2 of how much likelier it is among pairs of one person."""
    return math.log2(level["m_probability"] / level["u_probability"])


def set_apart(levels: Sequence[dict[str, Any]]) -> None:
    """Move weights of one field that are nearly equal, or nearly nothing, a hair apart: each then tells its level."""
    taken = [0.0]
    for level in levels:
        while any(abs(weight_of(level) - other) < _LEAST_APART for other in taken):
            level["m_probability"] *= 1 - 2 * _LEAST_APART
        taken.append(weight_of(level))


def fingerprint(settings: Mapping[str, Any]) -> str:
    """Return a short name for what was learned."""
    kept = json.dumps(settings["comparisons"], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(kept.encode()).hexdigest()[:10]


def _shape(each: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    return each["output_column_name"], tuple(level["sql_condition"] for level in each["comparison_levels"])
