"""The migrations: none is missing, all apply to an empty database, and none breaks the code that still runs.

They are judged by what they do to PostgreSQL, where old code runs on while the new is put in place. SQLite is one
program's own; there nearly every change rebuilds a table, and the linter takes each rebuild for a new constraint.
"""

import os
import sys

import django
from django.core.management import CommandError, call_command

from tools.postgres import PostgresMissingError, private_cluster

QUIET = ["warning", "ok", "ignore"]
# What the linter cannot see, by migration: why it harms no code that still runs.
HARMLESS = {
    # Its unique indexes hold over columns that the same migration adds empty, or over fewer rows than the index before.
    "0005_same_rows_and_villages",
}


def main() -> int:
    """Check them; 0 when all is well."""
    try:
        with private_cluster() as cluster:
            os.environ["DATABASE_URL"] = cluster.url
            return _check()
    except (CommandError, PostgresMissingError) as error:
        print(error, file=sys.stderr)
        return 1


def _check() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=1)
    # The linter asks each migration for its SQL, and some (append-only triggers) read the table they guard.
    call_command("migrate", verbosity=0)
    call_command(
        "lintmigrations",
        include_apps=_ours(),
        ignore_initial_migrations=True,
        ignore_name=sorted(HARMLESS),
        quiet=QUIET,
        no_cache=True,
    )
    django.db.connections.close_all()
    return 0


def _ours() -> list[str]:
    return [config.label for config in django.apps.apps.get_app_configs() if config.name.startswith("payung.")]


if __name__ == "__main__":
    sys.exit(main())
