"""What every test may lean on: the cast, a standing clock, keys, and skips that name what is missing."""

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from hypothesis import settings
from pytest_django import DjangoDbBlocker

from payung.access.models import User
from payung.access.permissions import Role
from payung.access.viewer import Viewer
from payung.kernel.clock import FixedClock
from payung.registry.services.regions import load_occupations, load_regions
from payung.sponsors.models import Sponsor
from payung.vault.keys import create_keys
from tests import flush
from tests.cast import add_company, add_viewer

TODAY = date(2026, 11, 22)
# The same examples each time and no deadline: a busy machine is no reason to fail. To look for new examples:
# pytest --hypothesis-profile=explore
settings.register_profile("steady", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile("steady")


def pytest_configure(config: pytest.Config) -> None:
    """Name every skipped test by itself in the summary, not by the line that skipped it."""
    config.option.fold_skipped = False
    flush.install()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs something that this machine has not: `make test` says so in `PAYUNG_TEST_MISSING`."""
    missing = os.environ.get("PAYUNG_TEST_MISSING")
    for item in items if missing else ():
        item.add_marker(pytest.mark.skip(reason=missing))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Make the database; at the end close what a live server's threads left open: PostgreSQL drops none in use."""
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(scope="session", autouse=True)
def _keys() -> None:
    """The keys of the run's own home, without which no NIK can be sealed."""
    create_keys()


@pytest.fixture(autouse=True)
def _no_cache() -> None:
    """Nothing kept from the test before: ids repeat where a database rolls back, and so would answers."""
    cache.clear()


@pytest.fixture
def clock() -> FixedClock:
    """The day on which the tests' stories happen: Sunday 22 November 2026, nine in the morning in Jakarta."""
    return FixedClock.on(TODAY)


@pytest.fixture
def payung_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home for a program that the test starts as a child, without DATABASE_URL."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("PAYUNG_HOME", str(home))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return home


@pytest.fixture
def kendal(db: None) -> str:
    """Kabupaten Kendal with its 20 kecamatan and 286 villages, and the book of occupations; gives its code."""
    load_regions(within="33.24")
    load_occupations()
    return "33.24"


@pytest.fixture
def pt_maju(db: None, clock: FixedClock) -> Sponsor:
    """Joko's company."""
    return add_company("PTMAJU", "PT Maju", clock=clock)


@pytest.fixture
def joko(pt_maju: Sponsor, clock: FixedClock) -> Viewer:
    """The clerk of PT Maju."""
    return add_viewer("Joko", Role.PETUGAS_PERUSAHAAN, clock=clock, sponsor=pt_maju)


@pytest.fixture
def rina(db: None, clock: FixedClock) -> Viewer:
    """The officer of the manpower office."""
    return add_viewer("Rina", Role.PETUGAS_DINAS, clock=clock)


@pytest.fixture
def wulan(db: None, clock: FixedClock) -> Viewer:
    """The approver of the manpower office."""
    return add_viewer("Wulan", Role.PENYETUJU_DINAS, clock=clock)


@pytest.fixture
def dewi(db: None, clock: FixedClock) -> Viewer:
    """BPJS's branch."""
    return add_viewer("Dewi", Role.PETUGAS_BPJS, clock=clock)


@pytest.fixture
def agus(db: None, clock: FixedClock) -> Viewer:
    """The auditor: reads everything, changes nothing."""
    return add_viewer("Agus", Role.AUDITOR, clock=clock)


@pytest.fixture
def tono(db: None, clock: FixedClock) -> Viewer:
    """The stranger: the clerk of another company."""
    return add_viewer(
        "Tono", Role.PETUGAS_PERUSAHAAN, clock=clock, sponsor=add_company("CVLAIN", "CV Lain", clock=clock)
    )


@pytest.fixture
def client_of() -> Callable[[Viewer], Client]:
    """A browser without a screen in which one of the cast is signed in: `client_of(rina).get("/...")`."""

    def sign_in(viewer: Viewer) -> Client:
        client = Client()
        client.force_login(User.objects.get(pk=viewer.user_id))
        return client

    return sign_in
