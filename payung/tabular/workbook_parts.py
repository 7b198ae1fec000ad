"""The parts of an XLSX around its sheets: which XML is which sheet's, comments, links to elsewhere.

Runs in the reading process.
"""

import re
import zipfile
from typing import Any
from xml.etree import ElementTree

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_AUTHOR = re.compile(rb"<(?:\w+:)?author>(.*?)</(?:\w+:)?author>|<(?:\w+:)?author/>", re.DOTALL)
_COMMENT = re.compile(rb'<(?:\w+:)?comment\s[^>]*\bauthorId="([0-9]+)"')
_OURS = b"Payung"
_LINKS = ("xl/externalLinks/", "xl/connections.xml", "xl/queryTables/", "customXml/")


def part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """Which XML inside the workbook holds the sheet of this name; empty where the workbook does not say."""
    try:
        workbook = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 - DTDs were refused before
        relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    except (KeyError, ElementTree.ParseError):
        return ""
    wanted = [
        each.get(_RELATION) for each in workbook.iter() if each.tag.endswith("}sheet") and each.get("name") == sheet
    ]
    for relation in relations:
        if wanted and relation.get("Id") == wanted[0]:
            target = relation.get("Target", "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            return part if part in archive.namelist() else ""
    return ""


def part(archive: zipfile.ZipFile, name: str) -> bytes:
    """A part's bytes; empty where the workbook has none of that name."""
    return archive.read(name) if name in archive.namelist() else b""


def told_of_parts(archive: zipfile.ZipFile) -> list[dict[str, Any]]:
    """Tell of comments that people wrote, and of links and queries that lead out of the file: neither is read."""
    notes: list[dict[str, Any]] = []
    names = archive.namelist()
    comments = sum(_comments_in(archive.read(name)) for name in names if _holds_comments(name))
    if comments:
        notes.append({"code": "note:comments", "params": {"count": comments}})
    if any(_leads_out(archive, name) for name in names):
        notes.append({"code": "note:external-links", "params": {}})
    return notes


def _holds_comments(name: str) -> bool:
    return name.endswith(".xml") and name.startswith("xl/") and "/comment" in name.lower()


def _comments_in(xml: bytes) -> int:
    """How many comments stand there that are not our own reasons of an earlier round."""
    authors = _AUTHOR.findall(xml)
    ours = {b"%d" % place for place, author in enumerate(authors) if author == _OURS}
    return sum(author not in ours for author in _COMMENT.findall(xml))


def _leads_out(archive: zipfile.ZipFile, name: str) -> bool:
    if not name.startswith(_LINKS) or name.endswith("/"):
        return False
    return not name.startswith("customXml/") or b"DataMashup" in archive.read(name)
