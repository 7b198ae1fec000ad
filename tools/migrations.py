"""The migrations: none is missing, all apply to an empty database, and none breaks the code that still runs.

Runs with the settings of the tests, so the database is a temporary one.
"""

import os
import sys

import django
from django.core.management import CommandError, call_command

QUIET = ["warning", "ok", "ignore"]


def main() -> int:
    """Check them; 0 when all is well."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    try:
        call_command("makemigrations", check_changes=True, dry_run=True, verbosity=1)
        # The linter asks each migration for its SQL, and some (append-only triggers) read the table they guard.
        call_command("migrate", verbosity=0)
        call_command("lintmigrations", include_apps=_ours(), ignore_initial_migrations=True, quiet=QUIET, no_cache=True)
    except CommandError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _ours() -> list[str]:
    return [config.label for config in django.apps.apps.get_app_configs() if config.name.startswith("payung.")]


if __name__ == "__main__":
    sys.exit(main())
