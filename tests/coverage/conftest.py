"""A small regency whose month is counted: 12 workers of PT Maju in Sarirejo, 3 in Candiroto, others uncovered."""

import pytest

from payung.access.viewer import Viewer
from payung.coverage.services import count_needs, rebuild_summary
from payung.kernel.month import Month, months_from
from payung.sponsors.models import Sponsor
from tests.coverage.people import (
    CANDIROTO,
    DEMPELREJO,
    SARIREJO,
    SUKODONO,
    add_occupations,
    add_regions,
    add_workers,
    cover,
)

NOVEMBER = Month.of_year(2026, 11)


@pytest.fixture
def regions(db):
    add_regions()
    add_occupations()


@pytest.fixture
def cv_lain(tono: Viewer) -> Sponsor:
    """Tono's company."""
    return Sponsor.objects.get(code="CVLAIN")


@pytest.fixture
def counted(regions, pt_maju, cv_lain, clock):
    """PT Maju covers 12 in Sarirejo until January, CV Lain 8 in Sukodono (2 not yet confirmed) until November."""
    maju = add_workers(12, village=SARIREJO, clock=clock)
    ojek = add_workers(8, village=SUKODONO, clock=clock, occupation="tukang-ojek")
    few = add_workers(3, village=CANDIROTO, clock=clock, occupation=None)
    add_workers(20, village=DEMPELREJO, clock=clock)
    cover(maju, sponsor=pt_maju, months=months_from(NOVEMBER, 3), clock=clock)
    cover(ojek[:6], sponsor=cv_lain, months=[NOVEMBER - 1, NOVEMBER], clock=clock)
    cover(ojek[6:], sponsor=cv_lain, months=[NOVEMBER], clock=clock, state="sementara")
    cover(few, sponsor=pt_maju, months=[NOVEMBER], clock=clock)
    rebuild_summary(clock=clock)
    count_needs(NOVEMBER, clock=clock)
    return {"maju": maju, "ojek": ojek, "few": few}
