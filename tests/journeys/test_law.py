"""A visitor asks what a benefit would be, reads why, and follows a figure to its article and its history."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import press, says

pytestmark = pytest.mark.journey
Look = Callable[[Page, str], None]


def test_a_visitor_asks_a_benefit_and_opens_the_legal_basis(visitor: Page, look: Look):
    visitor.goto("/hitung-manfaat/")
    look(visitor, "hitung-manfaat")
    visitor.get_by_role("link", name="Meninggal bukan karena kecelakaan kerja").click()
    visitor.locator("[name=tanggal_meninggal]").fill("2025-07-15")
    visitor.locator("[name=mulai_kepesertaan]").fill("2025-03-01")
    visitor.locator("[name=bulan_iuran]").fill("5")
    press(visitor, "Hitung")
    says(visitor, "Rp42.000.000")
    visitor.get_by_text("Mengapa segini? Langkah demi langkah").click()
    look(visitor, "manfaat-jkm")

    visitor.get_by_role("link", name="Masa tunggu JKM peserta BPU").first.click()
    says(visitor, "Permenaker 1/2025")
    expect(visitor.locator("svg polyline.line")).to_have_count(1)  # a level line has no height to be seen by
    look(visitor, "dasar-hukum-satu")


def test_a_visitor_asks_what_the_law_changed(visitor: Page, look: Look):
    visitor.goto("/dasar-hukum/")
    look(visitor, "dasar-hukum")
    visitor.get_by_role("link", name="Apa yang berubah?").click()
    visitor.locator("[name=dari]").fill("2026-03-31")
    visitor.locator("[name=ke]").fill("2026-04-01")
    press(visitor, "Bandingkan")
    says(visitor, "Keringanan iuran BPU di luar transportasi")
    look(visitor, "dasar-hukum-perubahan")
