"""The demo: a small share of it, made through the program's own services, is the same for the same seed and day."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction

from payung.cli.demo.making import make_demo
from payung.contributions.invariants import check_all
from payung.contributions.models import ClosedMonth, CoveredMonth, Notice, Payment, ReconciliationFile
from payung.enrolment.models import Enrolment, Handover
from payung.registry.models import SuspectedPair, Worker
from payung.sponsors.models import Sponsor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kendal")]

ON = date(2026, 11, 22)


@pytest.fixture
def note_file(settings) -> Iterator[Path]:
    """Where the demo leaves its note; taken away again, for other tests are no demo."""
    file = Path(settings.PAYUNG_HOME) / "demo.json"
    yield file
    file.unlink(missing_ok=True)


def made() -> dict:
    return make_demo(seed=1, on=ON, progress=lambda *_: None, share=0.04)


def fingerprint() -> str:
    people = list(Worker.objects.order_by("nik_index").values_list("name", "birth_date", "village_id", "died_on"))
    ways = list(Enrolment.objects.order_by("pk").values_list("sponsor__code", "state", "since", "reason", "position"))
    cover = list(CoveredMonth.objects.order_by("pk").values_list("month", "program", "state", "amount_rp"))
    return hashlib.sha256(repr((sorted(map(str, people)), ways, cover)).encode()).hexdigest()


def test_the_demo_is_whole_sound_and_the_same_for_the_same_seed(note_file):
    with transaction.atomic():
        made()
        first = fingerprint()
        transaction.set_rollback(True)
    note = made()
    assert fingerprint() == first
    assert set(Sponsor.objects.values_list("funds", flat=True)) == {
        *("CSR", "DONASI", "ASN", "BAZNAS", "MANDIRI", "APBD", "DBHCHT", "APBN", "APBDES")
    }
    assert Worker.objects.count() == 200
    assert CoveredMonth.objects.filter(state="berlaku").exists()
    assert Payment.objects.filter(confirmed_at__isnull=False).exists()
    assert Notice.objects.filter(payments__isnull=True).exists(), "somebody has not paid yet"
    assert set(SuspectedPair.objects.values_list("state", flat=True)) >= {"open", "awaiting"}, (
        "people have pairs to review"
    )
    assert check_all() == []
    files = {(file.source, file.accepted_at is not None) for file in ReconciliationFile.objects.all()}
    assert files == {("laporan", True), ("laporan", False), ("rekening", True)}, "one report waits for a word"
    assert ClosedMonth.objects.count() == 12
    assert Handover.objects.filter(approved_at__isnull=True).exists(), "a list of workers waits for approval"
    assert Handover.objects.filter(approved_at__isnull=False).exists()
    left = json.loads(note_file.read_text())
    assert left == note
    assert {account["role"] for account in left["accounts"]} >= {"petugas Disperinaker", "bupati", "auditor"}
