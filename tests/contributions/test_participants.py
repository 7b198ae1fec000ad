"""BPJS's participants held against the workers whom we cover."""

from datetime import date
from typing import Any

import pytest

from payung.access.viewer import Viewer
from payung.contributions.models import Notice, ReconciliationFile
from payung.contributions.reconciliation.services import decide_line, undo_file
from payung.contributions.services import confirm_payment
from payung.enrolment.models import Enrolment, Wadah
from payung.kernel.clock import FixedClock
from payung.sponsors.models import Pledge
from tests.contributions.conftest import DECEMBER, JANUARY, add_pledge, add_workers, enrol
from tests.contributions.reconciliation_files import participants
from tests.contributions.reconciling import DUE_RP, TODAY, Source, finish, line_of, outcomes, stage

__all__ = ("finish", "stage")
pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def active(pledge: Pledge, notice: Notice, pay, dewi: Viewer, clock: FixedClock) -> list[Enrolment]:
    """PT Maju's three, active with a KPJ each, December paid and in force."""
    wadah = Wadah.objects.create(number="W1", name="Rentan", type="RT", recorded_at=clock.now())
    ways = list(Enrolment.objects.order_by("position"))
    for way in ways:
        kpj = f"240000{way.position:05d}"
        Enrolment.objects.filter(pk=way.pk).update(state="active", kpj=kpj, starts_on=TODAY, wadah=wadah)
    confirm_payment(pay(notice, DUE_RP), acting_user=dewi, clock=clock)
    return list(Enrolment.objects.select_related("worker").order_by("position"))


def row(way: Enrolment, *, through: str = "12/2026", kpj: str = "", name: str = "", start: str = "22/11/2026"):
    return (kpj or way.kpj, "3324********0003", name or way.worker.name, start, through)


def held(stage: Any, rows: Any, **more: Any) -> ReconciliationFile:
    return stage(participants(rows), Source.PARTICIPANTS, month=DECEMBER, **more).file


def test_participants_who_agree(active, stage):
    file = held(stage, [row(way) for way in active])
    assert (outcomes(file), outcomes(file, "ours")) == (["peserta_cocok"] * 3, [])
    assert file.total_rp == file.our_rp == DUE_RP


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({"through": "11/2026"}, "lunas_lebih_awal"),
        ({"through": "01/2027"}, "lunas_lebih_lama"),
        ({"start": "01/12/2026"}, "mulai_berbeda"),
        ({"name": "Orang Lain Sekali"}, "nama_berbeda"),
        ({"kpj": "99999999999"}, "tidak_pada_kita"),
        ({"through": "entah"}, "tidak_terbaca"),
    ],
)
def test_participant_who_differs_says_how(active, stage, changes, outcome):
    assert outcomes(held(stage, [row(active[0], **changes)])) == [outcome]


def test_worker_whom_we_cover_and_bpjs_does_not_have(active, stage):
    file = held(stage, [row(way) for way in active[:2]])
    assert outcomes(file, "ours") == ["tidak_di_bpjs"]
    assert file.lines.get(side="ours").amount_rp == 8_400


def test_active_at_bpjs_without_a_payment_of_ours(pledge, stage, clock):
    wadah = Wadah.objects.create(number="W1", name="Rentan", type="RT", recorded_at=clock.now())
    Enrolment.objects.update(state="active", kpj="24000000001", starts_on=TODAY, wadah=wadah)
    way = Enrolment.objects.select_related("worker").order_by("pk")[0]
    Enrolment.objects.exclude(pk=way.pk).update(kpj="24000000002")
    assert outcomes(held(stage, [row(way)])) == ["aktif_tanpa_pembayaran"]


def test_person_twice_in_the_file_counts_once(active, stage):
    file = held(stage, [row(active[0]), row(active[0])])
    assert outcomes(file) == ["peserta_cocok", "peserta_kembar"]
    assert file.total_rp == 8_400


def test_accepted_facts_are_bpjs_and_undo_writes_ours_again(active, stage, finish, wulan, clock):
    file = finish(held(stage, [row(active[0], through="01/2027", start="01/12/2026")]))
    way = Enrolment.objects.get(pk=active[0].pk)
    assert (way.paid_through, way.starts_on) == (JANUARY, date(2026, 12, 1))
    undo_file(file, reason="berkas lain", acting_user=wulan, clock=clock)
    way.refresh_from_db()
    assert (way.paid_through, way.starts_on) == (None, TODAY)


def test_difference_of_name_writes_nothing_unless_a_person_says_so(active, stage, rina, clock, finish):
    file = held(stage, [row(active[0], through="01/2027", name="Orang Lain Sekali")])
    decide_line(line_of(file, "nama_berbeda"), take=False, note="bukan dia", acting_user=rina, clock=clock)
    finish(file)
    assert Enrolment.objects.get(pk=active[0].pk).paid_through is None


def test_workers_of_another_month_are_not_looked_for(pledge, other_pledge, clock, stage):
    enrol(add_workers(1, clock=clock), add_pledge(other_pledge.sponsor, quota=1, clock=clock))
    file = held(stage, [("11111111111", "", "Siapa", "01/12/2026", "12/2026")])
    assert (outcomes(file), file.our_count) == (["tidak_pada_kita"], 0)
