"""Step 9: what anybody may read without signing in, and a slip's code that answers only to whoever holds it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from payung.kernel.month import Month
from tests.journeys.program import Program
from tests.journeys.steps import csr_month_rp, press, says, today

pytestmark = pytest.mark.journey
BUDGET_RP = 10_000_000


def answer_to(page: Page, code: str) -> str:
    """What the page says to a code, without what differs by nature."""
    page.goto("/cek/")
    page.locator("main [name=kode]").fill(code)
    press(page, "Cek")
    said = page.get_by_role("main").inner_html()
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", said)


def test_anybody_reads_the_front_page_and_reckons_what_a_sum_protects(
    program: Program, visitor: Page, look: Callable[[Page, str], None]
):
    program.cli("coverage", "refresh")
    visitor.goto("/")
    says(visitor, "Tiga angka cakupan")
    expect(visitor.locator("main tbody tr").first).to_be_visible()
    look(visitor, "depan")

    visitor.goto("/hitung/")
    visitor.locator("main [name=rupiah]").fill(f"{BUDGET_RP}")
    press(visitor, "Hitung")
    now = Month.of(today())
    says(visitor, f"{BUDGET_RP // csr_month_rp(now):,} pekerja".replace(",", "."))
    prices = visitor.locator("#hasil table tbody tr td:last-child").all_inner_texts()
    expected = [f"Rp{csr_month_rp(now + each):,}".replace(",", ".") for each in range(len(prices))]
    assert [price.removesuffix("*").strip() for price in prices] == expected
    look(visitor, "hitung")


def test_a_wrong_code_and_an_unknown_person_look_the_same(visitor: Page, look: Callable[[Page, str], None]):
    wrong = answer_to(visitor, "AAAA-BBBB-CCCC-DDDD")
    says(visitor, "Kode ini tidak menjawab apa-apa")
    look(visitor, "cek-kode-salah")
    assert answer_to(visitor, "ZZZZ-YYYY-XXXX-WWWW") == wrong
    assert answer_to(visitor, "3324196702679549") == wrong
