"""All components in a real browser: nothing serious for axe, nothing sideways, nothing refused by the policy."""

import itertools

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.http import HttpResponse
from django.template import engines
from django.urls import path
from django_cotton.compiler_regex import CottonCompiler
from playwright.sync_api import sync_playwright

import payung.config.urls as ours
from payung.access.doors import door
from payung.access.permissions import Permission
from tests.journeys.conftest import DESKTOP, FLAGS, PHONE
from tests.web.frame import showcase
from tools import chromium

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]
SERIOUS = {"serious", "critical"}


@door(GET=Permission.PUBLIC)
def page(request):
    source = CottonCompiler().process(showcase.page_source())
    return HttpResponse(engines["django"].from_string(source).render(showcase.context(), request))


class Urls:
    """The program's addresses and the page of samples."""

    urlpatterns = (path("contoh/", page), *ours.urlpatterns)


def test_components_are_readable_for_everybody(live_server, settings):
    settings.ROOT_URLCONF = Urls
    found = chromium.found()
    if found is None:
        pytest.skip("Chromium is missing: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        for size, scheme in itertools.product((DESKTOP, PHONE), ("light", "dark")):
            context = browser.new_context(base_url=live_server.url, viewport=size, color_scheme=scheme)
            tab = context.new_page()
            said: list[str] = []
            tab.on("console", lambda message, said=said: said.append(message.text))
            tab.goto("/contoh/")
            for unfold in tab.locator("main details > summary").all():
                unfold.click()
            findings = Axe().run(tab).response["violations"]
            bad = [(each["id"], each["nodes"][0]["html"]) for each in findings if each["impact"] in SERIOUS]
            assert bad == [], (size, scheme)
            assert tab.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, (size, scheme)
            assert [text for text in said if "Security Policy" in text or "Error" in text] == [], (size, scheme)
            context.close()
        browser.close()
