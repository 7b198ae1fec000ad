"""The engines are heavy: the program starts, and its pages are known, without any of them."""

import subprocess
import sys

# NumPy is not among them: openpyxl imports it wherever it is installed.
ENGINES = ("duckdb", "llvmlite", "numba", "polars", "pyarrow", "pyspark", "splink")
START = """
import sys
import payung.cli.boot
from django.urls import get_resolver
import payung.rules.book
assert get_resolver().url_patterns
print(sorted(set(%r) & set(sys.modules)))
"""


def test_the_program_and_its_pages_start_without_an_engine(tmp_path, monkeypatch):
    monkeypatch.setenv("PAYUNG_HOME", str(tmp_path))
    monkeypatch.setenv("PAYUNG_PROFILE", "local")
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "payung.config.settings")
    done = subprocess.run([sys.executable, "-c", START % (ENGINES,)], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
