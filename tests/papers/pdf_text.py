"""Reads the text back out of a PDF that Typst has written: fonts by their ToUnicode maps, strings from the pages."""

import re
import zlib

_OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*)\r?\nendstream", re.DOTALL)
_FONT = re.compile(rb"/(f\d+) (\d+) 0 R")
_PIECE = re.compile(rb"/(f\d+) [\d.]+ Tf|(\()((?:\\.|[^\\)])*)\)|(BT)", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def pdf_text(pdf: bytes) -> str:
    """All text of all pages, runs joined by spaces, blanks run together."""
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    pages = [body for body in objects.values() if b"/Contents" in body]
    runs = [run for page in pages for run in _runs(_contents(page, objects), _fonts(page, objects))]
    return " ".join(runs).replace("\u00ad", "")


def page_count(pdf: bytes) -> int:
    """How many pages it says it has."""
    return sum(int(count) for count in re.findall(rb"/Type/Pages/Count (\d+)", pdf)[:1])


def _content(body: bytes) -> bytes:
    found = _STREAM.search(body)
    if found is None:
        return b""
    return zlib.decompress(found[1]) if b"FlateDecode" in body[: found.start()] else found[1]


def _contents(page: bytes, objects: dict[int, bytes]) -> bytes:
    found = re.search(rb"/Contents (\d+) 0 R", page)
    assert found is not None
    return _content(objects[int(found[1])])


def _fonts(page: bytes, objects: dict[int, bytes]) -> dict[bytes, dict[int, str]]:
    shared = re.search(rb"/Resources (\d+) 0 R", page)
    maps = {}
    for name, number in _FONT.findall(objects[int(shared[1])] if shared else page):
        to_unicode = re.search(rb"/ToUnicode (\d+) 0 R", objects[int(number)])
        assert to_unicode is not None
        pairs = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>\n", _content(objects[int(to_unicode[1])]))
        maps[name] = {int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in pairs}
    return maps


def _runs(page: bytes, fonts: dict[bytes, dict[int, str]]) -> list[str]:
    runs: list[str] = []
    table: dict[int, str] = {}
    for font, opened, string, begins in _PIECE.findall(page):
        if begins:
            runs.append("")
        elif font:
            table = fonts[font]
        elif opened:
            raw = _ESCAPE.sub(_unescaped, string)
            runs[-1] += "".join(
                table.get(int.from_bytes(raw[at : at + 2], "big"), "\ufffd") for at in range(0, len(raw), 2)
            )
    return [run for run in runs if run]


def _unescaped(match: re.Match[bytes]) -> bytes:
    sign = match[1]
    return bytes((int(sign, 8),)) if sign[:1].isdigit() else _NAMED.get(sign, sign)
