"""What a hostile file costs, that the service outlives it, and that a file seen before changes nothing."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from payung.audit.models import AuditEvent
from payung.intake.models import Upload
from payung.intake.services import receive_upload, stage_upload
from payung.tabular.reading import read_rows
from payung.tabular.table import Limits
from tests.bad_input.grids import xlsx
from tests.bad_input.people import SARI, TINI, list_of
from tests.bad_input.seeds import Seed, all_seeds

# The costliest of those that get as far as a reader.
HOSTILE = {"088-blank-at-the-last-row", "108-bomb", "116-a-million-unused-texts", "121-as-long-as-a-file-may-be"}
ROOT = str(Path(__file__).parents[2])
LIMITS = Limits()


def hostile() -> list[Seed]:
    return [each for each in all_seeds() if each.label in HOSTILE]


# A small process between: a child begins with its parent's peak, and these tests' own may be a gigabyte.
BETWEEN = """
import json, os, subprocess, sys
child = subprocess.Popen(
    [sys.executable, "-P", "-m", "payung.tabular.child"],
    stdin=sys.stdin.buffer, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
)
_, _, used = os.wait4(child.pid, 0)
print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss * 1024]))
"""


def cost_of(content: bytes) -> tuple[float, int]:
    """The seconds of processor time and the bytes of memory that the child takes for a file."""
    order = json.dumps({"limits": LIMITS.as_dict(), "choices": {}}).encode()
    done = subprocess.run(
        [sys.executable, "-P", "-c", BETWEEN],
        input=order + b"\n" + content,
        stdout=subprocess.PIPE,
        env={"PYTHONPATH": ROOT},
        check=True,
    )
    seconds, memory = json.loads(done.stdout)
    return seconds, memory


@pytest.mark.parametrize("seed", hostile(), ids=lambda each: each.label)
def test_a_hostile_file_costs_no_more_than_its_limits(seed: Seed):
    seconds, memory = cost_of(seed.content)
    assert seconds <= LIMITS.cpu_seconds + 1
    assert memory <= LIMITS.memory_bytes


def test_a_file_that_takes_too_long_is_ended_and_the_next_one_is_read():
    slow = next(each for each in all_seeds() if each.label == "116-a-million-unused-texts")
    table = read_rows(slow.content, name="lambat.xlsx", limits=Limits(cpu_seconds=1))
    assert [problem.code for problem in table.problems] == ["file:too-slow"]
    assert len(read_rows(xlsx(list_of(SARI, TINI)), name="daftar.xlsx").rows) == 3


def test_a_file_that_takes_too_much_memory_is_ended_and_the_next_one_is_read():
    large = next(each for each in all_seeds() if each.label == "116-a-million-unused-texts")
    table = read_rows(large.content, name="besar.xlsx", limits=Limits(memory_bytes=96 * 1024 * 1024))
    assert {problem.code for problem in table.problems} <= {"file:too-much-inside", "file:unreadable"}
    assert table.problems
    assert len(read_rows(xlsx(list_of(SARI, TINI)), name="daftar.xlsx").rows) == 3


def test_a_file_is_too_big_before_it_is_opened():
    table = read_rows(b"NIK;Nama;" * 3_000_000, name="daftar.csv")
    assert [problem.code for problem in table.problems] == ["file:too-big"]


@pytest.mark.parametrize("label", ["103-csv-named-xlsx", "103-xlsx-named-csv", "103-ods-named-xlsx", "101-one-table"])
def test_a_name_that_speaks_of_another_format_is_told(label: str):
    seed = next(each for each in all_seeds() if each.label == label)
    assert "note:other-format" in {note.code for note in read_rows(seed.content, name=seed.file_name).notes}


@pytest.mark.django_db
@pytest.mark.database
@pytest.mark.usefixtures("kendal")
@pytest.mark.parametrize(
    "name",
    ["daftar\r\nSet-Cookie: x=1.xlsx", "../../etc/passwd.xlsx", "daftar\u202excod.xlsx", "d" * 300 + ".xlsx", ""],
)
def test_a_file_keeps_a_name_of_our_own_and_comes_in_only_once(pt_maju, joko, clock, name):
    content = xlsx(list_of(SARI, TINI))
    received = receive_upload(content, file_name=name, sponsor=pt_maju, acting_user=joko, clock=clock)
    kept = received.upload.file_name
    assert len(kept) <= 150
    assert not set(kept) & set("\r\n/\\\u202e")
    stage_upload(received.upload, acting_user=joko, clock=clock)
    events = AuditEvent.objects.count()
    again = receive_upload(content, file_name="lain.xlsx", sponsor=pt_maju, acting_user=joko, clock=clock)
    assert (again.is_repeat, again.upload.pk) == (True, received.upload.pk)
    assert (Upload.objects.count(), AuditEvent.objects.count()) == (1, events)
