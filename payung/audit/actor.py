"""Who acts: as much as the record needs to name them for ever."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """`kind` is `person`, `operator` or `system`; `id` is opaque and stays the same; `label` is for reading."""

    kind: str
    id: str
    label: str


SYSTEM = Actor("system", "system", "Payung")
ANONYMOUS = Actor("anonymous", "", "tanpa masuk")
