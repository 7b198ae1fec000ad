"""Slip peserta: what each participant holds in hand, and the list on which they sign for it. By village.

A slip says what protects its holder, until when, who pays, whom to call, and bears a code with which anybody who
holds it can check the protection. It is made for an A4 sheet cut into eight.
"""

import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import groupby
from typing import Any

import segno

from payung.kernel.month import Month
from payung.papers.letterhead import Contacts, Letterhead
from payung.papers.typesetting import render_pdf
from payung.papers.wording import day_text, masked, month_text, number_text

PROGRAMMES = {
    "JKK": "Jaminan Kecelakaan Kerja (JKK)",
    "JKM": "Jaminan Kematian (JKM)",
    "JHT": "Jaminan Hari Tua (JHT)",
}


@dataclass(frozen=True, slots=True)
class Slip:
    """One participant. `code` is grouped for reading; `check_url` leads to the page that answers it."""

    name: str
    masked_nik: str
    occupation: str
    village: str
    kecamatan: str
    programmes: Sequence[str]
    protected_from: date
    protected_until: Month
    sponsor: str
    code: str
    check_url: str
    kpj: str = ""

    @property
    def place(self) -> tuple[str, str]:
        """What slips are sorted by."""
        return self.kecamatan, self.village


def slips_pdf(
    slips: Iterable[Slip], *, issued_on: date, letterhead: Letterhead, contacts: Contacts, is_sample: bool = False
) -> bytes:
    """Typeset slips, eight a sheet, each village on sheets of its own."""
    data = slips_data(slips, issued_on=issued_on, letterhead=letterhead, contacts=contacts, is_sample=is_sample)
    return render_pdf("slips", data)


def receipts_pdf(
    slips: Iterable[Slip], *, issued_on: date, letterhead: Letterhead, number: str = "", is_sample: bool = False
) -> bytes:
    """Typeset the list of receipt (tanda terima) of each village, with room to sign."""
    data = receipts_data(slips, issued_on=issued_on, letterhead=letterhead, number=number, is_sample=is_sample)
    return render_pdf("receipts", data)


def slips_data(
    slips: Iterable[Slip], *, issued_on: date, letterhead: Letterhead, contacts: Contacts, is_sample: bool = False
) -> dict[str, Any]:
    """What the template of the slips takes."""
    return {
        "letterhead": asdict(letterhead),
        "contacts": asdict(contacts),
        "is_sample": is_sample,
        "day": day_text(issued_on),
        "villages": [
            {"village": village, "kecamatan": kecamatan, "slips": [_slip_data(slip) for slip in group]}
            for (kecamatan, village), group in _by_village(slips)
        ],
    }


def receipts_data(
    slips: Iterable[Slip], *, issued_on: date, letterhead: Letterhead, number: str = "", is_sample: bool = False
) -> dict[str, Any]:
    """What the template of the receipts takes."""
    return {
        "letterhead": asdict(letterhead),
        "is_sample": is_sample,
        "number": number,
        "day": day_text(issued_on),
        "villages": [
            {
                "village": village,
                "kecamatan": kecamatan,
                "total": number_text(len(group)),
                "rows": [
                    [slip.name, masked(slip.masked_nik), slip.occupation, month_text(slip.protected_until)]
                    for slip in group
                ],
            }
            for (kecamatan, village), group in _by_village(slips)
        ],
    }


def _by_village(slips: Iterable[Slip]) -> list[tuple[tuple[str, str], list[Slip]]]:
    ordered = sorted(slips, key=lambda slip: (*slip.place, slip.name))
    return [(place, list(group)) for place, group in groupby(ordered, key=lambda slip: slip.place)]


def _slip_data(slip: Slip) -> dict[str, Any]:
    return {
        "name": slip.name,
        "nik": masked(slip.masked_nik),
        "occupation": slip.occupation,
        "programmes": [PROGRAMMES.get(programme, programme) for programme in slip.programmes],
        "from": day_text(slip.protected_from),
        "until": month_text(slip.protected_until),
        "sponsor": slip.sponsor,
        "kpj": slip.kpj,
        "code": slip.code,
        "check_page": slip.check_url.split("#")[0].split("?")[0].removeprefix("https://").removeprefix("http://"),
        "qr": list(_qr_png(slip.check_url)),
    }


def _qr_png(content: str) -> bytes:
    """One dot a module. Drawn here, with one mask, for trying all eight and writing SVG costs three times as much."""
    rows = segno.make(content, error="m", micro=False, mask=2, boost_error=False).matrix
    side = len(rows)
    lines = b"".join(b"\0" + _packed(row) for row in rows)
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(lines)) + _chunk(b"IEND", b"")


def _packed(row: Iterable[int]) -> bytes:
    bits = "".join("0" if dark else "1" for dark in row)
    return bytes(int(bits[start : start + 8].ljust(8, "1"), 2) for start in range(0, len(bits), 8))


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
