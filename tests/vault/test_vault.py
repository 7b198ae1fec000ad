"""Secrets open in their own place and nowhere else."""

import json
import multiprocessing
import os
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.store import files as drawer
from payung.store.files import FileGoneError
from payung.vault import files, keys
from payung.vault.errors import KeysMissingError, SealBrokenError
from payung.vault.seal import blind_index, blind_indexes, seal, unseal

NIK = "3324010203040506"
PLACE = {"table": "registry_worker", "column": "nik_sealed", "public_id": uuid4()}


@pytest.fixture
def home(tmp_path: Path, settings: object) -> Path:
    """A home without keys, and the run's own keys again afterwards."""
    settings.PAYUNG_HOME = tmp_path
    keys.forget_keys()
    yield tmp_path
    keys.forget_keys()


@given(st.text(max_size=200))
def test_a_sealed_text_opens_in_its_place(text: str) -> None:
    assert unseal(seal(text, **PLACE), **PLACE) == text


@pytest.mark.parametrize(
    "elsewhere",
    [{"public_id": uuid4()}, {"column": "kk_sealed"}, {"table": "claims_heir"}],
    ids=["row", "column", "table"],
)
def test_a_value_moved_to_another_row_column_or_table_does_not_open(elsewhere: dict[str, object]) -> None:
    with pytest.raises(SealBrokenError):
        unseal(seal(NIK, **PLACE), **(PLACE | elsewhere))


def test_no_single_bit_can_be_flipped_unseen() -> None:
    sealed = seal(NIK, **PLACE)
    for place in range(len(sealed) * 8):
        altered = bytearray(sealed)
        altered[place // 8] ^= 1 << place % 8
        with pytest.raises(SealBrokenError):
            unseal(bytes(altered), **PLACE)


def test_no_shortened_value_opens() -> None:
    sealed = seal(NIK, **PLACE)
    for length in range(len(sealed)):
        with pytest.raises(SealBrokenError):
            unseal(sealed[:length], **PLACE)


def test_the_same_text_is_sealed_differently_each_time_and_never_in_the_clear() -> None:
    first, second = seal(NIK, **PLACE), seal(NIK, **PLACE)
    assert first != second
    assert NIK.encode() not in first


def test_an_error_never_quotes_the_secret() -> None:
    with pytest.raises(SealBrokenError) as caught:
        unseal(seal(NIK, **PLACE), **(PLACE | {"public_id": uuid4()}))
    assert NIK not in str(caught.value)


def test_equal_secrets_have_equal_indexes_per_purpose_and_key(home: Path) -> None:
    keys.create_keys()
    before = blind_index(NIK)
    assert blind_index(NIK) == before == blind_indexes([NIK])[0]
    assert len(before) == 32
    assert blind_index(NIK, purpose="kk") != before
    keys.key_file().unlink()
    keys.create_keys()
    assert blind_index(NIK) != before


def test_keys_are_made_once_and_for_their_owner_only(home: Path) -> None:
    assert keys.create_keys()
    text = keys.export_keys()
    assert not keys.create_keys()
    assert keys.export_keys() == text
    assert keys.key_file().stat().st_mode & 0o077 == 0
    assert [path.name for path in keys.key_file().parent.iterdir()] == [keys.key_file().name]


def _first_start(home: str, answers: "multiprocessing.Queue[str]", go: "multiprocessing.synchronize.Event") -> None:
    os.environ["PAYUNG_KEYS"] = f"{home}/keys.json"
    keys.forget_keys()
    go.wait()
    keys.create_keys()
    answers.put(blind_index(NIK).hex())


def test_two_processes_that_start_at_once_end_with_the_same_keys(home: Path) -> None:
    context = multiprocessing.get_context("fork")
    answers, go = context.Queue(), context.Event()
    starts = [context.Process(target=_first_start, args=(str(home), answers, go)) for _ in range(6)]
    for start in starts:
        start.start()
    go.set()
    found = {answers.get(timeout=30) for _ in starts}
    for start in starts:
        start.join()
    assert len(found) == 1


def test_exported_keys_open_old_seals_on_another_machine(home: Path) -> None:
    keys.create_keys()
    text, sealed, index = keys.export_keys(), seal(NIK, **PLACE), blind_index(NIK)
    keys.key_file().unlink()
    keys.import_keys(text)
    assert unseal(sealed, **PLACE) == NIK
    assert blind_index(NIK) == index


def test_an_import_never_overwrites_other_keys(home: Path) -> None:
    keys.create_keys()
    text = keys.export_keys()
    keys.key_file().unlink()
    keys.create_keys()
    with pytest.raises(KeysMissingError):
        keys.import_keys(text)
    keys.key_file().unlink()
    keys.import_keys(text)
    keys.import_keys(text)
    assert keys.export_keys() == text


def test_half_a_set_of_keys_is_refused(home: Path) -> None:
    keys.create_keys()
    whole = json.loads(keys.export_keys())
    keys.key_file().unlink()
    for text in (
        "",
        "{}",
        json.dumps(whole | {"index": "AAAA"}),
        json.dumps(whole | {"current": 7}),
        json.dumps(whole | {"roots": {"1": "AAAA"}}),
    ):
        with pytest.raises((ValueError, KeyError)):
            keys.import_keys(text)
    assert not keys.key_file().exists()


def test_without_keys_nothing_is_sealed(home: Path) -> None:
    with pytest.raises(KeysMissingError):
        seal(NIK, **PLACE)


def test_old_keys_open_and_the_newest_seals(home: Path) -> None:
    keys.create_keys()
    sealed = seal(NIK, **PLACE)
    ring = json.loads(keys.export_keys())
    ring["roots"]["2"], ring["current"] = ring["index"], 2
    keys.key_file().write_text(json.dumps(ring))
    keys.forget_keys()
    assert unseal(sealed, **PLACE) == NIK
    assert seal(NIK, **PLACE)[1] == 2


def test_a_kept_file_comes_back_and_lies_sealed_under_a_name_that_tells_nothing(home: Path) -> None:
    keys.create_keys()
    content = f"NIK;NAMA\n{NIK};Sari\n".encode() * 50
    kept = files.keep(content)
    assert files.read(kept.sha256) == content
    assert files.keep(content) == kept
    (blob,) = (path for path in (home / "files").rglob("*") if path.is_file())
    assert blob.name != kept.sha256
    assert NIK.encode() not in blob.read_bytes()


@pytest.mark.parametrize("harm", ["flip", "cut", "short", "swap", "key"])
def test_a_file_that_was_harmed_is_not_given_back(home: Path, harm: str) -> None:
    keys.create_keys()
    kept, other = files.keep(b"the first list"), files.keep(b"the other list")
    path, there = (drawer._path(files._name(found.sha256)) for found in (kept, other))
    blob = path.read_bytes()
    harmed = {
        "flip": blob[:-1] + bytes([blob[-1] ^ 1]),
        "cut": blob[:-5],
        "short": blob[:1],
        "swap": there.read_bytes(),
        "key": bytes([blob[0], 99]) + blob[2:],
    }[harm]
    path.write_bytes(harmed)
    with pytest.raises(FileGoneError):
        files.read(kept.sha256)
