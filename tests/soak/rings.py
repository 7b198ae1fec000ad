"""The rings that can be run long, each with what its amount counts."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ring:
    """A module with `run(seed, amount)`, how much one slice does and what that amount counts."""

    module: str
    amount: int
    unit: str


RINGS: Mapping[str, Ring] = {
    "state-machine": Ring("tests.oracle.state_machine", 5_000, "steps against the model, a hundred an example"),
    "planted": Ring("tests.oracle.planted", 40, "planted bugs, from the seed's number on"),
    "bad-input": Ring("tests.bad_input.soak", 200, "shapes of each case; seeds 0 to 13 are the tens of the cases"),
    "power-loss": Ring("tests.power.rehearsal", 2_000, "power cuts in one story, SQLite"),
    "kills": Ring("tests.power.kills", 200, "kills of a process at work"),
    "faults": Ring("tests.power.failing", 1, "stories in which each statement of each deed fails once"),
    "postgres-kills": Ring("tests.power.rounds", 10, "kills of the whole server under eight writers, PostgreSQL"),
    "races": Ring("tests.races.running", 20, "repeats of each case of two at once"),
    "world": Ring("tests.world.soak", 5, "simulated years of 5,000 workers and 60 payers"),
    "small-worlds": Ring("tests.world.small", 15, "simulated years of 60 workers and 6 payers"),
}
