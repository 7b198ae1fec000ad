"""The program starts as an operator starts it, and keeps its people out until they sign in."""

import pytest
from playwright.sync_api import Page

from tests.journeys.program import Program

pytestmark = pytest.mark.journey


def test_the_program_answers_in_the_browser(program: Program, visitor: Page):
    answer = visitor.goto("/")
    assert answer is not None
    assert answer.status < 500
