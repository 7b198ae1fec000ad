"""Each component renders, says its words, and keeps what the browser's policy asks for."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import RequestFactory
from django_cotton.compiler_regex import CottonCompiler

from payung.access.viewer import ANONYMOUS_VIEWER
from tests.web.frame import showcase

COTTON = Path("payung/web/templates/cotton")
# Rendered through others, or by the tests of forms.
ELSEWHERE = {"th", "pager", "field", "form_errors", "fact"}


def render(source, **extra):
    request = RequestFactory().get("/contoh/", {"urut": "nama"})
    request.user, request.viewer = AnonymousUser(), ANONYMOUS_VIEWER
    template = engines["django"].from_string(CottonCompiler().process(source))
    return template.render(showcase.context() | extra, request)


def test_every_component_has_a_sample():
    assert {path.stem for path in COTTON.glob("*.html")} - ELSEWHERE == set(showcase.SAMPLES)


@pytest.mark.parametrize("name", showcase.SAMPLES)
def test_component_renders_without_loose_ends(name):
    html = render(showcase.SAMPLES[name])
    assert html.strip()
    assert "<c-" not in html
    assert "{{" not in html
    assert "None" not in html


@pytest.mark.parametrize("name", showcase.SAMPLES)
def test_component_keeps_the_content_policy(name):
    html = render(showcase.SAMPLES[name])
    assert re.search(r"\son\w+=|\sstyle=|javascript:", html) is None


def test_text_is_escaped_once():
    assert "PT Maju &amp; Rekan" in render(showcase.SAMPLES["page_header"])
    assert "&amp;amp;" not in render('<c-page-header title="{{ name }}" />', name="A & B")
    assert "&lt;b&gt;" in render('<c-page-header title="{{ name }}" />', name="<b>")


def test_sorted_column_says_so_and_turns_round():
    html = render(showcase.SAMPLES["table"])
    assert 'aria-sort="ascending"' in html
    assert "?urut=-nama" in html
    assert "?urut=iuran" in html


def test_pager_keeps_the_filters_in_the_address():
    html = render(showcase.SAMPLES["table"])
    assert "?urut=nama&amp;hal=b" in html
    assert 'rel="prev"' in html


def test_nik_is_masked_and_asks_for_a_purpose():
    html = render(showcase.SAMPLES["nik"])
    assert "3324••••••••0003" in html
    assert "3324014107900003" not in html
    assert 'name="purpose" required' in html


def test_months_say_their_state_in_words():
    html = render(showcase.SAMPLES["month_strip"])
    assert "November 2026: belum dibayar" in html


def test_chart_has_its_table_beside_it():
    html = render(showcase.SAMPLES["line_chart"])
    assert html.count("<polyline") == 2
    assert '<th scope="row">12/26</th>' in html
    assert "11.000" in html


def test_confirmation_asks_for_a_reason():
    html = render(showcase.SAMPLES["confirm"])
    assert 'name="reason"' in html
    assert "250 baris ditarik kembali." in html
    assert "csrfmiddlewaretoken" in html


def test_progress_polls_without_keeping_the_session_alive():
    assert "X-Payung-Poll" in render(showcase.SAMPLES["progress"])


def test_drawings_write_numbers_the_way_svg_reads_them():
    drawn = render(showcase.SAMPLES["line_chart"] + showcase.SAMPLES["bars"] + showcase.SAMPLES["fate_bar"])
    numbers = re.findall(r' (?:x|y|x1|x2|y1|y2|cx|cy|width|height)="([^"]*)"', drawn)
    assert len(numbers) > 50
    assert [number for number in numbers if not re.fullmatch(r"-?\d+(\.\d+)?", number)] == []
