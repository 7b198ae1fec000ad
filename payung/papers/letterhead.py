"""Whose paper it is: the letterhead, who signs, and whom a participant can call.

The office writes its own into `PAYUNG_HOME/letterhead.json` (any of the fields below); without it a paper bears the
names of the office alone, never an address that might be wrong.
"""

import dataclasses
import json
from pathlib import Path
from typing import Any

from django.conf import settings


@dataclasses.dataclass(frozen=True, slots=True)
class Letterhead:
    """The head of each paper."""

    government: str = "Pemerintah Kabupaten Kendal"
    office: str = "Dinas Perindustrian dan Tenaga Kerja"
    address: str = ""
    contact: str = ""
    place: str = "Kendal"


@dataclasses.dataclass(frozen=True, slots=True)
class Signer:
    """Who signs, as what; `title` stands above the space, name and number below it."""

    title: str
    name: str = ""
    number: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Contacts:
    """Whom a participant or a family calls."""

    contact_center: str = "175"
    branch: str = "BPJS Ketenagakerjaan Kendal"
    village_office: str = "Kantor desa/kelurahan Anda"


def office_letterhead() -> Letterhead:
    """The letterhead of this office."""
    path = Path(settings.PAYUNG_HOME) / "letterhead.json"
    if not path.exists():
        return Letterhead()
    given: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    known = {field.name for field in dataclasses.fields(Letterhead)}
    return Letterhead(**{name: str(value) for name, value in given.items() if name in known})
