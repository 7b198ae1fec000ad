"""Step 8: the dashboard tells the regent how far protection has come, and lets nobody else in."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.program import Program
from tests.journeys.steps import gets_nowhere, must_sign_in_first, protected, says

pytestmark = pytest.mark.journey
KECAMATAN = 20
KALIWUNGU = "33.24.08"
PATEBON = "33.24.14"
# Six people are enough for a village not to be hidden as too small to tell (fewer than five).
COUNT = 40


def squares(folder: Path) -> Path:
    """Outlines of all kecamatan as a map maker would hand them in, though none is that square."""
    features = []
    for number in range(KECAMATAN):
        west, south = 109.9 + 0.04 * (number % 5), -7.2 + 0.04 * (number // 5)
        ring = [[west, south], [west + 0.04, south], [west + 0.04, south + 0.04], [west, south + 0.04], [west, south]]
        outline = {"type": "Polygon", "coordinates": [ring]}
        features.append({"type": "Feature", "properties": {"kode": f"33.24.{number + 1:02}"}, "geometry": outline})
    path = folder / "batas.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def test_the_regent_reads_the_dashboard_and_the_auditor_too(
    program: Program,
    visitor: Page,
    sign_in: Callable[[str], Page],
    add_person: Callable[..., str],
    look: Callable[[Page, str], None],
    downloads: Path,
):
    protected(program, "KAYUDELAPAN", PATEBON, COUNT, downloads)
    program.cli("sponsor", "add", "LAINDELAPAN", "--name", "CV Lain Delapan", "--funds", "CSR")
    program.cli("coverage", "figure", "load")
    program.cli("coverage", "refresh")
    bupati = sign_in(add_person("bupati", "pimpinan_daerah"))
    agus = sign_in(add_person("agus", "auditor"))
    tono = sign_in(add_person("tono", "petugas_perusahaan", "LAINDELAPAN", at="langkah-delapan.example"))

    bupati.goto("/perlindungan/")
    expect(bupati.locator("svg.map-outlines")).to_have_count(0)
    look(bupati, "perlindungan-tanpa-batas")
    assert program.cli_json("regions", "import-boundaries", str(squares(downloads)))["matched"] == KECAMATAN
    bupati.reload()
    expect(bupati.locator("svg.map-outlines")).to_be_visible()
    for title in ("Tiga angka cakupan", "Menurut kecamatan", "Bulan demi bulan", "Jatuh tempo"):
        says(bupati, title)
    expect(bupati.locator("#peta tbody tr")).to_have_count(KECAMATAN)
    look(bupati, "perlindungan")
    bupati.locator("#peta tbody a[href*='33.24.08']").click()
    bupati.wait_for_url(f"**/perlindungan/kecamatan/{KALIWUNGU}/**")
    says(bupati, "Kaliwungu")
    bupati.goto("/perlindungan/")
    bupati.locator(f"svg.map a[href*='{PATEBON}']").click()
    bupati.wait_for_url(f"**/perlindungan/kecamatan/{PATEBON}/**")
    says(bupati, "Patebon")
    told = {row["key"]: row["berlaku"] for row in program.cli_json("coverage", "show", "--by", "kecamatan")["rows"]}
    assert told[PATEBON] == COUNT
    expect(bupati.get_by_role("main")).to_contain_text(f"{COUNT}")
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
