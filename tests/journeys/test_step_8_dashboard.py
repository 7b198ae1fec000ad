"""Step 8: the dashboard tells the regent how far protection has come, and lets nobody else in."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.program import Program
from tests.journeys.steps import gets_nowhere, must_sign_in_first, says

pytestmark = pytest.mark.journey
KECAMATAN = 20
KALIWUNGU = "33.24.08"


def test_the_regent_reads_the_dashboard_and_the_auditor_too(
    program: Program,
    visitor: Page,
    sign_in: Callable[[str], Page],
    add_person: Callable[..., str],
    look: Callable[[Page, str], None],
):
    program.cli("sponsor", "add", "LAINDELAPAN", "--name", "CV Lain Delapan", "--funds", "CSR")
    program.cli("coverage", "figure", "load")
    program.cli("coverage", "refresh")
    bupati = sign_in(add_person("bupati", "pimpinan_daerah"))
    agus = sign_in(add_person("agus", "auditor"))
    tono = sign_in(add_person("tono", "petugas_perusahaan", "LAINDELAPAN", at="langkah-delapan.example"))

    bupati.goto("/perlindungan/")
    for title in ("Tiga angka cakupan", "Menurut kecamatan", "Bulan demi bulan", "Jatuh tempo"):
        says(bupati, title)
    expect(bupati.locator("#peta tbody tr")).to_have_count(KECAMATAN)
    look(bupati, "perlindungan")
    bupati.locator("#peta tbody a[href*='33.24.08']").click()
    bupati.wait_for_url(f"**/perlindungan/kecamatan/{KALIWUNGU}/**")
    says(bupati, "Kaliwungu")
    look(bupati, "perlindungan-kecamatan")
    bupati.goto("/jatuh-tempo/")
    look(bupati, "jatuh-tempo")

    agus.goto("/perlindungan/angka/")
    says(agus, "Angka")
    look(agus, "perlindungan-angka")
    gets_nowhere(agus, writes=["/perlindungan/angka/"])

    pages = ["/perlindungan/", f"/perlindungan/kecamatan/{KALIWUNGU}/", "/perlindungan/kekurangan/"]
    gets_nowhere(tono, reads=[*pages, "/perlindungan/angka/"], writes=["/perlindungan/angka/"])
    must_sign_in_first(visitor, [*pages, "/jatuh-tempo/"])
