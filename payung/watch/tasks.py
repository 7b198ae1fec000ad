"""Looking through the books, and for fraud, at night; and when somebody asks for it."""

from datetime import time
from typing import Any

from payung.jobs.registry import RunningJob, job
from payung.jobs.schedule import daily
from payung.watch.invariants import INVARIANTS, Checked
from payung.watch.services import look_for_fraud, run_checks


@job("watch.check")
def check(running: RunningJob) -> dict[str, Any]:
    """Run every checker and keep the run."""
    done: list[str] = []

    def tell(checked: Checked) -> None:
        done.append(checked.invariant.number)
        running.progress(len(done), len(INVARIANTS))

    run = run_checks(acting_user=running.acting_user, clock=running.clock, tell=tell)
    return {"run": str(run.public_id), "broken": run.broken}


@job("watch.findings")
def findings(running: RunningJob) -> dict[str, Any]:
    """Run the rules and open what is new."""
    return {"new": len(look_for_fraud(acting_user=running.acting_user, clock=running.clock))}


daily("watch.check", at=time(2, 20))
daily("watch.findings", at=time(2, 50))
