"""Jobs of the ground itself: proving the audit's chain each night, and clearing away what is long done."""

from datetime import time
from itertools import islice
from typing import Any

from payung.audit.selectors import broken_links
from payung.jobs.errors import JobProblemError
from payung.jobs.registry import RunningJob, job
from payung.jobs.schedule import daily
from payung.jobs.services import prune_jobs

SHOWN = 20


@job("audit.prove")
def prove_audit(_job: RunningJob) -> dict[str, Any]:
    """Walk the whole chain; a broken link fails the job, where the keeper of the system sees it."""
    broken = list(islice(broken_links(), SHOWN))
    if broken:
        raise JobProblemError("audit:chain-broken", links=broken)
    return {"broken": 0}


@job("jobs.prune")
def prune(running: RunningJob) -> dict[str, Any]:
    """Remove jobs that ended long ago."""
    return {"removed": prune_jobs(clock=running.clock)}


daily("audit.prove", at=time(2, 10))
daily("jobs.prune", at=time(3, 10))
