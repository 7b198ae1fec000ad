"""The job that empties the outbox, once a minute while something waits."""

from datetime import timedelta
from typing import Any

from payung.jobs.registry import RunningJob, job
from payung.jobs.schedule import every
from payung.messages.selectors import has_unsent
from payung.messages.services import send_waiting


@job("messages.send")
def send(running: RunningJob) -> dict[str, Any]:
    """Send the letters that wait."""
    return send_waiting(clock=running.clock)


every("messages.send", timedelta(minutes=1), when=has_unsent)
