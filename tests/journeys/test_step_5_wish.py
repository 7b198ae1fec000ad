"""Step 5: a company without a list asks the office for workers, and gets them in the open order, masked until paid."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.program import Program
from tests.journeys.steps import fill, gets_nowhere, here, people_of, press, says

pytestmark = pytest.mark.journey
KALIWUNGU = "33.24.08"
WANTED = 3


def test_joko_asks_for_workers_and_rina_reserves_them(
    program: Program,
    sign_in: Callable[[str], Page],
    add_person: Callable[..., str],
    look: Callable[[Page, str], None],
    downloads: Path,
):
    for code, name in (("KAYULIMA", "PT Kayu Lima"), ("LAINLIMA", "CV Lain Lima")):
        program.cli("sponsor", "add", code, "--name", name, "--funds", "CSR")
    file, rows = people_of(KALIWUNGU, 40, downloads)
    program.cli("intake", str(file), "--apply")
    joko = sign_in(add_person("joko", "petugas_perusahaan", "KAYULIMA", at="langkah-lima.example"))
    tono = sign_in(add_person("tono", "petugas_perusahaan", "LAINLIMA", at="langkah-lima.example"))
    rina = sign_in(add_person("rina", "petugas_dinas"))

    joko.goto("/permintaan/baru/")
    fill(joko, wanted=str(WANTED), region=KALIWUNGU, note="Dekat pabrik kami di Kaliwungu")
    look(joko, "permintaan-baru")
    press(joko, "Kirim permintaan")
    says(joko, "Menunggu dinas")
    wish = here(joko)

    rina.goto("/permintaan/")
    rina.get_by_role("link", name=f"{WANTED} pekerja").first.click()
    says(rina, "cocok dan belum dilindungi siapa pun")
    look(rina, "permintaan-dinas")
    press(rina, "Tawarkan dan tahan 14 hari")
    says(rina, f"{WANTED} pekerja ditawarkan dan ditahan selama 14 hari")

    joko.goto(wish)
    says(joko, "14 hari lagi")
    expect(joko.get_by_role("main").locator("tbody tr")).to_have_count(WANTED)
    shown = joko.get_by_role("main").inner_text()
    assert [row["nama"] for row in rows if row["nama"] in shown] == []
    says(joko, "Nama lengkap terlihat setelah iuran orangnya dibayar")
    look(joko, "permintaan-ditawarkan")

    gets_nowhere(tono, reads=[wish], writes=[f"{wish}{action}/" for action in ("tawarkan", "terima", "tarik")])
    gets_nowhere(joko, writes=[f"{wish}tawarkan/"])

    joko.goto(wish)
    press(joko, "Terima semua pekerja ini")
    says(joko, f"{WANTED} pekerja diterima")
    look(joko, "permintaan-diterima")
    assert len(program.cli_json("enrol", "list", "--sponsor", "KAYULIMA")) == WANTED
