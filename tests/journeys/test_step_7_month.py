"""Step 7, for everybody: Rina asks all sponsors for a month with one button, and sees who lacks a notice."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from payung.kernel.month import Month
from tests.journeys.program import Program
from tests.journeys.steps import determined, gets_nowhere, people_of, press, says, today

pytestmark = pytest.mark.journey


def test_one_button_asks_everybody_for_a_month(
    program: Program,
    sign_in: Callable[[str], Page],
    add_person: Callable[..., str],
    look: Callable[[Page, str], None],
    downloads: Path,
):
    for code, name in (("SEBULAN", "PT Sebulan Penuh"), ("LAINBULAN", "CV Lain Bulan")):
        program.cli("sponsor", "add", code, "--name", name, "--funds", "CSR")
    file, rows = people_of("33.24.15", 3, downloads)  # a kecamatan that no other journey takes
    determined(program, "SEBULAN", file, [row["nik"] for row in rows], downloads)
    month = Month.of(today()) + 1
    address = f"/tagihan/bulan/{month}/"
    rina = sign_in(add_person("rina", "petugas_dinas"))
    tono = sign_in(add_person("tono", "petugas_perusahaan", "LAINBULAN", at="sebulan.example"))

    rina.goto("/tagihan/")
    rina.get_by_role("link", name="Sebulan semua penyandang").click()
    rina.wait_for_url(f"**{address}")
    look(rina, "sebulan-belum-terbit")
    press(rina, "Terbitkan untuk semua")
    says(rina, "Penerbitan terakhir:")
    look(rina, "sebulan-terbit")

    gets_nowhere(tono, reads=[address], writes=[address])
