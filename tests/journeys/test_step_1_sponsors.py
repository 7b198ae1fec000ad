"""Step 1: Rina registers a company and invites its clerk; Joko accepts by the link in his letter."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import PASSWORD
from tests.journeys.program import Program
from tests.journeys.steps import fill, gets_nowhere, here, must_sign_in_first, press, says

pytestmark = pytest.mark.journey
CLERK = "joko@langkah-satu.example"


def test_rina_registers_a_company_and_joko_accepts_by_the_mailed_link(
    program: Program,
    visitor: Page,
    sign_in: Callable[[str], Page],
    add_person: Callable[..., str],
    look: Callable[[Page, str], None],
):
    program.cli("sponsor", "add", "LAINSATU", "--name", "CV Lain Satu", "--funds", "CSR")
    tono = sign_in(add_person("tono", "petugas_perusahaan", "LAINSATU", at="langkah-satu.example"))
    rina = sign_in(add_person("rina", "petugas_dinas"))

    rina.goto("/penyandang/")
    rina.get_by_role("link", name="Daftarkan penyandang").first.click()
    look(rina, "penyandang-baru")
    fill(rina, code="KAYUSATU", name="PT Kayu Satu", funds="CSR", own_employees="120")
    press(rina, "Daftarkan")
    says(rina, "Undang petugasnya")
    company = here(rina)

    fill(rina, email=CLERK, role="petugas_perusahaan")
    rina.locator("form[action$='/undang/'] [name=name]").fill("Joko")
    press(rina, "Kirim undangan")
    says(rina, "diundang")
    look(rina, "penyandang-diundang")

    visitor.goto(_link_to(CLERK, program))
    says(visitor, "Rina")
    look(visitor, "undangan")
    for field in visitor.locator("main input[type=password]").all():
        field.fill(PASSWORD)
    press(visitor, "Buat akun saya")
    if "/masuk/" in visitor.url:
        visitor.locator("input[name=login]").fill(CLERK)
        visitor.locator("input[name=password]").fill(PASSWORD)
        visitor.locator("input[name=password]").press("Enter")
    visitor.wait_for_url("**/beranda/")
    look(visitor, "beranda-petugas-perusahaan")
    visitor.goto(company)
    says(visitor, "PT Kayu Satu")
    look(visitor, "penyandang-sendiri")

    rina.goto("/penyandang/?dana=CSR")
    says(rina, "KAYUSATU")
    look(rina, "penyandang-semua")
    rina.get_by_role("button", name="Switch to English").click()
    rina.locator("html[lang=en]").wait_for()
    rina.get_by_role("button", name="Ganti ke Bahasa Indonesia").click()
    rina.locator("html[lang=id]").wait_for()

    gets_nowhere(
        tono,
        reads=[company, f"{company}ubah/", f"{company}janji/baru/", "/penyandang/baru/"],
        writes=["/penyandang/baru/", f"{company}ubah/", f"{company}undang/", f"{company}janji/baru/"],
    )
    gets_nowhere(visitor, reads=["/penyandang/baru/"], writes=[f"{company}undang/"])
    nobody = visitor.context.browser.new_context(base_url=program.address).new_page()
    must_sign_in_first(nobody, ["/penyandang/", "/penyandang/baru/", company])
    nobody.context.close()


def _link_to(email: str, program: Program) -> str:
    letter = program.letter_to(email)
    found = re.search(r"http://[^/\s]+(/undangan/\S+)", letter)
    assert found, letter
    return found[1]
