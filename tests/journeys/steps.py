"""What the steps of the walk share: forms, downloads, and a stranger who gets nowhere."""

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.journeys.program import ROOT

LISTS = ROOT / "tests" / "data" / "lists"
CLOSED = {403, 404}
NOT_THERE = {403, 404, 405}


def fill(page: Page, **answers: str) -> None:
    """Fill in fields of the page's own form by name: text, choices, radio buttons."""
    for name, answer in answers.items():
        field = page.locator(f"main [name={name}]")
        kind = field.first.evaluate("each => each.type || each.tagName")
        if kind == "radio":
            page.locator(f"main [name={name}][value='{answer}']").check()
        elif kind.startswith("select"):
            field.select_option(answer)
        else:
            field.fill(answer)


def press(page: Page, name: str) -> None:
    """Press the button of this name in the page's content, and wait for what follows."""
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def download(page: Page, button: str, folder: Path) -> Path:
    """Press a button that hands out a file; give where it lies."""
    with page.expect_download() as waiting:
        page.get_by_role("main").get_by_role("button", name=button, exact=True).click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def says(page: Page, text: str) -> None:
    """The page's content says this."""
    expect(page.get_by_role("main")).to_contain_text(text)


def here(page: Page) -> str:
    """The path of the page that is shown."""
    return urlsplit(page.url).path


def gets_nowhere(page: Page, *, reads: Iterable[str] = (), writes: Iterable[str] = ()) -> None:
    """The person at this browser can neither open these pages nor send anything to these addresses."""
    page.goto("/beranda/")
    token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    headers = {"Referer": page.url}
    for path in reads:
        answer = page.request.get(path, max_redirects=0)
        assert answer.status in CLOSED, f"GET {path}: {answer.status}"
    for path in writes:
        answer = page.request.post(path, form={"csrfmiddlewaretoken": token}, headers=headers, max_redirects=0)
        assert answer.status in NOT_THERE, f"POST {path}: {answer.status}"


def must_sign_in_first(page: Page, paths: Iterable[str]) -> None:
    """Somebody who has not signed in is led to the entrance from each of these."""
    for path in paths:
        answer = page.request.get(path, max_redirects=0)
        assert answer.status == 302, f"GET {path}: {answer.status}"
        assert "/masuk/" in answer.headers["location"], answer.headers["location"]
