"""The ten busiest pages at so many workers: median and 95th percentile, idle and while a list is taken in.

The real server (`payung serve`) answers a signed-in officer over loopback; the list is staged and applied by another
process on the same database, as the background worker does.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from http.cookiejar import CookieJar
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import payung.cli.boot  # noqa: F401  # starts Django before the models below
from payung.cli.demo.cast import PASSWORD
from payung.intake.models import Upload
from payung.registry.models import Worker
from payung.sponsors.models import Sponsor

PORT = 8123
BASE = f"http://127.0.0.1:{PORT}"
REQUESTS = 30


def addresses() -> dict[str, str]:
    """The pages that an officer opens most, and the public ones; those of the workers and lists there are."""
    worker = Worker.objects.filter(enrolments__isnull=False).order_by("pk").first()
    upload = Upload.objects.filter(sponsor__isnull=False).order_by("pk").first()
    sponsor = Sponsor.objects.order_by("pk").first()
    assert worker
    assert upload
    assert sponsor
    return {
        "beranda": "/beranda/",
        "daftar pekerja": "/pekerja/",
        "satu pekerja": f"/pekerja/{worker.public_id}/",
        "daftar unggahan": "/daftar/",
        "satu unggahan": f"/daftar/{upload.public_id}/",
        "penyandang": "/penyandang/",
        "satu penyandang": f"/penyandang/{sponsor.public_id}/",
        "tagihan": "/tagihan/",
        "perlindungan": "/perlindungan/",
        "depan": "/",
    }


def signed_in() -> OpenerDirector:
    opener = build_opener(HTTPCookieProcessor(CookieJar()))
    page = opener.open(f"{BASE}/masuk/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token
    form = {"csrfmiddlewaretoken": token[1], "login": "rina@contoh.example", "password": PASSWORD}
    answer = opener.open(f"{BASE}/masuk/", urlencode(form).encode())
    assert answer.url.endswith("/beranda/"), answer.url
    return opener


def wait_for_server() -> None:
    for _ in range(200):
        try:
            build_opener().open(f"{BASE}/masuk/").read()
        except (URLError, HTTPError):
            time.sleep(0.2)
        else:
            return
    raise TimeoutError("The server does not answer.")


def walked(opener: OpenerDirector, going_on: Callable[[], bool]) -> dict[str, list[float]]:
    """Open each page in turn, again and again, while `going_on`."""
    taken: dict[str, list[float]] = {name: [] for name in addresses()}
    pages = addresses()
    while going_on():
        for name, path in pages.items():
            begin = time.perf_counter()
            opener.open(BASE + path).read()
            taken[name].append((time.perf_counter() - begin) * 1000)
            if not going_on():
                break
    return taken


def summed_up(taken: dict[str, list[float]]) -> dict[str, object]:
    every = [figure for figures in taken.values() for figure in figures]
    return {
        "requests": len(every),
        "median_ms": round(statistics.median(every)),
        "p95_ms": round(statistics.quantiles(every, n=20)[-1]),
        "slowest_ms": round(max(every)),
        "pages_ms": {
            name: {"median": round(statistics.median(figures)), "max": round(max(figures))}
            for name, figures in taken.items()
            if figures
        },
    }


def measure(rows: int) -> dict[str, object]:
    figures: dict[str, object] = {"measure": "pages", "workers": Worker.objects.count()}
    server = subprocess.Popen(
        [sys.executable, "-m", "payung", "serve", "--port", str(PORT), "--no-jobs"], stderr=subprocess.DEVNULL
    )
    try:
        wait_for_server()
        opener = signed_in()
        left = iter(range(REQUESTS * len(addresses())))
        figures["idle"] = summed_up(walked(opener, lambda: next(left, None) is not None))
        subprocess.run([*intake(rows), "--write"], check=True, stdout=subprocess.DEVNULL)
        busy = subprocess.Popen(intake(rows), stdout=subprocess.PIPE, env=os.environ)
        figures["during_intake"] = summed_up(walked(opener, lambda: busy.poll() is None))
        assert busy.stdout
        figures["intake"] = json.loads(busy.stdout.read().splitlines()[-1])
    finally:
        server.terminate()
        server.wait()
    return figures


def intake(rows: int) -> list[str]:
    return [sys.executable, "-m", "bench.intake", "--rows", str(rows)]


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, required=True)
    print(json.dumps(measure(parser.parse_args().rows)))
