"""A database of its own for a long proof: made once, on SQLite in memory's file system or on the PostgreSQL named."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.test.utils import get_runner  # noqa: E402

from payung.vault.keys import create_keys  # noqa: E402
from tests import flush  # noqa: E402


@contextmanager
def prepared() -> Iterator[None]:
    """An empty, migrated database, dropped at the end."""
    flush.install()
    runner = get_runner(settings)(verbosity=0, interactive=False)
    made = runner.setup_databases()
    try:
        create_keys()
        yield
    finally:
        runner.teardown_databases(made)
