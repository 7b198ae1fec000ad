"""The program starts as an operator starts it, and keeps its people out until they sign in."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.program import Program

Look = Callable[[Page, str], None]
pytestmark = pytest.mark.journey


def test_the_program_answers_in_the_browser(program: Program, visitor: Page):
    answer = visitor.goto("/")
    assert answer is not None
    assert answer.status < 500


def test_rina_signs_in_and_a_wrong_password_does_not(
    visitor: Page, sign_in: Callable[[str], Page], add_person: Callable[..., str], look: Look
):
    email = add_person("rina", "petugas_dinas")
    visitor.goto("/beranda/")
    assert "/masuk/" in visitor.url
    look(visitor, "masuk")
    visitor.locator("input[name=login]").fill(email)
    visitor.locator("input[name=password]").fill("bukan kata sandinya")
    visitor.locator("input[name=password]").press("Enter")
    visitor.locator("[role=alert], .invalid-feedback").first.wait_for()
    assert "/masuk/" in visitor.url
    page = sign_in(email)
    assert "Rina" in page.content()
    look(page, "beranda-rina")
