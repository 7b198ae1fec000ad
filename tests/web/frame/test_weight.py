"""A first visit over a slow line stays light, and whatever is vendored is what was vendored."""

import gzip
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

MOST_BYTES = 100_000


@pytest.mark.django_db
def test_first_page_weighs_less_than_a_photo(client):
    page = client.get("/masuk/").content
    names = set(re.findall(r'(?:src|href)="/static/([^"#]+)', page.decode()))
    assert {"payung.css", "vendor/tabler.css", "vendor/htmx.js", "vendor/plus-jakarta-sans.woff2"} <= names
    weights = {name: len(gzip.compress(Path(finders.find(name)).read_bytes())) for name in names}
    assert sum(weights.values()) + len(gzip.compress(page)) < MOST_BYTES, weights


def test_every_icon_that_a_page_names_is_in_the_sprite():
    sprite = Path("payung/web/static/vendor/icons.svg").read_text()
    have = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    used = set()
    for template in Path("payung/web/templates").rglob("*.html"):
        used |= set(re.findall(r'{% icon "([^"]+)"', template.read_text()))
        used |= set(re.findall(r'\bicon="([a-z0-9-]+)"', template.read_text()))
    assert used - have == set()


def test_vendored_files_are_those_that_were_fetched():
    assert subprocess.run([sys.executable, "tools/vendor.py", "--check"], check=False).returncode == 0
