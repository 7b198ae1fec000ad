"""Step 7, the other side: Rina uploads a collecting account's statement and says a word, Dewi accepts."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys.program import Program
from tests.journeys.steps import fill, press, says
from tests.tabular.bank_files import bca

pytestmark = pytest.mark.journey


def test_statement_is_read_decided_recorded_and_accepted(
    program: Program,
    sign_in: Callable[[str], Page],
    add_person: Callable[..., str],
    look: Callable[[Page, str], None],
    downloads: Path,
):
    program.cli("sponsor", "add", "ASNREKON", "--name", "ASN Peduli Rekonsiliasi", "--funds", "ASN")
    file = downloads / "mutasi.csv"
    file.write_bytes(bca())
    rina = sign_in(add_person("rina", "petugas_dinas"))
    dewi = sign_in(add_person("dewi", "petugas_bpjs"))
    rina.goto("/tagihan/rekonsiliasi/")
    look(rina, "reconciliations")
    fill(rina, source="rekening")
    rina.locator("main [name=sponsor]").select_option(label="ASN Peduli Rekonsiliasi")
    rina.locator("main [name=file]").set_input_files(file)
    press(rina, "Baca dan cocokkan")
    says(rina, "1 baris menunggu putusan")
    look(rina, "reconciliation")
    address = rina.url
    row = rina.locator("#baris tr", has_text="Uang keluar yang belum dikenal").locator("th a")
    row.click()
    look(rina, "reconciliation-line")
    fill(rina, note="dibayar ke BPJS, kodenya dicari")
    press(rina, "Terima")
    press(rina, "Catat dan serahkan")
    dewi.goto(address)
    press(dewi, "Terima berkas")
    says(dewi, "Berkas diterima.")
    look(dewi, "reconciliation-accepted")
