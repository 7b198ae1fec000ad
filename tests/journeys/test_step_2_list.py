"""Steps 2 and 3: Joko hands in his list, mends what is marked, and another person than he approves it."""

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page

from tests.journeys.program import Program
from tests.journeys.steps import LISTS, download, fill, gets_nowhere, here, press, says

pytestmark = pytest.mark.journey
MAJU = LISTS / "usulan-pt-maju.xlsx"
ANSWERS = json.loads((LISTS / "usulan-pt-maju.xlsx.answers.json").read_text(encoding="utf-8"))
TYPED_AS_NUMBER = [each for each in ANSWERS if each["fate"] == "repair:nik-typed-as-number"]
NIK_COLUMN = 3
IS_FAULTY = {"baru": False, "sudah terdaftar": False, "perlu diperbaiki": True}


def fates(page: Page) -> dict[int, bool]:
    """Every row of the list on this page with whether it must be mended, from page to page."""
    found: dict[int, bool] = {}
    page.goto(f"{here(page)}?nasib=semua")
    while True:
        rows = page.locator("#baris tbody tr")
        told = rows.evaluate_all("all => all.map(row => [row.id, row.querySelector('.mark').innerText])")
        found |= {int(name.removeprefix("baris-")): IS_FAULTY[words.strip()] for name, words in told}
        following = page.locator("#baris a[rel=next]")
        if not following.count():
            return found
        following.click()
        page.wait_for_load_state()


def mended(marked: Path) -> Path:
    """The marked workbook with the ten NIKs typed anew as text, as the ID cards say."""
    book = openpyxl.load_workbook(marked)
    sheet = book.worksheets[0]
    for answer in TYPED_AS_NUMBER:
        sheet.cell(answer["row"], NIK_COLUMN).value = answer["true_nik"]
        sheet.cell(answer["row"], NIK_COLUMN).number_format = "@"
    path = marked.with_name("usulan-pt-maju-perbaikan.xlsx")
    book.save(path)
    return path


def hand_in(page: Page, file: Path) -> str:
    """Upload a file as a new list; give the path of the page that shows its fates."""
    page.goto("/daftar/unggah/")
    page.locator("main input[type=file]").set_input_files(file)
    fill(page, legal_basis="Persetujuan pekerja saat pendataan")
    press(page, "Unggah dan periksa")
    return here(page)


def test_joko_hands_in_his_list_mends_it_and_wulan_approves(
    program: Program,
    sign_in: Callable[[str], Page],
    add_person: Callable[..., str],
    look: Callable[[Page, str], None],
    downloads: Path,
):
    for code, name in (("KAYUDUA", "PT Kayu Dua"), ("LAINDUA", "CV Lain Dua")):
        program.cli("sponsor", "add", code, "--name", name, "--funds", "CSR")
    joko = sign_in(add_person("joko", "petugas_perusahaan", "KAYUDUA", at="langkah-dua.example"))
    tono = sign_in(add_person("tono", "petugas_perusahaan", "LAINDUA", at="langkah-dua.example"))
    wulan = sign_in(add_person("wulan", "penyetuju_dinas"))

    joko.goto("/daftar/unggah/")
    look(joko, "daftar-unggah")
    first = hand_in(joko, MAJU)
    says(joko, f"{len(ANSWERS)} baris")
    for heading in ("N.I.K", "Tempat, Tgl Lahir", "Desa/Kel"):
        says(joko, heading)
    look(joko, "daftar-nasib")
    assert fates(joko) == {each["row"]: each["fate"] != "accepted" for each in ANSWERS}
    joko.goto(f"{first}kolom/")
    look(joko, "daftar-kolom")

    assert hand_in(joko, MAJU) == first
    says(joko, "sama persis")

    marked = download(joko, "Unduh berkas bertanda", downloads)
    assert sum(bool(cell.comment) for row in openpyxl.load_workbook(marked).worksheets[0] for cell in row) >= 31
    joko.locator("main input[type=file]").set_input_files(mended(marked))
    press(joko, "Unggah perbaikan")
    second = here(joko)
    assert second != first
    says(joko, f"{len(TYPED_AS_NUMBER)} dari {len(ANSWERS)} baris berubah")
    mended_rows = {each["row"] for each in TYPED_AS_NUMBER}
    expected = {each["row"]: each["fate"] != "accepted" and each["row"] not in mended_rows for each in ANSWERS}
    assert fates(joko) == expected

    press(joko, "Kirim untuk disetujui")
    says(joko, "Menunggu persetujuan")
    look(joko, "daftar-dikirim")

    approval = second.replace("/daftar/", "/persetujuan/")
    gets_nowhere(
        tono,
        reads=[first, second, approval, f"{second}kolom/", "/persetujuan/"],
        writes=[f"{second}{action}/" for action in ("bertanda", "perbaikan", "kirim", "periksa", "batalkan")],
    )
    gets_nowhere(joko, reads=[approval, "/persetujuan/"], writes=[approval, f"{approval}kembalikan/"])

    wulan.goto("/persetujuan/")
    look(wulan, "persetujuan-semua")
    wulan.get_by_role("link", name="usulan-pt-maju-perbaikan.xlsx").first.click()
    says(wulan, "Sidik daftar")
    look(wulan, "persetujuan")
    press(wulan, "Setujui daftar ini")
    accepted = sum(not faulty for faulty in expected.values())
    says(wulan, f"{accepted} orang baru terdaftar")
    look(wulan, "daftar-disetujui")
    assert len(program.cli_json("enrol", "list", "--sponsor", "KAYUDUA", "--limit", "1000")) == accepted


def test_a_wrong_file_says_what_to_do(
    program: Program, sign_in: Callable[[str], Page], add_person: Callable[..., str], downloads: Path
):
    rina = sign_in(add_person("rina", "petugas_dinas"))
    program.cli("sponsor", "add", "KAYUDUB", "--name", "PT Kayu Dua B", "--funds", "CSR")
    joko = sign_in(add_person("jaka", "petugas_perusahaan", "KAYUDUB", at="langkah-dua.example"))
    empty = downloads / "kosong.xlsx"
    empty.write_bytes(b"")
    hand_in(joko, empty)
    says(joko, "kosong")
    picture = downloads / "foto.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 200)
    refused = hand_in(joko, picture)
    says(joko, "Unggah")
    gets_nowhere(rina, writes=["/persetujuan/00000000-0000-0000-0000-000000000000/"])
    rina.goto(refused)
    says(rina, "foto.xlsx")
