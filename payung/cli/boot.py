"""Starts Django before any command is imported, and makes the embedded database on first use."""

import hashlib
import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "payung.config.settings")
django.setup()


def migrations_fingerprint() -> str:
    """Name the set of migrations this program brings, cheaply: a hash of their paths and sizes."""
    root = Path(__file__).resolve().parent.parent
    found = sorted(root.glob("*/migrations/0*.py"))
    seen = "|".join(f"{path.relative_to(root)}:{path.stat().st_size}" for path in found)
    return hashlib.sha256(f"{settings.DATABASES['default']['NAME']}|{seen}".encode()).hexdigest()


def ensure_database() -> bool:
    """Make or migrate the database where this program has not done so yet; return whether it had to."""
    stamp = Path(settings.PAYUNG_HOME) / "schema.stamp"
    fingerprint = migrations_fingerprint()
    if stamp.exists() and stamp.read_text() == fingerprint and _database_file_is_there():
        return False
    Path(settings.PAYUNG_HOME).mkdir(parents=True, exist_ok=True, mode=0o700)
    print("Menyiapkan basis data …", file=sys.stderr)
    call_command("migrate", verbosity=0, interactive=False)
    stamp.write_text(fingerprint)
    return True


def _database_file_is_there() -> bool:
    database = settings.DATABASES["default"]
    return "sqlite" not in database["ENGINE"] or Path(database["NAME"]).exists()
