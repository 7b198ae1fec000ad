"""`kill -9` of a process of the program at any moment: what it acknowledged stands, nothing else stands half.

`run` is the ring `kills`. A child works on the ledger as fast as it can and writes each deed into a pipe once its
service has returned; it is killed in the midst. The program then opens the database as after any start, and all
acknowledged deeds are looked up and all invariants checked.
"""

import os
import random
import select
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.soak.database import fresh_database, set_up

set_up()

from django.db import connection, connections  # noqa: E402 - Django must stand before the program is imported

from payung.contributions.invariants import check_all  # noqa: E402
from payung.contributions.models import Notice, Payment  # noqa: E402
from payung.contributions.services import (  # noqa: E402
    allocate_payment,
    confirm_payment,
    issue_notice,
    reverse_payment,
)
from payung.sponsors.models import Pledge  # noqa: E402
from tests.contributions.conftest import DECEMBER  # noqa: E402
from tests.races.scene import PRICE_RP, Scene, clear, set_up_scene  # noqa: E402
from tests.soak.outcome import Outcome  # noqa: E402

LIFE_SECONDS = 0.25
FIRST_SECONDS = 60.0
KILLS_A_DATABASE = 20
Say = Callable[[str], None]


def work(scene: Scene, pledge: Pledge, name: str, rng: random.Random, say: Say) -> None:
    """Deeds without end, each said once it is done."""
    notices = [Notice.objects.filter(pledge=pledge).earliest("pk")]
    payments: list[Payment] = []
    number = 0
    while True:
        number += 1
        deed = rng.choice(("pay", "pay", "pay", "confirm", "reverse", "ask", "use"))
        if deed == "pay":
            key = f"{name}-{number}"
            payments.append(scene.pay(rng.choice(notices), PRICE_RP * rng.randint(1, 4) + rng.randint(0, 99), key))
            say(f"recorded {key}")
        elif deed == "ask" and len(notices) < pledge.months:
            month = DECEMBER + len(notices)
            notices.append(issue_notice(pledge, first_month=month, months=1, **scene.by(scene.rina)))
            say(f"asked {notices[-1].number}")
        elif deed == "use" and payments:
            allocate_payment(payments[-1], to_notice=notices[-1], **scene.by(scene.rina))
        elif deed == "confirm" and payments:
            confirm_payment(payments[-1], **scene.by(scene.wulan))
            say(f"confirmed {payments[-1].client_key}")
        elif deed == "reverse" and payments:
            payment = payments.pop()
            reverse_payment(payment, reason="uji", **scene.by(scene.wulan))
            say(f"reversed {payment.client_key}")


def missing(said: list[str]) -> list[str]:
    """What was said and does not stand."""
    by_deed: dict[str, set[str]] = {"recorded": set(), "confirmed": set(), "reversed": set(), "asked": set()}
    for line in said:
        deed, _, key = line.partition(" ")
        by_deed[deed].add(key)
    keys = Payment.objects.values_list("client_key", flat=True)
    stands = {
        "recorded": set(keys),
        "confirmed": set(keys.filter(confirmed_at__isnull=False)),
        "reversed": set(keys.filter(reversed_at__isnull=False)),
        "asked": set(Notice.objects.values_list("number", flat=True)),
    }
    return [f"{deed} {key}" for deed, wanted in by_deed.items() for key in sorted(wanted - stands[deed])]


@dataclass(slots=True)
class Child:
    """A process at work, and the pipe into which it speaks."""

    pid: int
    reading: int
    said: bytes = b""

    def waits_for_a_word(self) -> None:
        """Until it has said something."""
        ready, _, _ = select.select([self.reading], [], [], FIRST_SECONDS)
        if ready:
            self.said += os.read(self.reading, 65536)

    def kill(self) -> None:
        """Kill it, if it lives."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def what_it_said(self) -> list[str]:
        """All its lines, once it has ended; an exception in it is one here."""
        while more := os.read(self.reading, 65536):
            self.said += more
        os.close(self.reading)
        os.waitpid(self.pid, 0)
        lines = self.said.decode().splitlines()
        died = [line for line in lines if line.startswith("!")]
        assert not died, died
        return lines


def child_at_work(deed: Callable[[Say], None]) -> Child:
    """Start it; no connection to the database is shared with it."""
    connections.close_all()
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        _be_a_child(deed, reading, writing)
    os.close(writing)
    return Child(pid, reading)


def killed(deed: Callable[[Say], None], *, after: float, in_commit: bool = False) -> list[str]:
    """Let a child work, kill it so many seconds after its first word, and give what it had said.

    `in_commit` waits on for a moment in which SQLite's journal lies on the disk.
    """
    child = child_at_work(deed)
    child.waits_for_a_word()
    time.sleep(after)
    if in_commit:
        _wait_for_a_journal()
    child.kill()
    return child.what_it_said()


def _be_a_child(deed: Callable[[Say], None], reading: int, writing: int) -> None:
    """Work until killed; an exception is said too, for it must not pass for a kill."""
    os.close(reading)
    try:
        deed(lambda line: _write(writing, line))
    except BaseException as error:  # noqa: BLE001 - whatever ends it is for the parent to tell
        _write(writing, f"!{type(error).__name__}: {error}")
    finally:
        os._exit(1)


def _write(pipe: int, line: str) -> None:
    os.write(pipe, line.encode() + b"\n")


def left_a_journal() -> bool:
    """Whether SQLite finds a journal that it must roll back."""
    journal = Path(f"{connection.settings_dict['NAME']}-journal")
    return connection.vendor == "sqlite" and journal.exists() and journal.stat().st_size > 0


def _wait_for_a_journal() -> None:
    deadline = time.monotonic() + LIFE_SECONDS
    while time.monotonic() < deadline and not left_a_journal():
        pass


def kill_often(seed: int, amount: int, deed: Callable[..., None] = work) -> Iterator[tuple[list[str], bool, list[str]]]:
    """Kill `amount` children; for each what it had said, whether it left a journal, and what is wrong afterwards."""
    rng = random.Random(seed)
    for number in range(amount):
        if number % KILLS_A_DATABASE == 0:
            clear()
            scene = set_up_scene()
            pledge = scene.pledge(workers=6)
            scene.notice(pledge)
            told: list[str] = []
        child = partial(deed, scene, pledge, f"{seed}-{number}", random.Random(rng.randrange(2**32)))
        said = killed(child, after=rng.uniform(0, LIFE_SECONDS), in_commit=rng.random() < 0.5)
        hot = left_a_journal()
        told += said
        wrong = [f"{seed}: kill {number}: acknowledged and gone: {one}" for one in missing(told)]
        wrong += [f"{seed}: kill {number}: {one.invariant} {one.object_type} {one.found}" for one in check_all()]
        yield said, hot, wrong


def run(seed: int, amount: int) -> Outcome:
    """So many kills."""
    outcome = Outcome({"kills": 0, "acknowledged": 0, "hot journals": 0})
    with fresh_database():
        for said, hot, wrong in kill_often(seed, amount):
            outcome.counted["kills"] += 1
            outcome.counted["acknowledged"] += len(said)
            outcome.counted["hot journals"] += hot
            outcome.failures += wrong
    return outcome
