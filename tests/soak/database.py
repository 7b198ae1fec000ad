"""A database for a ring: made as the tests make theirs, in a home that is thrown away, gone afterwards."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import django


def set_up() -> None:
    """Start Django with the settings of the tests; again is harmless."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()


@contextmanager
def fresh_database() -> Iterator[None]:
    """An empty database with all its tables and keys, on SQLite or on the server of DATABASE_URL."""
    set_up()
    from django.db import connection, connections  # noqa: PLC0415 - only once Django stands

    from payung.vault.keys import create_keys  # noqa: PLC0415
    from tests import flush  # noqa: PLC0415

    flush.install()
    create_keys()
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connections.close_all()
        connection.creation.destroy_test_db(before, verbosity=0)
