"""The worker process: takes tasks off the queue, one after the other.

django-tasks-db's own loop opens an exclusive transaction each time it looks, which on SQLite disturbs every reader and
writer. This one looks with a plain read, and opens a transaction only where something waits.
"""

import logging
import secrets
import time

from django.db import OperationalError, close_old_connections, connection, transaction
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult, DBTaskResultQuerySet

from payung.jobs.services import requeue_orphans
from payung.kernel.clock import SystemClock

logger = logging.getLogger(__name__)
LOOK_EVERY_SECONDS = 0.5
LOOK_EVERY_SECONDS_WHEN_IDLE = 2.0
IDLE_AFTER_LOOKS = 20


class QuietWorker(Worker):
    """A worker that does not disturb the database while there is nothing to do."""

    def run(self) -> None:
        """Work until told to stop, or in batch mode until nothing waits."""
        empty_looks = 0
        while self.running:
            if not connection.in_atomic_block:  # a batch may run inside its caller's transaction
                close_old_connections()
            claimed = self._claim_one()
            if claimed is not None:
                empty_looks = 0
                self.run_task(claimed)
            elif self.batch:
                return
            else:
                empty_looks += 1
                time.sleep(self.interval if empty_looks < IDLE_AFTER_LOOKS else LOOK_EVERY_SECONDS_WHEN_IDLE)

    def _claim_one(self) -> DBTaskResult | None:
        waiting = DBTaskResult.objects.ready().filter(backend_name=self.backend_name)
        try:
            return _claimed(waiting, self.worker_id) if waiting.exists() else None
        except OperationalError as error:
            # A long transaction of somebody else, or a database that restarts: look again later.
            logger.warning("The worker cannot reach its queue: %s", type(error).__name__)
            return None


@transaction.atomic
def _claimed(waiting: DBTaskResultQuerySet, worker_id: str) -> DBTaskResult | None:
    found = waiting.get_locked()
    if found is not None:
        found.claim(worker_id)
    return found


def run_worker(*, batch: bool = False, handle_signals: bool = True) -> None:
    """Work until SIGTERM (the task at hand is finished first); with `batch`, until nothing waits."""
    requeue_orphans(clock=SystemClock())
    worker = QuietWorker(
        queue_names=["default"],
        interval=LOOK_EVERY_SECONDS,
        batch=batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=secrets.token_hex(8),
        excluded_queue_names=[],
    )
    if handle_signals:
        worker.configure_signals()
    worker.run()
