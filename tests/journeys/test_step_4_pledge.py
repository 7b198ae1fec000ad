"""Step 4: Joko pledges; the price of each month is the law's of that month, and a short term warns."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from payung.kernel.month import Month
from tests.journeys.program import Program
from tests.journeys.steps import csr_month_rp, fill, gets_nowhere, here, press, says, today

pytestmark = pytest.mark.journey
WARNING = "Tiga bulan atau kurang"


def price_on(page: Page, row: int) -> str:
    """The price of one worker in a row of the price table."""
    return page.locator("#harga tbody tr").nth(row).locator("td").first.inner_text().split("\n")[0].strip()


def csr_price(month: Month) -> str:
    """One worker of a company in a month, as pages write it."""
    return f"Rp{csr_month_rp(month):,}".replace(",", ".")


def test_joko_pledges_and_sees_what_each_month_costs(
    program: Program,
    sign_in: Callable[[str], Page],
    add_person: Callable[..., str],
    look: Callable[[Page, str], None],
):
    for code, name in (("KAYUEMPAT", "PT Kayu Empat"), ("LAINEMPAT", "CV Lain Empat")):
        program.cli("sponsor", "add", code, "--name", name, "--funds", "CSR")
    sponsor = program.cli_json("sponsor", "show", "KAYUEMPAT")
    joko = sign_in(add_person("joko", "petugas_perusahaan", "KAYUEMPAT", at="langkah-empat.example"))
    tono = sign_in(add_person("tono", "petugas_perusahaan", "LAINEMPAT", at="langkah-empat.example"))
    now = Month.of(today())

    joko.goto(f"/penyandang/{sponsor['id']}/")
    joko.get_by_role("link", name="Buat janji").first.click()
    joko.locator("main [name=workers]").fill("25")
    fill(joko, first_month=str(now), months="3")
    expect(joko.locator("#harga tbody tr")).to_have_count(3)
    for row in range(3):
        assert price_on(joko, row) == csr_price(now + row)
    says(joko, WARNING)
    look(joko, "janji-tiga-bulan")

    fill(joko, months="6")
    expect(joko.locator("#harga tbody tr")).to_have_count(6)
    assert [price_on(joko, row) for row in range(6)] == [csr_price(now + row) for row in range(6)]
    expect(joko.locator("#harga")).not_to_contain_text(WARNING)
    total = sum(25 * csr_month_rp(now + row) for row in range(6))
    says(joko, f"Rp{total:,}".replace(",", "."))
    joko.locator("#harga details summary").first.click()
    expect(joko.locator("#harga")).to_contain_text("PP 50/2025")
    look(joko, "janji-baru")

    press(joko, "Catat janji")
    joko.wait_for_url("**/janji/*-*/")
    says(joko, "25 pekerja, 6 bulan")
    pledge = here(joko)
    look(joko, "janji")

    new = f"/penyandang/{sponsor['id']}/janji/baru/"
    gets_nowhere(
        tono,
        reads=[pledge, new, f"{pledge}perpanjang/"],
        writes=[pledge, new, f"{pledge}perpanjang/", f"{pledge}tarik/"],
    )
    assert len(program.cli_json("sponsor", "show", "KAYUEMPAT")["pledges"]) == 1


def test_apbd_pays_the_whole_price_in_every_month(
    program: Program, sign_in: Callable[[str], Page], add_person: Callable[..., str]
):
    program.cli("sponsor", "add", "APBDEMPAT", "--name", "APBD Empat", "--funds", "APBD")
    sponsor = program.cli_json("sponsor", "show", "APBDEMPAT")
    rina = sign_in(add_person("rina", "petugas_dinas"))
    now = Month.of(today())

    rina.goto(f"/penyandang/{sponsor['id']}/janji/baru/")
    fill(rina, first_month=str(now), months="3")
    expect(rina.locator("#harga tbody tr")).to_have_count(3)
    assert {price_on(rina, row) for row in range(3)} == {"Rp16.800"}
