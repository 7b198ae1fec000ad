"""What a file is, by its first bytes, and whether a zip may be opened at all. Runs in the reading process."""

import io
import zipfile
import zlib
from enum import Enum
from typing import Any

from payung.tabular.refusal import RefusedError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_LOCAL_HEADER = 30
_DIRECTORY = 0o040000
_END_RECORD, _END_LENGTH = b"PK\x05\x06", 22
_MORE_THAN_32_BITS = 0xFFFFFFFF
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)  # of a zip's member
_MACROS = ("vbaproject.bin", "xl/macrosheets/")


class Kind(Enum):
    """The four families of files that are read."""

    ZIP = "zip"
    OLE = "ole"
    WEB_PAGE = "web-page"
    TEXT = "text"


def kind_of(content: bytes) -> Kind:
    """Tell the family by content; raise `RefusedError` for what is no list at all."""
    if content.startswith(b"PK\x03\x04"):
        return Kind.ZIP
    if content.startswith(_OLE):
        _refuse_locked_or_macros(content)
        return Kind.OLE
    if not content.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise RefusedError("file:empty")
    _refuse_other_documents(content)
    if not _is_web_page(content):
        return Kind.TEXT
    if b"PK\x03\x04" in content or b"%PDF-" in content:
        raise RefusedError("file:unsafe", reason="two-in-one")
    return Kind.WEB_PAGE


def _refuse_other_documents(content: bytes) -> None:
    start = content[:1024].lstrip()
    if b"%PDF-" in content[:1024]:
        raise RefusedError("file:pdf")
    if start.startswith(_PICTURES) or content[4:8] == b"ftyp":
        raise RefusedError("file:picture")
    if start.startswith(_ARCHIVES) or start.startswith(b"PK"):
        raise RefusedError("file:archive")
    if start.startswith(b"{\\rtf"):
        raise RefusedError("file:document")
    if start.startswith((b"<?xml", b"MIME-Version:")) and b"<html" not in content[:4096].lower():
        raise RefusedError("file:web-page")


def _is_web_page(content: bytes) -> bool:
    lowered = content[:4096].replace(b"\0", b"").lower()
    return b"<html" in lowered or b"<table" in lowered or b"<!doctype html" in lowered


def _refuse_locked_or_macros(content: bytes) -> None:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise RefusedError("file:password")
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        raise RefusedError("file:macros")
    if "WordDocument".encode("utf-16-le") in content:
        raise RefusedError("file:document")


def check_zip(content: bytes, limits: dict[str, Any]) -> None:
    """Refuse a zip that is no workbook, holds macros, or unpacks to more than a list can need."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError):
        raise RefusedError("file:damaged") from None
    _refuse_more_than_a_zip(content)
    _check_directory(entries, len(content), limits)
    _check_workbook({entry.filename for entry in entries}, archive)
    _check_contents(archive, entries, limits)


def _refuse_more_than_a_zip(content: bytes) -> None:
    """A file that is a zip and something else shows each reader another content: its end must be the file's end."""
    end = content.rfind(_END_RECORD)
    if end < 0 or len(content) - end < _END_LENGTH:
        raise RefusedError("file:damaged")
    comment = int.from_bytes(content[end + 20 : end + 22], "little")
    if end + _END_LENGTH + comment != len(content):
        raise RefusedError("file:unsafe", reason="two-in-one")
    size, start = (int.from_bytes(content[end + at : end + at + 4], "little") for at in (12, 16))
    if _MORE_THAN_32_BITS not in (size, start) and start + size != end:
        raise RefusedError("file:unsafe", reason="two-in-one")


def _check_directory(entries: list[zipfile.ZipInfo], size: int, limits: dict[str, Any]) -> None:
    if not entries:
        raise RefusedError("file:damaged")
    if any(entry.flag_bits & 1 for entry in entries):
        raise RefusedError("file:password")
    if len(entries) > limits["entries"]:
        raise RefusedError("file:too-much-inside", megabytes=limits["unpacked_bytes"] // 1024 // 1024)
    _refuse_bomb(sum(entry.file_size for entry in entries), size, limits)
    if any(_leads_outside(entry) for entry in entries):
        raise RefusedError("file:unsafe", reason="paths")
    ends = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < ends or (ends == 0 and entry.header_offset != 0):
            raise RefusedError("file:unsafe", reason="overlap")
        ends = entry.header_offset + _LOCAL_HEADER + entry.compress_size
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names):
        raise RefusedError("file:unsafe", reason="overlap")


def _leads_outside(entry: zipfile.ZipInfo) -> bool:
    parts = entry.filename.replace("\\", "/").split("/")
    unix_kind = (entry.external_attr >> 16) & 0o170000
    is_link = unix_kind not in (0, 0o100000, _DIRECTORY)
    return is_link or ".." in parts or parts[0] == "" or ":" in parts[0]


def _check_workbook(names: set[str], archive: zipfile.ZipFile) -> None:
    if any(macro in name.lower() for name in names for macro in _MACROS):
        raise RefusedError("file:macros")
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return
    if "mimetype" in names and "content.xml" in names:
        try:
            kind = archive.read("mimetype")[:200]
        except _BROKEN:
            raise RefusedError("file:damaged") from None
        if b"spreadsheet" in kind:
            return
        raise RefusedError("file:document")
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise RefusedError("file:document")
    raise RefusedError("file:archive")


def _check_contents(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], limits: dict[str, Any]) -> None:
    """Unpack everything once, counting: sizes that a zip declares are its own word. Refuse XML with a DTD."""
    total = 0
    for entry in entries:
        try:
            with archive.open(entry) as member:
                first = True
                while chunk := member.read(1 << 20):
                    total += len(chunk)
                    _refuse_bomb(total, archive.start_dir, limits)
                    if first and (b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk):
                        raise RefusedError("file:unsafe", reason="entities")
                    first = False
        except _BROKEN:
            raise RefusedError("file:damaged") from None


def _refuse_bomb(unpacked: int, packed: int, limits: dict[str, Any]) -> None:
    if unpacked > limits["unpacked_bytes"] or unpacked > max(packed, 1) * limits["unpacked_ratio"]:
        raise RefusedError("file:too-much-inside", megabytes=limits["unpacked_bytes"] // 1024 // 1024)
