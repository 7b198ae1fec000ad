"""In production the program starts only with safe settings."""

import os
import subprocess
import sys

from tests.architecture.source import ROOT

PRODUCTION = {
    "PAYUNG_PROFILE": "production",
    "PAYUNG_SECRET_KEY": "k3y-for-this-check-only-1b7f0a9c5d2e4f6a8b0c1d2e3f4a5b6c7d8e9f0a",
    "PAYUNG_ALLOWED_HOSTS": "payung.kendal.example",
    "PAYUNG_ORIGINS": "https://payung.kendal.example",
    "DJANGO_SETTINGS_MODULE": "payung.config.settings",
}
SHOW = "from django.conf import settings as s; print(s.{name})"


def _run(arguments: list[str], home: os.PathLike[str], **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("PAYUNG_")}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**inherited, "PAYUNG_HOME": str(home), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def _setting(name: str, home: os.PathLike[str], **environment: str) -> str:
    done = _run(["-c", SHOW.format(name=name)], home, **{**PRODUCTION, **environment})
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_deployment_check_has_no_warning(tmp_path):
    done = _run(
        ["-W", "ignore", "-m", "django", "check", "--deploy", "--fail-level", "WARNING"], tmp_path, **PRODUCTION
    )
    assert done.returncode == 0, done.stderr


def test_production_without_a_secret_key_does_not_start(tmp_path):
    without = {key: value for key, value in PRODUCTION.items() if key != "PAYUNG_SECRET_KEY"}
    done = _run(["-m", "django", "check"], tmp_path, **without)
    assert done.returncode != 0
    assert "PAYUNG_SECRET_KEY" in done.stderr


def test_debug_is_off_in_both_profiles(tmp_path):
    assert _setting("DEBUG", tmp_path) == "False"
    assert _setting("DEBUG", tmp_path, PAYUNG_PROFILE="local") == "False"


def test_local_profile_answers_on_loopback_alone(tmp_path):
    hosts = _setting("ALLOWED_HOSTS", tmp_path, PAYUNG_PROFILE="local", PAYUNG_ALLOWED_HOSTS="127.0.0.1,localhost")
    assert hosts == "['127.0.0.1', 'localhost']"


def test_embedded_database_keeps_what_it_acknowledged(tmp_path):
    options = _setting("DATABASES['default']['OPTIONS']", tmp_path, DATABASE_URL="")
    assert "journal_mode=DELETE" in options
    assert "synchronous=EXTRA" in options
    assert "IMMEDIATE" in options


def test_local_session_key_can_be_read_by_nobody_else(tmp_path):
    _setting("SECRET_KEY", tmp_path, PAYUNG_PROFILE="local", PAYUNG_SECRET_KEY="")
    assert (tmp_path / "keys" / "session.key").stat().st_mode & 0o077 == 0
