"""Workbooks taken apart and put together again, and zips that no program would write."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

Replacement = tuple[str, str, int]  # what, by what, and which occurrence (from 1)


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of a workbook by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, compression)  # of a fixed day: the same bytes tomorrow
    return out.getvalue()


def with_parts(
    content: bytes, replaced: Mapping[str, Replacement] | None = None, *, added: Mapping[str, str | bytes] | None = None
) -> bytes:
    """The workbook with a text of some parts replaced, and parts added."""
    parts = parts_of(content)
    for name, (old, new, occurrence) in (replaced or {}).items():
        pieces = parts[name].decode().split(old)
        assert len(pieces) > occurrence, f"{old} stands in {name} {len(pieces) - 1} times"
        parts[name] = (old.join(pieces[:occurrence]) + new + old.join(pieces[occurrence:])).encode()
    for name, text in (added or {}).items():
        parts[name] = text if isinstance(text, bytes) else text.encode()
    return zipped(parts)


def entry(name: bytes, content: bytes) -> tuple[bytes, dict[str, int | bytes]]:
    """A stored entry as it stands in a zip, and what the directory says of it."""
    crc = zlib.crc32(content)
    head = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 0, 0, 0, crc, len(content), len(content), len(name), 0)
    return head + name + content, {"name": name, "crc": crc, "size": len(content)}


def directory(entries: list[tuple[dict[str, int | bytes], int]]) -> bytes:
    """The central directory of entries at these offsets."""
    out = b""
    for told, offset in entries:
        name = told["name"]
        assert isinstance(name, bytes)
        out += (
            struct.pack(
                "<4s6H3I5H2I",
                b"PK\x01\x02",
                20,
                20,
                0,
                0,
                0,
                0,
                told["crc"],
                told["size"],
                told["size"],
                len(name),
                0,
                0,
                0,
                0,
                0,
                offset,
            )
            + name
        )
    return out


def end_record(count: int, size: int, start: int) -> bytes:
    """The record that ends a zip."""
    return struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, size, start, 0)


def overlapping(parts: Mapping[str, bytes], times: int) -> bytes:
    """A zip whose directory names one entry many times: each unpacks the same bytes (the way of the quine bombs)."""
    body, entries = b"", []
    for name, content in parts.items():
        made, told = entry(name.encode(), content)
        entries.append((told, len(body)))
        body += made
    told, offset = entries[-1]
    entries += [(told | {"name": b"xl/media/%d.xml" % number}, offset) for number in range(times)]
    listed = directory(entries)
    return body + listed + end_record(len(entries), len(listed), len(body))
