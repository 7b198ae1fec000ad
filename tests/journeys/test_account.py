"""An account made safe: a code app, a passkey, a forgotten password; and the frame without script."""

import re
from collections.abc import Callable, Iterator

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import DESKTOP, PASSWORD, PATIENCE_MS, PHONE
from tests.journeys.program import Program

Look = Callable[[Page, str], None]
AddPerson = Callable[..., str]
pytestmark = pytest.mark.journey


@pytest.fixture
def at_localhost(program: Program, browser: Browser) -> Iterator[Page]:
    """A browser that calls the program by a name, for a passkey belongs to one; with a fingerprint reader."""
    address = program.address.replace("127.0.0.1", "localhost")
    context = browser.new_context(base_url=address, locale="id-ID", viewport=DESKTOP)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    reader = context.new_cdp_session(page)
    reader.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    reader.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield page
    context.close()


def enter(page: Page, email: str) -> None:
    page.goto("/masuk/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")


def leave(page: Page) -> None:
    page.locator(".topbar details.menu summary").click()
    page.get_by_role("button", name="Keluar").click()


def test_dewi_sets_up_a_code_app_and_a_passkey_and_signs_in_with_each(
    at_localhost: Page, add_person: AddPerson, look: Look
):
    page, email = at_localhost, add_person("dewi", "petugas_bpjs", at="akun.example")
    enter(page, email)
    page.wait_for_url("**/beranda/")
    page.goto("/akun/keamanan/")
    look(page, "akun-keamanan")

    page.get_by_role("link", name="Pasang").click()
    look(page, "akun-pastikan")
    page.locator("main input[type=password]").fill(PASSWORD)
    page.get_by_role("button", name="Lanjutkan").click()
    look(page, "akun-aplikasi-kode")
    secret = page.locator("main code").inner_text()
    page.locator("input[name=code]").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Pasang").click()
    page.wait_for_url("**/akun/kode-cadangan/")
    look(page, "akun-kode-cadangan")
    recovery = page.locator(".codes li").first.inner_text()

    page.goto("/akun/kunci/tambah/")
    look(page, "akun-kunci-tambah")
    page.locator("input[name=passwordless]").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/akun/keamanan/")
    page.goto("/akun/kunci/")
    look(page, "akun-kunci")

    leave(page)
    enter(page, email)
    page.wait_for_url("**/masuk/kode/")
    look(page, "masuk-kode")
    page.locator("input[name=code]").fill(recovery)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url("**/beranda/")

    leave(page)
    page.goto("/masuk/")
    page.get_by_role("button", name="Masuk dengan kunci sandi").click()
    page.wait_for_url("**/beranda/")


def test_a_forgotten_password_comes_back_by_mail(program: Program, visitor: Page, add_person: AddPerson, look: Look):
    email = add_person("wulan", "penyetuju_dinas", at="akun.example")
    visitor.goto("/masuk/")
    visitor.get_by_role("link", name="Lupa kata sandi").click()
    look(visitor, "lupa-kata-sandi")
    visitor.locator("input[name=email]").fill(email)
    visitor.get_by_role("button", name="Kirim tautan").click()
    visitor.get_by_role("heading", name="Periksa surel Anda").wait_for()
    letter = next(text for text in reversed(program.letters()) if email in text)
    link = re.search(r"http://\S+(/kata-sandi/baru/\S+)", letter.replace("=\n", ""))
    assert link, letter
    visitor.goto(link[1])
    look(visitor, "kata-sandi-baru")
    for field in ("password1", "password2"):
        visitor.locator(f"input[name={field}]").fill("hujan deras di kaliwungu 26")
    visitor.get_by_role("button", name="Simpan kata sandi").click()
    visitor.get_by_role("heading", name="Kata sandi sudah diganti").wait_for()


def test_the_frame_works_without_script_on_a_phone(program: Program, browser: Browser, add_person: AddPerson):
    email = add_person("agus", "auditor", at="akun.example")
    context = browser.new_context(base_url=program.address, viewport=PHONE, java_script_enabled=False)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    enter(page, email)
    page.wait_for_url("**/beranda/")
    page.locator(".drawer summary").click()
    expect(page.locator(".drawer").get_by_role("link", name="Beranda")).to_be_visible()
    page.locator(".drawer summary").click()
    page.get_by_role("button", name="Switch to English").click()
    expect(page.get_by_role("heading", name="My tasks")).to_be_visible()
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    context.close()


def test_the_keyboard_reaches_the_content_at_once(visitor: Page):
    visitor.goto("/masuk/")
    visitor.keyboard.press("Tab")
    assert visitor.locator(":focus").inner_text() == "Langsung ke isi halaman"
    visitor.keyboard.press("Enter")
    visitor.keyboard.press("Tab")
    assert visitor.locator(":focus").get_attribute("name") == "login"
