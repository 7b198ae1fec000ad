"""Reading our own YAML files: what is written down for people and asked for by the program."""

from pathlib import Path
from typing import Any

import yaml

# libyaml reads ten times as fast, and is there wherever PyYAML came as a wheel.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path) -> Any:
    """The content of a file, of plain values only."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - both are safe loaders
