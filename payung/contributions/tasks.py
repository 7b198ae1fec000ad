"""A month's notices behind the scenes."""

from typing import Any

from payung.access.errors import NotPermittedError
from payung.contributions.errors import MonthClosedError
from payung.contributions.selectors.month_standing import MONTH_RUN
from payung.contributions.services import issue_month
from payung.jobs.errors import JobProblemError
from payung.jobs.registry import RunningJob, job
from payung.kernel.month import Month


@job(MONTH_RUN)
def run_month(running: RunningJob, *, month: str) -> dict[str, Any]:
    """Ask everybody for a month. Started again after it was broken off it does the rest."""
    try:
        done = issue_month(
            Month.from_text(month), acting_user=running.acting_user, clock=running.clock, report=running.progress
        )
    except MonthClosedError as error:
        raise JobProblemError("contributions:month-closed", month=month) from error
    except NotPermittedError as error:
        raise JobProblemError("contributions:not-permitted") from error
    return {"notices": done.notices, "worker_months": done.worker_months, "total_rp": done.total_rp}
