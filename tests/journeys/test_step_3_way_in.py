"""Step 3: the office verifies the proposed, and matches them with Dukcapil and BPJS through files."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page

from tests.journeys.program import Program
from tests.journeys.steps import download, fill, gets_nowhere, here, people_of, press, says, workbook

pytestmark = pytest.mark.journey
WELERI = "33.24.12"
COUNT = 4


def send(page: Page, file: Path, button: str) -> None:
    """Hand a file to the one form of this page that takes one."""
    page.locator("main input[type=file]").first.set_input_files(file)
    press(page, button)


def confirm(page: Page, label: str, button: str) -> None:
    """Open a question that must be answered, and answer it."""
    page.get_by_role("main").locator("summary", has_text=label).click()
    press(page, button)


def test_rina_verifies_and_matches_the_people_of_a_list(
    program: Program,
    sign_in: Callable[[str], Page],
    add_person: Callable[..., str],
    look: Callable[[Page, str], None],
    downloads: Path,
):
    for code, name in (("KAYUTIGA", "PT Kayu Tiga"), ("LAINTIGA", "CV Lain Tiga")):
        program.cli("sponsor", "add", code, "--name", name, "--funds", "CSR")
    sponsor = program.cli_json("sponsor", "show", "KAYUTIGA")["id"]
    file, rows = people_of(WELERI, COUNT, downloads)
    program.cli("intake", str(file), "--sponsor", "KAYUTIGA", "--apply")
    rina = sign_in(add_person("rina", "petugas_dinas"))
    tono = sign_in(add_person("tono", "petugas_perusahaan", "LAINTIGA", at="langkah-tiga.example"))

    rina.goto("/pendaftaran/")
    look(rina, "pendaftaran")
    rina.goto(f"/pendaftaran/verifikasi/baru/?penyandang={sponsor}")
    look(rina, "verifikasi-baru")
    fill(rina, sponsor=sponsor, number="141/BA/XI/2026")
    press(rina, "Mulai verifikasi")
    opened = here(rina)
    says(rina, f"{COUNT} dari {COUNT} orang belum ada hasilnya")
    rina.locator("main select[name^=hasil-]").first.select_option("pindah")
    press(rina, "Simpan halaman ini")
    look(rina, "verifikasi")
    confirm(rina, "Sisanya layak", "Ya, sisanya layak")
    confirm(rina, "Tutup verifikasi", "Ya, tutup verifikasi")
    says(rina, "Ditutup")
    with rina.expect_download() as waiting:
        rina.get_by_role("link", name="Unduh berita acara").click()
    assert Path(waiting.value.path()).read_bytes().startswith(b"%PDF-")

    rina.goto("/pendaftaran/dukcapil/")
    look(rina, "dukcapil")
    taken = openpyxl.load_workbook(download(rina, "Unduh dan catat sebagai diserahkan", downloads)).worksheets[0]
    cells = {str(cell) for row in taken.iter_rows(values_only=True) for cell in row}
    niks = [row["nik"] for row in rows if row["nik"] in cells]
    assert len(niks) == COUNT - 1
    answer = workbook(downloads / "dukcapil.xlsx", ("NIK", "HASIL"), [(nik, "Padan") for nik in niks])
    rina.goto("/pendaftaran/dukcapil/")
    send(rina, answer, "Baca jawaban")
    look(rina, "dukcapil-jawaban")

    rina.goto("/pendaftaran/periksa/")
    look(rina, "periksa-bpjs")
    known = workbook(downloads / "bpjs.xlsx", ("NIK", "STATUS"), [(nik, "Belum terdaftar") for nik in niks])
    send(rina, known, "Baca jawaban")
    states = [each["state"] for each in program.cli_json("enrol", "list", "--sponsor", "KAYUTIGA")]
    assert states.count("checked") == COUNT - 1, states

    rina.goto(f"/pendaftaran/orang/?penyandang={sponsor}")
    look(rina, "pendaftaran-orang")
    rina.locator("main tbody a").first.click()
    look(rina, "pendaftaran-satu-orang")
    person = here(rina)

    gets_nowhere(
        tono,
        reads=[opened, f"{opened}berita-acara/", "/pendaftaran/dukcapil/", "/pendaftaran/periksa/", person],
        writes=[
            opened,
            f"{opened}tutup/",
            "/pendaftaran/verifikasi/baru/",
            "/pendaftaran/dukcapil/unduh/",
            "/pendaftaran/dukcapil/jawaban/",
            "/pendaftaran/periksa/berkas/",
            f"{person}keluar/",
        ],
    )
