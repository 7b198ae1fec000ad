"""A list of ten thousand rows: Joko shows its columns and mends it, Wulan approves it and takes it back.

It runs in a program of its own: ten thousand workers more are no business of the other stories. How long each answer
took in the browser is written to build/timings/; that no page is slow is what `bench --only list-pages` measures.
"""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from playwright.sync_api import Page, Request, StorageState, expect

from tests.intake.formats import HEADINGS, people
from tests.journeys.program import ROOT, Program, running_program
from tests.journeys.steps import download, fill, gets_nowhere, here, press, says

pytestmark = pytest.mark.journey
ROWS, SHORT_NIKS, UNKNOWN_VILLAGES = 10_000, 2_500, 100
WORK_MS = 240_000  # the machine may have much else to do
NIK, VILLAGE = 0, 4


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A program for this story alone."""
    with running_program(tmp_path_factory.mktemp("payung-long")) as started:
        yield started


@pytest.fixture(scope="module")
def signed_in() -> dict[str, StorageState]:
    """Sessions of this program."""
    return {}


@pytest.fixture(scope="module")
def timings(program: Program) -> Iterator[list[dict[str, object]]]:
    """Each answer with its milliseconds; kept for people to read."""
    found: list[dict[str, object]] = []
    yield found
    folder = ROOT / "build" / "timings"
    folder.mkdir(parents=True, exist_ok=True)
    slowest = sorted(found, key=lambda each: -float(str(each["ms"])))
    (folder / f"long-list-{program.engine}.json").write_text(json.dumps(slowest, indent=1), encoding="utf-8")


def watched(page: Page, timings: list[dict[str, object]]) -> Page:
    """Write down how long each page and part of a page took, from the request to the first byte."""

    def note(request: Request) -> None:
        if request.resource_type in ("document", "fetch", "xhr"):
            path = re.sub(r"[0-9a-f-]{36}", "…", request.url.split("/", 3)[3])
            took = request.timing["responseStart"] - request.timing["requestStart"]
            timings.append({"ms": round(took), "method": request.method, "path": path})

    page.on("requestfinished", note)
    return page


def rows_of_list(count: int = ROWS, *, first: int = 1, are_right: bool = False) -> list[list[str]]:
    """Rows as a company keeps them; of every fourth a digit of the NIK is missing, of each hundredth the village."""
    rows = [
        [f"{each:%d-%m-%Y}" if place == 2 else str(each) for place, each in enumerate(row)]
        for row in people(count, first=first)
    ]
    for number, row in enumerate(rows, start=1):
        if not are_right and number % 4 == 0:
            row[NIK] = row[NIK][:15]
        if not are_right and number % 100 == 1:
            row[VILLAGE] = "Awan"
    return rows


def workbook_of(rows: list[list[str]], path: Path) -> Path:
    """A workbook whose column of NIKs bears a heading that nobody knows."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Kode Orang", *HEADINGS[1:]])
        for number, row in enumerate(rows, start=1):
            sheet.write_row(number, 0, row)
    return path


def mended(marked: Path) -> Path:
    """The marked workbook with what was wrong typed anew."""
    book = openpyxl.load_workbook(marked)
    sheet = book.worksheets[0]
    for number, row in enumerate(rows_of_list(are_right=True), start=2):
        for column in (NIK, VILLAGE):
            sheet.cell(number, column + 1).value = row[column]
    path = marked.with_name("perbaikan.xlsx")
    book.save(path)
    return path


def hand_in(page: Page, file: Path) -> str:
    """Upload a new list; give the path of its page."""
    page.goto("/daftar/unggah/")
    page.locator("main input[type=file]").set_input_files(file)
    fill(page, legal_basis="Persetujuan pekerja saat pendataan")
    press(page, "Unggah dan periksa")
    return here(page)


def waits_for(page: Page, text: str) -> None:
    """The page comes to say this by itself: nobody presses anything."""
    expect(page.get_by_role("main")).to_contain_text(text, timeout=WORK_MS)


@pytest.fixture
def joko(program, sign_in, add_person, timings) -> Page:
    """The clerk of PT Kayu Panjang."""
    program.cli("sponsor", "add", "PANJANG", "--name", "PT Kayu Panjang", "--funds", "CSR")
    return watched(sign_in(add_person("joko", "petugas_perusahaan", "PANJANG", at="panjang.example")), timings)


@pytest.fixture
def wulan(sign_in, add_person, timings) -> Page:
    """Who approves."""
    return watched(sign_in(add_person("wulan", "penyetuju_dinas")), timings)


def test_ten_thousand_rows_from_upload_to_undo(
    joko: Page, wulan: Page, look: Callable[[Page, str], None], downloads: Path
):
    first = hand_in(joko, workbook_of(rows_of_list(), downloads / "panjang.xlsx"))
    waits_for(joko, "Kolom NIK tidak ditemukan.")
    joko.get_by_role("link", name="Tunjukkan kolomnya").click()
    says(joko, "3324••••••••")
    joko.get_by_role("combobox", name="Kode Orang").select_option("nik")
    look(joko, "panjang-kolom")
    press(joko, "Simpan dan periksa baris")
    waits_for(joko, "dari 10.000")
    expect(joko.get_by_role("main")).not_to_contain_text("Kolom NIK tidak ditemukan")
    look(joko, "panjang-kemajuan")
    waits_for(joko, "10.000 baris")

    line = joko.locator("tr", has=joko.get_by_text("NIK tinggal 15 angka"))
    expect(line.first).to_contain_text("2.500")
    says(joko, "Desa atau kelurahan tidak ditemukan")
    line.first.get_by_role("link").click()
    expect(joko.locator("#baris tbody tr")).to_have_count(50)
    joko.locator("#baris a[rel=next]").click()
    expect(joko.locator("#baris-205")).to_be_visible()
    look(joko, "panjang-sebab")

    joko.goto(first)
    press(joko, "Siapkan berkas bertanda")
    waits_for(joko, "Siap diunduh")
    look(joko, "panjang-nasib")
    marked = download(joko, "Unduh berkas bertanda", downloads)
    joko.locator("main input[type=file]").set_input_files(mended(marked))
    press(joko, "Unggah perbaikan")
    second = here(joko)
    waits_for(joko, f"{SHORT_NIKS + UNKNOWN_VILLAGES:,} baris berubah".replace(",", "."))
    expect(joko.get_by_role("main")).not_to_contain_text("Kolom NIK tidak ditemukan")
    press(joko, "Kirim untuk disetujui")
    says(joko, "Menunggu persetujuan")

    wulan.goto("/persetujuan/")
    wulan.get_by_role("link", name="perbaikan.xlsx").click()
    look(wulan, "panjang-persetujuan")
    press(wulan, "Setujui daftar ini")
    says(wulan, "Meneruskan baris yang disetujui")
    waits_for(wulan, "Orang baru terdaftar")
    gets_nowhere(joko, reads=[second.replace("/daftar/", "/persetujuan/")], writes=[f"{second}batalkan/"])

    wulan.goto(second)
    wulan.get_by_role("main").get_by_text("Batalkan daftar", exact=True).click()
    wulan.locator("main .confirm-body [name=reason]").fill("Daftar tahun lalu")
    press(wulan, "Ya, batalkan daftar")
    waits_for(wulan, "Daftar ini dibatalkan")
    says(wulan, "Alasannya: Daftar tahun lalu")
    look(wulan, "panjang-dibatalkan")

    rows = rows_of_list(5, first=20_001, are_right=True)
    hand_in(joko, workbook_of(rows, downloads / "bulan-depan.xlsx"))
    waits_for(joko, "Kolom dibaca seperti yang pernah ditunjukkan")
    says(joko, "5 baris")
