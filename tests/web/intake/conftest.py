"""Lists through the doors."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from payung.access.viewer import Viewer
from payung.intake.models import Upload
from payung.intake.selectors import columns
from payung.web.intake import behind

LISTS = Path(__file__).parents[2] / "data" / "lists"
MAJU = "usulan-pt-maju.xlsx"


def file_of(name: str, content: bytes | None = None) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, (LISTS / name).read_bytes() if content is None else content)


@pytest.fixture
def hand_in(client_of: Callable[[Viewer], Client]) -> Callable[..., Upload]:
    """`hand_in(joko, pt_maju)`: somebody uploads a list through the page; gives the upload."""

    def upload(viewer: Viewer, sponsor, name: str = MAJU, content: bytes | None = None) -> Upload:
        fields = {"sponsor": sponsor.public_id if sponsor else "dinas", "legal_basis": "Persetujuan saat pendataan"}
        answer = client_of(viewer).post("/daftar/unggah/", {**fields, "file": file_of(name, content)})
        assert answer.status_code == 302, answer.content.decode()
        return Upload.objects.get(public_id=answer.headers["Location"].split("/")[-2])

    return upload


@pytest.fixture
def all_lists_are_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits so low that every list is work for behind the scenes."""
    monkeypatch.setattr(columns, "SMALL_FILE_BYTES", 1_000)
    monkeypatch.setattr(behind, "ROWS_IN_REQUEST", 10)


@pytest.fixture
def sent(hand_in, client_of, joko, pt_maju) -> Upload:
    """Joko's list, sent for approval."""
    upload = hand_in(joko, pt_maju)
    client_of(joko).post(f"/daftar/{upload.public_id}/kirim/")
    upload.refresh_from_db()
    return upload
