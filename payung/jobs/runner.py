"""Doing one job: calls its function and turns whatever happens into an outcome.

This is a door: it outlives any error of the work inside. Of an unexpected error only its class and the line it came
from are kept and logged, for its text may hold what the work was about.
"""

import logging
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from payung.jobs.errors import JobProblemError
from payung.jobs.registry import JobKind, RunningJob

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Done:
    """The function came to its end."""

    result: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Failed:
    """It did not; `passing` says whether another try may help."""

    code: str
    params: dict[str, Any] = field(default_factory=dict)
    passing: bool = False


def perform(kind: JobKind, running: RunningJob, params: dict[str, Any]) -> Done | Failed:
    """Run the function of a job."""
    try:
        return Done(kind.run(running, **params))
    except JobProblemError as error:
        return Failed(error.code, dict(error.params))
    except kind.retry_on as error:
        return Failed("jobs:passing-trouble", _where(error), passing=True)
    except Exception as error:
        where = _where(error)
        logger.exception("Job %s failed: %s at %s", kind.kind, where["error"], where["at"], exc_info=False)
        return Failed("jobs:crashed", where)


def _where(error: BaseException) -> dict[str, Any]:
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "site-packages" not in frame.filename] or list(frames)
    last = ours[-1]
    return {"error": type(error).__name__, "at": f"{'/'.join(Path(last.filename).parts[-3:])}:{last.lineno}"}
