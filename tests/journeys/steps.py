"""What the steps of the walk share: forms, downloads, and a stranger who gets nowhere."""

import csv
import io
import json
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import openpyxl
from playwright.sync_api import Page, expect

from payung.kernel.month import Month
from tests.journeys.program import ROOT, Program

LISTS = ROOT / "tests" / "data" / "lists"
CLOSED = {403, 404}
NOT_THERE = {403, 404, 405}


def fill(page: Page, **answers: str) -> None:
    """Fill in fields of the page's own form by name: text, choices, radio buttons."""
    for name, answer in answers.items():
        field = page.locator(f"main [name={name}]")
        kind = field.first.evaluate("each => each.type || each.tagName")
        if kind == "radio":
            page.locator(f"main [name={name}][value='{answer}']").check()
        elif kind.startswith("select"):
            field.select_option(answer)
        else:
            field.fill(answer)


def press(page: Page, name: str) -> None:
    """Press the button of this name in the page's content, and wait for what follows."""
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def download(page: Page, button: str, folder: Path) -> Path:
    """Press a button that hands out a file; give where it lies."""
    with page.expect_download() as waiting:
        page.get_by_role("main").get_by_role("button", name=button, exact=True).click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def says(page: Page, text: str) -> None:
    """The page's content says this."""
    expect(page.get_by_role("main")).to_contain_text(text)


def here(page: Page) -> str:
    """The path of the page that is shown."""
    return urlsplit(page.url).path


def gets_nowhere(page: Page, *, reads: Iterable[str] = (), writes: Iterable[str] = ()) -> None:
    """The person at this browser can neither open these pages nor send anything to these addresses."""
    page.goto("/beranda/")
    token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    headers = {"Referer": page.url}
    for path in reads:
        answer = page.request.get(path, max_redirects=0)
        assert answer.status in CLOSED, f"GET {path}: {answer.status}"
    for path in writes:
        answer = page.request.post(path, form={"csrfmiddlewaretoken": token}, headers=headers, max_redirects=0)
        assert answer.status in NOT_THERE, f"POST {path}: {answer.status}"


def people_of(kecamatan: str, count: int, folder: Path) -> tuple[Path, list[dict[str, str]]]:
    """A small list of real shape: synthetic persons of one kecamatan, none of whom stands in PT Maju's list."""
    answers = json.loads((LISTS / "usulan-pt-maju.xlsx.answers.json").read_text(encoding="utf-8"))
    elsewhere = {each["true_nik"] for each in answers}
    with (LISTS / "data-pekerja-rentan-disperinaker.csv").open(encoding="utf-8", newline="") as file:
        found = [row for row in csv.DictReader(file) if row["kode_desa"].startswith(f"{kecamatan}.")]
    rows = [row for row in found if row["nik"] not in elsewhere][:count]
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    path = folder / f"daftar-{kecamatan}.csv"
    path.write_text(text.getvalue(), encoding="utf-8")
    return path, rows


def workbook(path: Path, heading: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Path:
    """A workbook as an office sends it: every cell text, so that no NIK loses a digit."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (heading, *rows):
        sheet.append(row)
    book.save(path)
    return path


def must_sign_in_first(page: Page, paths: Iterable[str]) -> None:
    """Somebody who has not signed in is led to the entrance from each of these."""
    for path in paths:
        answer = page.request.get(path, max_redirects=0)
        assert answer.status == 302, f"GET {path}: {answer.status}"
        assert "/masuk/" in answer.headers["location"], answer.headers["location"]


def checked(program: Program, code: str, list_file: Path, niks: list[str], folder: Path) -> str:
    """Bring the people of a list, by the command line, as far as BPJS's check; give the id of their pledge."""
    month = f"{today():%Y-%m}"
    pledge = program.cli_json("pledge", code, "--workers", str(len(niks)), "--from", month, "--months", "6")["pledge"]
    program.cli("intake", str(list_file), "--sponsor", code, "--apply")
    program.cli("enrol", "verify", "--number", f"BA-{code}", "--sponsor", code)
    program.cli("enrol", "assign", pledge)
    program.cli("enrol", "dukcapil", "export", "--out", str(folder / f"keluar-{code}.xlsx"))
    matched = workbook(folder / f"padan-{code}.xlsx", ("NIK", "HASIL"), [(nik, "Padan") for nik in niks])
    program.cli("enrol", "dukcapil", "import", str(matched))
    known = workbook(folder / f"cek-{code}.xlsx", ("NIK", "STATUS"), [(nik, "Belum terdaftar") for nik in niks])
    program.cli("enrol", "check", str(known))
    return str(pledge)


def determined(program: Program, code: str, list_file: Path, niks: list[str], folder: Path) -> str:
    """The same as far as the wadah."""
    pledge = checked(program, code, list_file, niks, folder)
    letter = folder / "surat.pdf"
    letter.write_bytes(b"%PDF-1.4 surat komitmen")
    basis = ("--basis", "surat_komitmen", "--number", f"012/{code}", "--date", f"{today()}")
    prepared = program.cli_json("enrol", "determine", code, *basis, "--file", str(letter))
    program.cli("enrol", "approve", prepared["determination"], "--hash", prepared["hash"])
    program.cli("enrol", "wadah", f"NPW{code}", "--name", "Pekerja rentan", "--branch", "Kendal", "--register", code)
    return pledge


def protected(program: Program, code: str, kecamatan: str, count: int, folder: Path) -> str:
    """A company's people, by the command line: paid, confirmed, with KPJ; give the id of their pledge."""
    program.cli("sponsor", "add", code, "--name", f"PT {code.capitalize()}", "--funds", "CSR")
    file, rows = people_of(kecamatan, count, folder)
    niks = [row["nik"] for row in rows]
    pledge = determined(program, code, file, niks, folder)
    batch = program.cli_json("enrol", "bpjs", "export", f"NPW{code}", "--out", str(folder / "bpjs.xlsx"))["batch"]
    accepted = workbook(folder / "terima.xlsx", ("NIK", "STATUS"), [(nik, "Diterima") for nik in niks])
    program.cli("enrol", "bpjs", "accept", batch, str(accepted))
    month = f"{today():%Y-%m}"
    notice = program.cli_json("notice", code, "--month", month)["notices"][0]
    proof = folder / "bukti-bayar.pdf"
    proof.write_bytes(b"%PDF-1.4 bukti transfer")
    paid = ("--on", f"{today()}", "--proof", str(proof), "--notice", notice["notice"])
    payment = program.cli_json("pay", "record", code, str(notice["total_rp"]), *paid)["payment"]
    program.cli("pay", "confirm", payment)
    kpj = [(nik, f"27{kecamatan[-2:]}000{place:04}", f"{today():%d-%m-%Y}", month) for place, nik in enumerate(niks)]
    heading = ("NIK", "NO KPJ", "TANGGAL MULAI", "DIBAYAR SAMPAI")
    program.cli("enrol", "bpjs", "activate", str(workbook(folder / "kpj-semua.xlsx", heading, kpj)))
    return pledge


def today() -> date:
    """Today where the program's people live."""
    return datetime.now(ZoneInfo("Asia/Jakarta")).date()


def csr_month_rp(month: Month) -> int:
    """What one worker of a company costs in a month: half the price until the end of 2026 (PP 50/2025)."""
    return 8_400 if month < Month.from_text("2027-01") else 16_800
