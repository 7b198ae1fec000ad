"""`make check` sees what it is there to see."""

import hashlib
import subprocess

import pytest

from tools import check


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    monkeypatch.setattr(check, "ROOT", tmp_path)
    for name in (*check.LOCKS, "requirements.in", "requirements-dev.in"):
        (tmp_path / name).write_text("")
    return tmp_path


def test_registry_address_in_a_lock_is_seen(checkout):
    (checkout / "requirements.lock").write_text("click==8.1\n--index-url https://example.org/simple\n")
    assert check.locks_name_no_registry() == ["requirements.lock:2: --index-url https://example.org/simple"]


def test_requirement_that_is_not_locked_is_seen(checkout):
    (checkout / "requirements.in").write_text("# words\nclick\nPyYAML>=6\n")
    for lock in check.LOCKS:
        (checkout / lock).write_text("click==8.1 \\\n    --hash=sha256:00\n")
    assert check.locks_cover_requirements() == ["requirements.in: PyYAML is not locked (make lock)"]


def test_two_versions_in_two_locks_are_seen(checkout):
    (checkout / "requirements.lock").write_text("click==8.1\n")
    (checkout / "requirements-dev.lock").write_text("click==8.2\n")
    assert len(check.locks_cover_requirements()) == 1


def test_vendored_file_that_changed_is_seen(checkout):
    folder = checkout / "payung/web/static/vendor"
    folder.mkdir(parents=True)
    (folder / "a.js").write_text("1")
    (folder / "SHA256SUMS").write_text(f"{hashlib.sha256(b'1').hexdigest()}  a.js\n")
    assert check.vendored_files() == []
    (folder / "a.js").write_text("2")
    (folder / "b.js").write_text("3")
    assert check.vendored_files() == [
        "vendor/b.js has no checksum",
        "vendor/a.js is not the file that was vendored",
    ]


def test_file_too_large_for_a_repository_is_seen(checkout):
    for name, size in (("list.csv", check.LARGEST_BYTES), ("engine.tar.gz", check.LARGEST_BYTES + 1)):
        (checkout / name).write_bytes(b"0" * size)
    subprocess.run(["git", "init", "-q"], cwd=checkout, check=True)
    subprocess.run(["git", "add", "list.csv", "engine.tar.gz"], cwd=checkout, check=True)
    assert check.large_files() == ["engine.tar.gz has 2 MB"]


def test_a_page_with_the_marks_of_a_merge_is_seen(checkout):
    mark = "<" * 7
    (checkout / "page.html").write_text(f"<p>ours</p>\n{mark} HEAD\n<p>theirs</p>\n", encoding="utf-8")
    (checkout / "fine.html").write_text(f"<p>{mark} HEAD</p>\n", encoding="utf-8")
    subprocess.run(["git", "init", "-q"], cwd=checkout, check=True)
    subprocess.run(["git", "add", "page.html", "fine.html"], cwd=checkout, check=True)
    assert check.marks_of_merges() == ["page.html holds the marks of a merge"]


def test_vendored_folder_without_checksums_is_seen(checkout):
    (checkout / "payung/web/static/vendor").mkdir(parents=True)
    assert check.vendored_files() == ["payung/web/static/vendor has no SHA256SUMS"]
