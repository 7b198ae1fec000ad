"""Counting behind the scenes: soon after payments and registrations, and everything each night."""

from datetime import time, timedelta
from typing import Any

from payung.coverage.selectors.freshness import is_summary_stale, summary_differences
from payung.coverage.services.summary import rebuild_everything, refresh_summary
from payung.jobs.registry import RunningJob, job
from payung.jobs.schedule import daily, every


@job("coverage.refresh")
def refresh(running: RunningJob) -> dict[str, Any]:
    """Count the months that were touched since the last time."""
    months = refresh_summary(clock=running.clock, progress=running.progress)
    return {"months": [str(month) for month in months]}


@job("coverage.rebuild")
def rebuild(running: RunningJob) -> dict[str, Any]:
    """Compare all counts with the ledger, then count everything anew: workers move, and corrections reach back."""
    differences = len(summary_differences())
    months = rebuild_everything(clock=running.clock, progress=running.progress)
    return {"months": len(months), "differences": differences}


every("coverage.refresh", timedelta(minutes=1), when=is_summary_stale)
daily("coverage.rebuild", at=time(1, 40))
