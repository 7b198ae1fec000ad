"""`kill -9` of PostgreSQL, its postmaster and every backend, under eight writers that try again with the same key.

`run` is the ring `postgres-kills`: a server of its own that syncs (`fsync` on), killed in the midst of payments,
started again and timed until it answers. Each writer sends a request until it is answered and only then goes on; what
was answered must stand, once, and every entry must sum to zero. Under `FORGETFUL` it does not: so we can see.
"""

import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from tests.soak.database import fresh_database, set_up

set_up()

from django.db import InterfaceError, OperationalError, connection, connections  # noqa: E402 - after Django stands

from payung.contributions.invariants import check_all  # noqa: E402
from payung.contributions.models import Notice, Payment  # noqa: E402
from payung.contributions.services import confirm_payment  # noqa: E402
from tests.power.kills import Say, child_at_work, missing  # noqa: E402
from tests.races.scene import PRICE_RP, Scene, set_up_scene  # noqa: E402
from tests.soak.outcome import Outcome  # noqa: E402
from tools.postgres import Cluster, private_cluster  # noqa: E402

_T = TypeVar("_T")
WRITERS = 8
BETWEEN_TRIES = 0.2
GIVE_UP_SECONDS = 120
FORGETFUL = {"synchronous_commit": "off", "wal_writer_delay": "10s"}
AWAY = (OperationalError, InterfaceError)


@dataclass(slots=True)
class Round:
    """What one killing showed."""

    acknowledged: int = 0
    retried: int = 0
    recovery_seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)


@contextmanager
def own_server() -> Iterator[Cluster]:
    """A durable server for this alone, to which the program's connection is turned."""
    before = dict(connection.settings_dict)
    with private_cluster(durable=True) as cluster:
        connections.close_all()
        connection.settings_dict.update(
            HOST="127.0.0.1", PORT=str(cluster.port), USER="payung", PASSWORD=cluster.password, NAME="payung"
        )
        try:
            yield cluster
        finally:
            connections.close_all()
            connection.settings_dict.update(before)


def write(scene: Scene, notice: Notice, name: str, rng: random.Random, stop: Path, say: Say) -> None:
    """Payments with keys, each sent until it is answered; every third is confirmed too."""
    number = 0
    while not stop.exists():
        number += 1
        key, amount_rp = f"{name}-{number}", PRICE_RP * rng.randint(1, 3)
        payment = _until_answered(lambda key=key, amount_rp=amount_rp: scene.pay(notice, amount_rp, key), say)
        say(f"recorded {key}")
        if number % 3 == 0:
            _until_answered(lambda payment=payment: confirm_payment(payment, **scene.by(scene.wulan)), say)
            say(f"confirmed {key}")


def _until_answered(deed: Callable[[], _T], say: Say) -> _T:
    deadline = time.monotonic() + GIVE_UP_SECONDS
    while True:
        try:
            return deed()
        except Payment.DoesNotExist:
            os._exit(0)  # what was recorded is gone: whoever looks for it afterwards says so
        except AWAY:
            connection.close()
            if time.monotonic() > deadline:
                raise
            say("tried again")
            time.sleep(BETWEEN_TRIES)


def kill_round(cluster: Cluster, name: str, rng: random.Random, *, writers: int, seconds: float) -> Round:
    """Let writers write, kill the server in the midst, start it again, let them finish what they were at."""
    found, stop = Round(), cluster.home.with_name(f"{cluster.home.name}-{name}.stop")
    scene = set_up_scene(name)
    notices = [scene.notice(scene.pledge(workers=4)) for _ in range(max(1, writers // 2))]  # two writers to a payer
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")  # the stage is no part of what may be lost
    try:
        children = []
        for place in range(writers):
            notice, dice = notices[place % len(notices)], random.Random(rng.randrange(2**32))
            children.append(child_at_work(partial(write, scene, notice, f"{name}-{place}", dice, stop)))
        for child in children:
            child.waits_for_a_word()  # a busy machine takes its time to begin
        time.sleep(rng.uniform(0.2, 1.0) * seconds)
        kill_all(cluster)
        began = time.monotonic()
        cluster.start()
        found.recovery_seconds = time.monotonic() - began
        stop.touch()
        said = [line for child in children for line in child.what_it_said()]
    finally:
        stop.unlink(missing_ok=True)
    found.retried = said.count("tried again")
    acknowledged = [line for line in said if line != "tried again"]
    found.acknowledged = len(acknowledged)
    found.wrong = [f"{name}: acknowledged and gone: {one}" for one in missing(acknowledged)]
    found.wrong += [f"{name}: {one.invariant} {one.object_type} {one.found}" for one in check_all()]
    return found


def kill_all(cluster: Cluster) -> None:
    """Kill the postmaster and then everything it had started: nobody is left to tidy up."""
    assert cluster.server is not None
    pid = cluster.server.pid
    backends = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    os.kill(pid, signal.SIGKILL)
    for each in backends:
        with suppress(ProcessLookupError):
            os.kill(int(each), signal.SIGKILL)
    cluster.server.wait(timeout=30)
    deadline = time.monotonic() + 30
    while any(_lives(each) for each in backends) and time.monotonic() < deadline:
        time.sleep(0.01)


def _lives(pid: str) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def run(seed: int, amount: int) -> Outcome:
    """So many rounds, each on what the rounds before left."""
    if connection.vendor != "postgresql":
        return Outcome({"left to PostgreSQL": 1})
    outcome, slowest = Outcome({"rounds": 0, "acknowledged": 0, "tried again": 0}), 0.0
    rng = random.Random(seed)
    with own_server() as cluster, fresh_database():
        for number in range(amount):
            found = kill_round(cluster, f"{seed}-{number}", rng, writers=WRITERS, seconds=3)
            outcome.counted["rounds"] += 1
            outcome.counted["acknowledged"] += found.acknowledged
            outcome.counted["tried again"] += found.retried
            outcome.failures += found.wrong
            slowest = max(slowest, found.recovery_seconds)
    outcome.counted["slowest recovery, ms"] = round(slowest * 1000)
    return outcome
