"""A running program, a browser, and people who sign in."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, StorageState, expect, sync_playwright

from tests.journeys.program import ROOT, Program, running_program
from tools import chromium

PASSWORD = "payung kendal 2026 hujan"
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
PATIENCE_MS = 15_000  # a click does not wait for the page behind it: what comes after is awaited, so long at most
# Without these, Chromium calls home at every start; --no-sandbox because a container's root may not have one.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
SERIOUS = {"serious", "critical"}


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """The program of this run, on the database of this run, empty but for what the stories put into it."""
    with running_program(tmp_path_factory.mktemp("payung-home")) as started:
        yield started


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a screen."""
    path = chromium.found()
    if path is None:
        pytest.skip("Chromium is missing: apt-get install chromium")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture
def visitor(program: Program, browser: Browser) -> Iterator[Page]:
    """Somebody who has not signed in."""
    context = browser.new_context(base_url=program.address, locale="id-ID", viewport=DESKTOP)
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def signed_in() -> dict[str, StorageState]:
    """The sessions of people who signed in before: a story need not wait for their passwords again."""
    return {}


@pytest.fixture
def sign_in(program: Program, browser: Browser, signed_in: dict[str, StorageState]) -> Iterator[Callable[[str], Page]]:
    """`sign_in("rina@kendal.example")`: the person at a browser of their own, signed in with `PASSWORD`."""
    contexts = []

    def enter(email: str) -> Page:
        context = browser.new_context(
            base_url=program.address, locale="id-ID", viewport=DESKTOP, storage_state=signed_in.get(email)
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        if email in signed_in:
            page.goto("/beranda/")
            return page
        page.goto("/masuk/")
        page.locator("input[name=login]").fill(email)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url(re.compile(r"^(?!.*/masuk/)"))
        signed_in[email] = context.storage_state()
        return page

    yield enter
    for context in contexts:
        context.close()


@pytest.fixture
def add_person(program: Program) -> Callable[..., str]:
    """`add_person("rina", "petugas_dinas")`: a person who can sign in; gives their address. Harmless twice."""

    def add(name: str, role: str, scope: str = "", *, at: str = "kendal.example") -> str:
        email = f"{name}@{at}"
        options = ["--name", name.capitalize(), "--role", role, "--password", PASSWORD]
        options += ["--scope", scope] if scope else []
        if email not in _added(program):
            program.cli("user", "add", email, *options)
            with (program.home / "added").open("a") as file:
                file.write(f"{email}\n")
        return email

    return add


def _added(program: Program) -> set[str]:
    file = program.home / "added"
    return set(file.read_text().split()) if file.exists() else set()


@pytest.fixture
def look(program: Program) -> Callable[[Page, str], None]:
    """`look(page, "sponsors")`: a screenshot on a desk and on a phone, and axe finds nothing serious.

    The pictures lie in build/screenshots/ENGINE/; somebody looks at them.
    """
    folder = ROOT / "build" / "screenshots" / program.engine
    folder.mkdir(parents=True, exist_ok=True)

    def take(page: Page, name: str) -> None:
        for size, viewport in (("phone", PHONE), ("desktop", DESKTOP)):
            page.set_viewport_size(viewport)
            page.screenshot(path=folder / f"{name}-{size}.png", full_page=True)
            _fits(page, f"{name} on a {size}")
        _is_accessible(page, name)

    return take


def _fits(page: Page, where: str) -> None:
    """Nothing makes the page scroll sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 1, f"{where}: the page is {wide} pixels wider than the screen"


def _is_accessible(page: Page, name: str) -> None:
    findings = [
        f"{found['id']}: {found['help']} at {found['nodes'][0]['target']}"
        for found in Axe().run(page).response["violations"]
        if found["impact"] in SERIOUS
    ]
    assert findings == [], f"{name}: {findings}"


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    """Where a story keeps what it downloads."""
    return tmp_path
