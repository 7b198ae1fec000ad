"""Step 7: Rina asks for a month, Dewi brings BPJS's pay code, Joko pays with his proof, Wulan confirms."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys.program import Program
from tests.journeys.steps import determined, fill, gets_nowhere, here, people_of, press, says, today

pytestmark = pytest.mark.journey
CEPIRING = "33.24.13"
COUNT = 3


def rupiah(text: str) -> int:
    """The first amount in a text."""
    found = re.search(r"Rp([\d.]+)", text)
    assert found, text
    return int(found[1].replace(".", ""))


def test_a_month_is_asked_for_paid_and_confirmed(
    program: Program,
    sign_in: Callable[[str], Page],
    add_person: Callable[..., str],
    look: Callable[[Page, str], None],
    downloads: Path,
):
    for code, name in (("KAYUTUJUH", "PT Kayu Tujuh"), ("LAINTUJUH", "CV Lain Tujuh")):
        program.cli("sponsor", "add", code, "--name", name, "--funds", "CSR")
    file, rows = people_of(CEPIRING, COUNT, downloads)
    pledge = determined(program, "KAYUTUJUH", file, [row["nik"] for row in rows], downloads)
    rina = sign_in(add_person("rina", "petugas_dinas"))
    dewi = sign_in(add_person("dewi", "petugas_bpjs"))
    wulan = sign_in(add_person("wulan", "penyetuju_dinas"))
    joko = sign_in(add_person("joko", "petugas_perusahaan", "KAYUTUJUH", at="langkah-tujuh.example"))
    tono = sign_in(add_person("tono", "petugas_perusahaan", "LAINTUJUH", at="langkah-tujuh.example"))

    rina.goto(f"/tagihan/baru/{pledge}/")
    look(rina, "tagihan-baru")
    press(rina, "Terbitkan")
    rina.wait_for_url(re.compile(r"/tagihan/[0-9a-f-]{36}/$"))
    notice = here(rina)
    asked = rupiah(rina.locator("main nav.cols").inner_text())
    assert asked > 0
    look(rina, "tagihan-terbit")

    dewi.goto(notice)
    fill(dewi, code="900123456789", amount_rp=str(asked), due_on=f"{today() + timedelta(days=20)}")
    press(dewi, "Catat kode iuran")
    says(dewi, "900123456789")
    look(dewi, "tagihan-kode-iuran")

    joko.goto("/tagihan/")
    look(joko, "tagihan-perusahaan")
    joko.goto(notice)
    joko.locator("#bayar > summary").click()
    proof = downloads / "bukti.pdf"
    proof.write_bytes(b"%PDF-1.4 bukti transfer")
    fill(joko, amount_rp=str(asked), paid_on=f"{today()}")
    joko.locator("#bayar input[type=file]").set_input_files(proof)
    press(joko, "Catat pembayaran ini")
    joko.wait_for_url(re.compile(r"/tagihan/pembayaran/[0-9a-f-]{36}/$"))
    payment = here(joko)
    says(joko, "Perlindungannya sementara")
    look(joko, "pembayaran-tercatat")
    gets_nowhere(joko, writes=[f"{payment}konfirmasi/", f"{payment}batal/"])

    gets_nowhere(
        tono,
        reads=[notice, payment, f"{notice}pdf/", f"{payment}bukti/", f"/tagihan/baru/{pledge}/"],
        writes=[f"/tagihan/baru/{pledge}/"]
        + [f"{notice}{action}/" for action in ("kode", "bayar", "tarik")]
        + [f"{payment}{action}/" for action in ("konfirmasi", "kenali", "batal")],
    )

    wulan.goto(payment)
    press(wulan, "Konfirmasi pembayaran")
    says(wulan, "Perlindungannya berlaku")
    look(wulan, "pembayaran-dikonfirmasi")
    paper = wulan.request.get(f"{notice}pdf/")
    assert paper.body().startswith(b"%PDF-")
    assert wulan.request.get(f"{payment}bukti/").body() == proof.read_bytes()

    told = program.cli_json("pay", "show", payment.split("/")[-2])
    assert (told["confirmed"], told["used_rp"], told["worker_months"]) == (True, asked, COUNT)
    joko.goto("/pekerja/")
    look(joko, "pekerja-kami")
