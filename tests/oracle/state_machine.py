"""The ring `state-machine`: steps in any order against the model. Its amount counts steps, a hundred an example."""

import gc

from hypothesis import HealthCheck, Phase, Verbosity, settings
from hypothesis import seed as seeded
from hypothesis.stateful import run_state_machine_as_test

from tests.oracle.database import prepared
from tests.soak.outcome import Outcome

from payung.kernel.clock import FixedClock  # isort: skip
from tests.oracle.machine import START, LedgerMachine  # isort: skip
from tests.oracle.program import make_cast  # isort: skip

STEPS = 100


def run(seed: int, amount: int) -> Outcome:
    """So many steps from a seed: the same ones each time."""
    with prepared():
        LedgerMachine.cast = make_cast(FixedClock.on(START))
        # Everything that is loaded stays: looking for garbage in it takes a tenth of the time.
        gc.freeze()
        gc.set_threshold(100_000)
        return steps(seed, amount)


def steps(seed: int, amount: int, *, each: int = STEPS) -> Outcome:
    """The same on a database that stands, with its cast."""
    LedgerMachine.done.clear()
    failures = []
    machine = seeded(seed)(type("Seeded", (LedgerMachine,), {}))
    try:
        run_state_machine_as_test(machine, settings=_settings(amount, each))
    except Exception as error:  # noqa: BLE001 - whatever came is told with its seed
        failures.append(f"seed {seed}: {type(error).__name__}: {error} {' '.join(getattr(error, '__notes__', []))}")
    counted = {"steps": LedgerMachine.done.total(), "kinds": len(LedgerMachine.done)}
    return Outcome(counted, failures)


def _settings(amount: int, each: int) -> settings:
    return settings(
        max_examples=max(amount // each, 1),
        stateful_step_count=each,
        deadline=None,
        derandomize=False,
        database=None,
        phases=[Phase.generate],
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
        print_blob=False,
        verbosity=Verbosity.quiet,
    )
