"""Settings of the test runs: the program's own, with a home that is thrown away and nothing that leaves the machine.

SQLite is used as a file, as in production, because a database in memory is one connection that all threads share and
so shows none of the locks; the file lies in memory (`/dev/shm`) where there is room, so that its syncs cost nothing.
`DATABASE_URL` selects PostgreSQL.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

ROOM = 512 * 1024 * 1024


def _home() -> Path:
    memory = Path("/dev/shm")
    has_room = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM
    home = Path(tempfile.mkdtemp(prefix="payung-test-", dir=memory if has_room else None))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    return home


os.environ["PAYUNG_HOME"] = str(_home())
os.environ["PAYUNG_PROFILE"] = "local"
os.environ.setdefault("PAYUNG_SECRET_KEY", "a key for the tests, which protects nothing: 0123456789abcdef0123456789")

from payung.config.settings import *  # noqa: E402, F403
from payung.config.settings import DATABASES, INSTALLED_APPS, PAYUNG_HOME  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": PAYUNG_HOME / "test.sqlite3"}
INSTALLED_APPS = [*INSTALLED_APPS, "django_migration_linter"]
# Argon2 is slow on purpose; what the tests sign in with needs no protection.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MIGRATION_LINTER_OPTIONS = {"sql_analyser": "sqlite", "no_cache": True}
