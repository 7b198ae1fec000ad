"""Files built by script: each fixture is a small way to make a good or a bad list."""

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
import pytest

HEADINGS = ("No", "Nama Lengkap", "NIK", "Tgl Lahir", "L/P", "Desa", "Kecamatan")
SARI = (1, "Sari Wulandari", "3324156501900001", "25-01-1990", "P", "Pekauman", "Kendal")
TINI = (2, "Tini Lestari", "3324154502850002", "05-02-1985", "P", "Pekauman", "Kendal")


@pytest.fixture
def workbook() -> Callable[..., bytes]:
    """Make an XLSX of rows (row 1 first)."""

    def make(*rows: Sequence[Any], sheet: str = "Daftar") -> bytes:
        book = openpyxl.Workbook()
        book.active.title = sheet
        for row in rows:
            book.active.append(list(row))
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    return make


@pytest.fixture
def good_list(workbook: Callable[..., bytes]) -> bytes:
    """A plain list of two people."""
    return workbook(HEADINGS, SARI, TINI)


def zip_of(entries: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def replaced_in_zip(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    assert old in entries[part]
    entries[part] = entries[part].replace(old, new)
    return zip_of(entries)
