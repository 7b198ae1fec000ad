"""Each page of a long list, from upload to undo, and of the review of pairs: the CPU of one answer.

The list has ten thousand rows, half of them faulty, against a registry of so many workers; thousands of pairs wait. No
answer may take longer than the bar; what takes long is a job, which is told apart with its seconds. The answers are
given in this process, by the program's own middleware; the processes of ended children are counted.
"""

import argparse
import json
import statistics
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import xlsxwriter
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

import payung.cli.boot  # noqa: F401  # starts Django before the models below
from bench.home import CLOCK, people
from bench.intake import HEADINGS
from bench.meter import cpu_seconds
from payung.access.models import User
from payung.access.viewer import SYSTEM_VIEWER
from payung.intake.models import Upload
from payung.intake.selectors import fault_groups
from payung.jobs.models import Job
from payung.jobs.services import do_job
from payung.kernel.clock import SystemClock
from payung.matching.pairs import Band, Evidence, Pair
from payung.registry.models import Occupation, Region, SuspectedPair, Worker
from payung.registry.services import suspect_pairs
from payung.sponsors.models import Sponsor

BAR_MS = 300
TIMES = 5
PAIRS = 3_000


class Watch:
    """Sends requests as one person after the other and keeps the milliseconds of each, by the name of the page."""

    def __init__(self) -> None:
        self.pages: dict[str, list[float]] = {}
        self.jobs: dict[str, float] = {}

    def get(self, client: Client, name: str, path: str, **headers: str) -> Any:
        """Open a page several times."""
        for _ in range(TIMES):
            answer = self._taken(name, lambda: client.get(path, headers=headers))
        assert answer.status_code == 200, (path, answer.status_code)
        return answer

    def post(self, client: Client, name: str, path: str, fields: Mapping[str, object]) -> Any:
        """Send a form once."""
        answer = self._taken(name, lambda: client.post(path, fields))
        assert answer.status_code in (200, 204, 302), (path, answer.status_code)
        return answer

    def job(self, kind: str) -> None:
        """Do the latest job of a kind, as the worker would."""
        begun = cpu_seconds()
        state = do_job(Job.objects.filter(kind=kind).latest("pk").public_id, clock=SystemClock())
        assert state == Job.State.DONE, (kind, state)
        self.jobs[kind] = max(self.jobs.get(kind, 0.0), round(cpu_seconds() - begun, 2))

    def told(self) -> dict[str, object]:
        """The median of each page, the slowest, and those over the bar."""
        median = {name: round(statistics.median(each)) for name, each in self.pages.items()}
        slowest = max(median, key=lambda name: median[name])
        over = {name: each for name, each in median.items() if each > BAR_MS}
        facts = {"bar_ms": BAR_MS, "slowest": slowest, "slowest_ms": median[slowest], "over_the_bar": over}
        return facts | {"pages_cpu_ms": median, "jobs_cpu_s": self.jobs}

    def _taken(self, name: str, ask: Callable[[], Any]) -> Any:
        begun = cpu_seconds()
        answer = ask()
        self.pages.setdefault(name, []).append((cpu_seconds() - begun) * 1000)
        return answer


def rows_of_list(rows: int) -> Iterator[list[str]]:
    """Known and new people in turn; of every second one a digit of the NIK is missing, of some the village unknown."""
    places = {
        each.code: (each.name, each.parent.name)
        for each in Region.objects.filter(level=4, code__startswith="33.24").select_related("parent")
        if each.parent
    }
    jobs = dict(Occupation.objects.values_list("code", "name"))
    known, new = people(7), people(31)
    for number in range(rows):
        person = known.one() if number % 3 == 0 else new.one()
        village, kecamatan = places[person.village_code]
        nik = person.nik[:15] if number % 2 else person.nik
        village = "Negeri Awan" if number % 10 == 1 else village
        born, job = person.birth_date.strftime("%d-%m-%Y"), jobs[person.occupation_code]
        yield [nik, person.name, person.birth_place, born, person.sex, person.address, village, kecamatan, job, ""]


def written(path: Path, rows: int) -> bytes:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["No Induk", *HEADINGS[1:]])  # a heading that nobody knows: to be shown by hand
        for number, row in enumerate(rows_of_list(rows), start=1):
            sheet.write_row(number, 0, row)
    return path.read_bytes()


def mended(marked: bytes) -> bytes:
    """The marked workbook with the villages put right, as its sender would."""
    book = openpyxl.load_workbook(BytesIO(marked))
    for row in book.worksheets[0].iter_rows(min_row=2):
        if row[6].value == "Negeri Awan":
            row[6].value, row[7].value = "Brangsong", "Brangsong"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def let_pairs_wait(count: int) -> None:
    """So many pairs of workers that may be one person's."""
    ids = list(Worker.objects.filter(merged_into__isnull=True).order_by("-pk").values_list("public_id", flat=True))
    draw = Random(11)
    evidence = (Evidence("nik", "one digit", None, None, 8_400), Evidence("name", "one slip", None, None, 6_100))
    drawn = ((draw.sample(ids, 2), 500_000 + place) for place in range(count))
    pairs = [Pair(str(one), str(other), ppm, Band.REVIEW, evidence, "worker 1") for (one, other), ppm in drawn]
    suspect_pairs(pairs, source="bench", acting_user=SYSTEM_VIEWER, clock=CLOCK)


def client_of(email: str) -> Client:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(email=email))
    client.get("/beranda/")
    return client


def walk_list(watch: Watch, rows: int) -> None:
    """Upload, columns, faults, marked workbook, mending, approval, undo."""
    sponsor = Sponsor.objects.create(code="BENCHPAGES", name="PT Bench", funds="CSR", recorded_at=CLOCK.now())
    rina, wulan = client_of("rina@contoh.example"), client_of("wulan@contoh.example")
    content = written(Path(settings.PAYUNG_HOME) / "long.xlsx", rows)
    watch.get(rina, "upload form", "/daftar/unggah/")
    fields = {"sponsor": sponsor.public_id, "legal_basis": "Uji", "file": SimpleUploadedFile("panjang.xlsx", content)}
    watch.post(rina, "upload", "/daftar/unggah/", fields)
    upload = Upload.objects.latest("pk")
    address = f"/daftar/{upload.public_id}/"
    watch.get(rina, "progress page", address)
    watch.get(rina, "progress", f"{address}kemajuan/", **{"HX-Request": "true"})
    watch.job("intake.stage")
    watch.get(rina, "list whose columns are unknown", address)
    watch.get(rina, "columns", f"{address}kolom/")
    watch.post(rina, "columns put right", f"{address}kolom/", {"kolom-0": "nik"})
    watch.job("intake.stage")
    walk_faults(watch, rina, upload)
    watch.post(rina, "marked workbook asked for", f"{address}bertanda/", {})
    watch.get(rina, "list while it is marked", address)
    watch.job("intake.mark")
    marked = watch.post(rina, "marked workbook", f"{address}bertanda/", {}).content
    sent = {"file": SimpleUploadedFile("perbaikan.xlsx", mended(marked))}
    watch.post(rina, "mended file", f"{address}perbaikan/", sent)
    watch.job("intake.stage")
    walk_approval(watch, rina, wulan, Upload.objects.latest("pk"), sponsor)


def walk_faults(watch: Watch, rina: Client, upload: Upload) -> None:
    address = f"/daftar/{upload.public_id}/"
    watch.get(rina, "list, errors first", address)
    for group in fault_groups(Upload.objects.get(pk=upload.pk))[:3]:
        watch.get(rina, f"fault {group.code}, {len(group.rows)} rows", f"{address}?sebab={group.key}")
    everything = watch.get(rina, "all rows", f"{address}?nasib=semua").content.decode()
    following = everything.split("hal=")[1].split('"')[0].split("#")[0].split("&")[0]
    watch.get(rina, "all rows, next page", f"{address}?nasib=semua&hal={following}")
    watch.get(rina, "columns of a staged list", f"{address}kolom/")
    watch.get(rina, "all lists", "/daftar/")


def walk_approval(watch: Watch, rina: Client, wulan: Client, upload: Upload, sponsor: Sponsor) -> None:
    address, approval = f"/daftar/{upload.public_id}/", f"/persetujuan/{upload.public_id}/"
    watch.get(rina, "mended list", address)
    watch.post(rina, "sent for approval", f"{address}kirim/", {"reason": "Uji"})
    watch.get(wulan, "approvals", "/persetujuan/")
    watch.get(wulan, "my tasks", "/beranda/")
    watch.get(wulan, "approval", approval)
    shown = bytes(Upload.objects.get(pk=upload.pk).content_hash).hex()
    watch.post(wulan, "approved", approval, {"hash": shown})
    watch.job("intake.apply")
    watch.get(wulan, "applied list", address)
    watch.get(rina, "template, empty", "/daftar/templat/")
    watch.post(rina, "template with own workers asked for", "/daftar/templat/", {"sponsor": sponsor.public_id})
    watch.get(rina, "upload form while it is made", "/daftar/unggah/")
    watch.job("intake.template")
    watch.post(rina, "template with own workers", "/daftar/templat/", {"sponsor": sponsor.public_id})
    watch.post(wulan, "undo", f"{address}batalkan/", {"reason": "Daftar keliru"})
    watch.job("intake.undo")
    watch.get(wulan, "undone list", address)


def walk_pairs(watch: Watch, count: int) -> None:
    """The queue of pairs, one pair, a draft, an answer."""
    let_pairs_wait(count)
    rina = client_of("rina@contoh.example")
    queue = watch.get(rina, f"review queue, {count} pairs", "/kembar/").content.decode()
    following = queue.split("hal=")[1].split('"')[0].split("&")[0]
    watch.get(rina, "review queue, next page", f"/kembar/?hal={following}")
    watch.get(rina, "review queue, undecided", "/kembar/?keadaan=open")
    pair = SuspectedPair.objects.filter(state="open").order_by("pk").first()
    assert pair
    watch.get(rina, "one pair", f"/kembar/{pair.public_id}/")
    watch.post(rina, "draft", f"/kembar/{pair.public_id}/draf/", {"answer": "same", "reason": "KTP"})
    said = {"answer": "same", "reason": "KTP dilihat", "seen": "open"}
    watch.post(rina, "pair decided", f"/kembar/{pair.public_id}/putusan/", said)
    watch.get(rina, "merged pair", f"/kembar/{pair.public_id}/")
    watch.get(rina, "switch of automatic merging", "/kembar/otomatis/")
    watch.get(rina, "my tasks with pairs", "/beranda/")


def measure(rows: int, pairs: int) -> dict[str, object]:
    watch = Watch()
    figures: dict[str, object] = {"measure": "list-pages", "rows": rows, "registry": Worker.objects.count()}
    figures["database"] = settings.DATABASES["default"]["ENGINE"].rpartition(".")[2]
    walk_list(watch, rows)
    walk_pairs(watch, pairs)
    return figures | watch.told()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, required=True)
    parser.add_argument("--pairs", type=int, default=PAIRS)
    given = parser.parse_args()
    print(json.dumps(measure(given.rows, given.pairs)))
