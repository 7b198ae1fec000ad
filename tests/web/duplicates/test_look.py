"""Tinjau kembar in a real browser: readable for everybody, nothing sideways, and worked by the keyboard alone."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import transaction
from playwright.sync_api import expect, sync_playwright

from payung.access.viewer import SYSTEM_VIEWER
from payung.matching.pairs import Band, Evidence, Pair
from payung.registry.models import PairDecision, SuspectedPair, Worker
from payung.registry.services import suspect_pairs
from tests.enrolment.people import add_workers
from tests.journeys.conftest import DESKTOP, FLAGS, PHONE
from tools import chromium

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]
SERIOUS = {"serious", "critical"}


@pytest.fixture
def pairs(clock):
    """Three pairs, the surest first."""
    with transaction.atomic():
        ids = add_workers(6, clock=clock)
    workers = [str(worker.public_id) for worker in Worker.objects.filter(pk__in=ids).order_by("pk")]
    evidence = (
        Evidence("nik", "one digit", None, None, 8_400),
        Evidence("name", "one slip", None, None, 6_100),
        Evidence("village", "different", None, None, -1_900),
    )
    found = [
        Pair(workers[2 * place], workers[2 * place + 1], 990_000 - place, Band.REVIEW, evidence, "worker 1")
        for place in range(3)
    ]
    suspect_pairs(found, source="uji", acting_user=SYSTEM_VIEWER, clock=clock)
    return list(SuspectedPair.objects.order_by("-probability_ppm"))


@pytest.fixture
def open_tab(rina, client_of, live_server, monkeypatch):
    """`open_tab(size)`: Rina at a browser of that size."""
    found = chromium.found()
    if found is None:
        pytest.skip("Chromium is missing: apt-get install chromium")
    session = client_of(rina).cookies[settings.SESSION_COOKIE_NAME].value
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(FLAGS))

        def one(size):
            context = browser.new_context(base_url=live_server.url, viewport=size)
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
            context.set_default_timeout(150_000)
            return context.new_page()

        yield one
        browser.close()


def test_each_page_reads_well_on_a_desk_and_on_a_phone(pairs, open_tab):
    shots, wrong = os.environ.get("PAYUNG_SHOTS"), {}
    addresses = {"pair": "/kembar/", "none": "/kembar/?keadaan=same", "switch": "/kembar/otomatis/"}
    for name, size in (("desk", DESKTOP), ("phone", PHONE)):
        tab = open_tab(size)
        for page, address in addresses.items():
            tab.goto(address)
            findings = Axe().run(tab).response["violations"]
            bad = [(each["id"], each["nodes"][0]["html"]) for each in findings if each["impact"] in SERIOUS]
            sideways = tab.evaluate("document.documentElement.scrollWidth - innerWidth")
            if bad or sideways > 0:
                wrong[page, name] = (bad, sideways)
            if shots:
                tab.screenshot(path=Path(shots) / f"{page}-{name}.png", full_page=True)
    assert wrong == {}


def test_the_keyboard_alone_goes_through_drafts_and_decides(pairs, open_tab):
    tab = open_tab(DESKTOP)
    tab.goto("/kembar/")
    here = tab.locator(".pair-list [aria-current]")
    tab.keyboard.press("ArrowDown")
    expect(here).to_have_attribute("href", f"/kembar/{pairs[1].public_id}/")
    tab.wait_for_load_state()
    tab.keyboard.press("2")
    with tab.expect_response(lambda answer: "menunggu" in (answer.request.post_data or "")):
        tab.keyboard.type("menunggu KK")
    expect(tab.locator("[data-draft-state]")).to_have_text("Draf tersimpan.")
    tab.reload()
    expect(tab.locator("[name=reason]")).to_have_value("menunggu KK")
    expect(tab.locator("[name=answer][value=different]")).to_be_checked()
    tab.keyboard.press("2")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("main")).to_contain_text("Tersimpan: Dua orang yang berbeda")
    said = PairDecision.objects.get()
    assert (said.pair, said.answer, said.reason) == (pairs[1], "different", "menunggu KK")
