"""The catalogue of texts merges and is checked without anybody's help."""

import io

import pytest

from tools import messages


@pytest.fixture
def package(tmp_path, monkeypatch):
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "PACKAGE", tmp_path / "payung")
    monkeypatch.setattr(messages, "PO", tmp_path / "payung/locale/en/LC_MESSAGES/django.po")
    monkeypatch.setattr(messages, "MO", tmp_path / "payung/locale/en/LC_MESSAGES/django.mo")
    (tmp_path / "payung/templates").mkdir(parents=True)
    (tmp_path / "payung/views.py").write_text('TITLE = gettext("Daftar")\n')
    (tmp_path / "payung/templates/page.html").write_text(
        "{% load i18n %}\n  <p>{% translate \"Halo 'Sari'\" %}\n"
        " {% blocktranslate %}Ada {{ n }} baris{% endblocktranslate %}"
    )
    return tmp_path / "payung"


def _fill(text: str) -> None:
    messages.fill(io.StringIO(text))


def test_texts_of_code_and_templates_are_gathered(package):
    assert {message.id for message in messages.gathered() if message.id} == {"Daftar", "Halo 'Sari'", "Ada %(n)s baris"}


def test_text_without_english_is_a_fault(package):
    messages.update()
    assert "no English for 'Daftar'" in messages.faults()


def test_complete_catalogue_has_no_fault(package):
    _fill('{"Daftar": "List", "Halo \'Sari\'": "Hello", "Ada %(n)s baris": "There are %(n)s rows"}')
    assert messages.faults() == []


def test_lost_placeholder_is_a_fault(package):
    _fill('{"Daftar": "List", "Halo \'Sari\'": "Hello", "Ada %(n)s baris": "There are rows"}')
    assert messages.faults() == ["placeholders differ: 'Ada %(n)s baris' -> 'There are rows'"]


def test_stale_compiled_catalogue_is_a_fault(package):
    _fill('{"Daftar": "List", "Halo \'Sari\'": "Hello", "Ada %(n)s baris": "There are %(n)s rows"}')
    messages.PO.write_bytes(messages.PO.read_bytes().replace(b'"List"', b'"Lists"'))
    assert messages.faults() == ["the compiled catalogue is older than the text: make messages"]


def test_two_sides_texts_merge(package, tmp_path):
    ours, theirs = tmp_path / "ours.po", tmp_path / "theirs.po"
    for path, text in ((ours, "Satu"), (theirs, "Dua")):
        catalogue = messages._empty()
        catalogue.add("Sama", "Same")
        catalogue.add(text, text.lower())
        path.write_bytes(messages.po_bytes(catalogue))
    messages.merge(ours, theirs)
    merged = {message.id: message.string for message in messages._read(ours) if message.id}
    assert merged == {"Sama": "Same", "Satu": "satu", "Dua": "dua"}


def test_compiled_catalogues_merge_to_what_the_text_compiles_to(package, tmp_path):
    texts = {}
    for name in ("Satu", "Dua"):
        catalogue = messages._empty()
        catalogue.add(name, name.lower())
        texts[name] = catalogue
        (tmp_path / f"{name}.po").write_bytes(messages.po_bytes(catalogue))
        (tmp_path / f"{name}.mo").write_bytes(messages.mo_bytes(messages._read(tmp_path / f"{name}.po")))
    for suffix in ("po", "mo"):
        messages.merge(tmp_path / f"Satu.{suffix}", tmp_path / f"Dua.{suffix}")
    assert (tmp_path / "Satu.mo").read_bytes() == messages.mo_bytes(messages._read(tmp_path / "Satu.po"))
