"""Steps 3 and 6: determined by two persons, into the wadah, to BPJS and back; then a slip for each participant."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page

from tests.journeys.program import Program
from tests.journeys.steps import checked, fill, gets_nowhere, here, people_of, press, says, today, workbook

pytestmark = pytest.mark.journey
GEMUH = "33.24.16"
COUNT = 3
WADAH = "NPWENAM"


def test_a_list_is_determined_sent_to_bpjs_and_answered(
    program: Program,
    sign_in: Callable[[str], Page],
    add_person: Callable[..., str],
    look: Callable[[Page, str], None],
    downloads: Path,
):
    for code, name in (("KAYUENAM", "PT Kayu Enam"), ("LAINENAM", "CV Lain Enam")):
        program.cli("sponsor", "add", code, "--name", name, "--funds", "CSR")
    sponsor = program.cli_json("sponsor", "show", "KAYUENAM")["id"]
    file, rows = people_of(GEMUH, COUNT, downloads)
    niks = [row["nik"] for row in rows]
    checked(program, "KAYUENAM", file, niks, downloads)
    rina = sign_in(add_person("rina", "petugas_dinas"))
    wulan = sign_in(add_person("wulan", "penyetuju_dinas"))
    dewi = sign_in(add_person("dewi", "petugas_bpjs"))
    tono = sign_in(add_person("tono", "petugas_perusahaan", "LAINENAM", at="langkah-enam.example"))

    rina.goto(f"/pendaftaran/penetapan/baru/?penyandang={sponsor}")
    fill(rina, basis="surat_komitmen", number="012/CSR/2026", dated_on=f"{today()}")
    letter = downloads / "komitmen.pdf"
    letter.write_bytes(b"%PDF-1.4 surat komitmen")
    rina.locator("main input[type=file]").set_input_files(letter)
    look(rina, "penetapan-baru")
    press(rina, "Siapkan untuk disetujui")
    determination = here(rina)
    says(rina, "Menunggu persetujuan rekan Anda")
    look(rina, "penetapan")
    gets_nowhere(rina, writes=[determination])

    wulan.goto(determination)
    press(wulan, "Setujui daftar ini")
    says(wulan, "Daftar disetujui")

    rina.goto("/pendaftaran/wadah/")
    fill(rina, number=WADAH, name="Pekerja rentan", branch="Kendal", agreement="PKS/1/2026")
    press(rina, "Catat wadah")
    chosen = rina.locator(f"form:has([name=penyandang][value='{sponsor}'])")
    chosen.locator("select[name=wadah]").select_option(label=f"{WADAH}, Pekerja rentan")
    look(rina, "wadah")
    chosen.get_by_role("button", name="Masukkan semua").click()
    says(rina, f"{COUNT} orang dimasukkan ke wadah")

    rina.goto("/pendaftaran/bpjs/")
    look(rina, "bpjs-kirim")
    with rina.expect_download() as waiting:
        rina.locator(".card").filter(has_text=WADAH).get_by_role("button", name="Unduh dan catat").click()
    path = downloads / "bpjs.xlsx"
    waiting.value.save_as(path)
    sent = openpyxl.load_workbook(path).worksheets[0]
    cells = {str(cell) for row in sent.iter_rows(values_only=True) for cell in row}
    assert set(niks) <= cells

    dewi.goto("/pendaftaran/bpjs/")
    dewi.get_by_role("main").get_by_role("link", name=WADAH).first.click()
    batch = here(dewi)
    look(dewi, "bpjs-daftar")
    answer = [*((nik, "Diterima", "") for nik in niks[1:]), (niks[0], "Ditolak", "PU")]
    dewi.goto(f"{batch}penerimaan/")
    look(dewi, "bpjs-penerimaan")
    accepted = workbook(downloads / "penerimaan.xlsx", ("NIK", "STATUS", "ALASAN"), answer)
    dewi.locator("main input[name=file]").set_input_files(accepted)
    fill(dewi, code="9001600", amount="16.800", due_on=f"{today()}")
    press(dewi, "Baca jawaban")
    dewi.wait_for_url("**/pendaftaran/jawaban/**")
    says(dewi, "9001600")
    look(dewi, "bpjs-jawaban")

    dewi.goto("/pendaftaran/bpjs/kpj/")
    kpj = [(nik, f"2600000000{place}", f"{today():%d-%m-%Y}", f"{today():%Y-%m}") for place, nik in enumerate(niks[1:])]
    heading = ("NIK", "NO KPJ", "TANGGAL MULAI", "DIBAYAR SAMPAI")
    dewi.locator("main input[type=file]").set_input_files(workbook(downloads / "kpj.xlsx", heading, kpj))
    look(dewi, "bpjs-kpj")
    press(dewi, "Baca jawaban")
    dewi.wait_for_url("**/pendaftaran/jawaban/**")
    states = [each["state"] for each in program.cli_json("enrol", "list", "--sponsor", "KAYUENAM")]
    assert sorted(states) == ["active", "active", "rejected"]

    gets_nowhere(
        tono,
        reads=[determination, batch, f"{batch}penerimaan/", "/pendaftaran/wadah/", "/pendaftaran/bpjs/kpj/"],
        writes=[
            determination,
            f"{determination}tarik/",
            f"{determination}surat/",
            "/pendaftaran/wadah/",
            "/pendaftaran/wadah/masuk/",
            f"{batch}berkas/",
            f"{batch}penerimaan/",
            "/pendaftaran/bpjs/kpj/",
        ],
    )
