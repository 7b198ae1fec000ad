"""Step 7, its end: a slip for each participant, the list on which they sign, and the code that answers its holder."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.journeys.program import Program
from tests.journeys.steps import download, gets_nowhere, press, protected, says

pytestmark = pytest.mark.journey
BRANGSONG = "33.24.09"
COUNT = 3
CODE = re.compile(r"\b[A-Z2-7]{2,4}(?:-[A-Z2-7]{2,4}){4,}\b")


def text_of(paper: Path) -> str:
    """All words of a PDF."""
    return "\n".join(page.extract_text() for page in PdfReader(paper).pages)


def test_slips_are_printed_and_their_codes_answer(
    program: Program,
    visitor: Page,
    sign_in: Callable[[str], Page],
    add_person: Callable[..., str],
    look: Callable[[Page, str], None],
    downloads: Path,
):
    pledge = protected(program, "KAYUSLIP", BRANGSONG, COUNT, downloads)
    program.cli("sponsor", "add", "LAINSLIP", "--name", "CV Lain Slip", "--funds", "CSR")
    people = program.cli_json("enrol", "list", "--sponsor", "KAYUSLIP")
    joko = sign_in(add_person("joko", "petugas_perusahaan", "KAYUSLIP", at="langkah-slip.example"))
    tono = sign_in(add_person("tono", "petugas_perusahaan", "LAINSLIP", at="langkah-slip.example"))

    joko.goto("/pendaftaran/slip/")
    joko.locator("main select[name=janji]").select_option(pledge)
    press(joko, "Saring")
    joko.wait_for_url(f"**janji={pledge}**")
    expect(joko.locator(".stat-value").first).to_have_text(f"{COUNT}")
    look(joko, "slip")
    slips = text_of(download(joko, "Unduh slip", downloads))
    receipt = text_of(download(joko, "Unduh tanda terima", downloads))
    for person in people:
        assert person["name"] in slips
        assert person["name"] in receipt
    codes = CODE.findall(slips)
    assert len(set(codes)) == COUNT
    assert not CODE.search(receipt), "whoever sees the list of receipt could ask for everybody"

    visitor.goto(f"/cek/#{codes[0]}")
    expect(visitor.locator("main [name=kode]")).to_have_value(codes[0])
    press(visitor, "Cek")
    says(visitor, "terlindungi")
    says(visitor, "Jaminan Kecelakaan Kerja")
    assert codes[0] not in visitor.url
    shown = visitor.get_by_role("main").inner_text()
    assert not [person["name"] for person in people if person["name"] in shown], "no full name"
    look(visitor, "cek-terlindungi")

    gets_nowhere(tono, reads=[f"/pendaftaran/slip/?janji={pledge}"])
    told = tono.request.post(
        "/pendaftaran/slip/unduh/",
        form={"csrfmiddlewaretoken": tono.locator("[name=csrfmiddlewaretoken]").first.input_value(), "janji": pledge},
        headers={"Referer": tono.url},
    )
    assert told.status == 404
