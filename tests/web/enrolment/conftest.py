"""People on the way in, and files of other offices, through the doors."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from payung.access.permissions import Role
from tests.cast import add_viewer
from tests.enrolment.papers import workbook
from tests.enrolment.people import BRANGSONG, KENDAL, add_pledge, add_workers, propose


def sheet(headings, rows, name="jawaban.xlsx"):
    """A workbook as a browser sends it."""
    return SimpleUploadedFile(name, workbook(headings, rows))


def letter(name="surat.pdf"):
    """A letter as a browser sends it."""
    return SimpleUploadedFile(name, b"%PDF-1.4 surat jawaban")


@pytest.fixture
def proposed(pt_maju, wulan, clock):
    """Four of PT Maju's: three in Brangsong, one in Patukangan."""
    workers = [*add_workers(3, clock=clock), *add_workers(1, clock=clock, village=KENDAL, first=4)]
    pledge = add_pledge(pt_maju, quota=6, clock=clock)
    return propose(workers, pt_maju, by=wulan, clock=clock, pledge=pledge)


@pytest.fixture
def lurah(proposed, clock):
    """The officer of the village Brangsong."""
    del proposed
    officer = add_viewer("Lurah", Role.PETUGAS_DESA, clock=clock)
    assert officer.grants[0].scope_id == BRANGSONG
    return officer
