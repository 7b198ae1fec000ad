"""The prepared database of a run (tables, regions, occupations), and a fresh copy of it for each world."""

import os
import shutil
from functools import cache
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from payung.registry.services.regions import load_occupations, load_regions  # noqa: E402
from payung.vault.keys import create_keys  # noqa: E402
from tests import flush  # noqa: E402


class Base:
    """Made once a process; each `fresh` gives an empty world."""

    def __init__(self) -> None:
        create_keys()
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        self._copy: Path | None = None
        self._load()
        if connection.vendor == "sqlite":
            self._copy = Path(f"{connection.settings_dict['NAME']}.prepared")
            connection.close()
            shutil.copyfile(connection.settings_dict["NAME"], self._copy)

    def fresh(self) -> None:
        """The database as it was prepared."""
        if self._copy:
            connection.close()
            shutil.copyfile(self._copy, connection.settings_dict["NAME"])
            return
        flush.install()
        call_command("flush", verbosity=0, interactive=False)
        self._load()

    @staticmethod
    def _load() -> None:
        load_regions(within="33.24")
        load_occupations()


@cache
def base() -> Base:
    """This process's own."""
    return Base()
