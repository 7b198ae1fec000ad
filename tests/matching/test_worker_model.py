"""The stored model of workers: the same person under another spelling is found, twins and neighbours are left apart."""

import csv

import pyarrow.parquet as pq
import pytest

from payung.matching.fields import read_plan
from payung.matching.model import MODELS, read_model
from payung.matching.on_duckdb import match_files

pytestmark = pytest.mark.filterwarnings("ignore")
HEAD = ("record_id", "nik", "name", "birth_date", "sex", "village", "kecamatan", "mother_name", "phone")
PLACE = ("Kalirejo", "Singorojo")
ROWS = [
    ("sari-1", "3324066503900003", "Hj. Siti Aminah, S.Pd", "1990-03-25", "P", *PLACE, "Suminah", "081234567801"),
    ("sari-2", "3324066503900003", "AMINAH ST.", "1990-03-25", "P", *PLACE, "SUMINAH", ""),
    ("budi-1", "3324061207850001", "Moh. Soeharto", "1985-07-12", "L", *PLACE, "Painem", ""),
    ("budi-2", "", "Muhammad Suharto", "1985-12-07", "L", *PLACE, "Painem", "081234567802"),
    ("twin-1", "3324060902010001", "Hasan Basri", "2001-02-09", "L", *PLACE, "Rukmini", "081234567803"),
    ("twin-2", "3324060902010002", "Husin Basri", "2001-02-09", "L", *PLACE, "Rukmini", "081234567803"),
    ("other", "3324060101700004", "Hasan Basri", "1970-01-01", "L", "Getas", "Patean", "Wagiyem", ""),
]

FIRST = (
    "Agus",
    "Bambang",
    "Dewi",
    "Eko",
    "Fitri",
    "Gunawan",
    "Hendra",
    "Indah",
    "Joko",
    "Kartini",
    "Lestari",
    "Mulyono",
)
LAST = ("Santoso", "Wibowo", "Pratiwi", "Nugroho", "Handayani", "Kurniawan", "Setiawan", "Rahayu", "Purnomo", "Utami")


def strangers():
    """A registry has many people: how rare a name or a village is, the model takes from the table."""
    for i in range(480):
        born = f"{1960 + i % 40}-{1 + i % 12:02}-{1 + i % 28:02}"
        nik = f"3324{i % 20 + 1:02}{born[8:]}{born[5:7]}{born[2:4]}{i + 100:04}"
        mother = f"{LAST[i % 7]} {FIRST[i // 40]}"
        name = f"{FIRST[i % 12]} {LAST[i // 48]}"
        yield (
            f"x{i}",
            nik,
            name,
            born,
            "LP"[i % 2],
            f"Desa {FIRST[i % 11]} {LAST[i % 9]}",
            f"Kecamatan {i % 20}",
            mother,
            "",
        )


def test_another_spelling_is_found_and_twins_are_left_apart(tmp_path):
    with (tmp_path / "workers.csv").open("w", newline="") as out:
        csv.writer(out).writerows([HEAD, *ROWS, *strangers()])
    plan = read_plan(MODELS / "worker.yaml")
    model = read_model(plan.model, plan)
    match_files([tmp_path / "workers.csv"], plan, tmp_path / "pairs.parquet", model=model)
    pairs = pq.read_table(tmp_path / "pairs.parquet").to_pylist()
    assert {frozenset((pair["left"], pair["right"])) for pair in pairs} == {
        frozenset(("sari-1", "sari-2")),
        frozenset(("budi-1", "budi-2")),
    }
    bands = {frozenset((pair["left"], pair["right"])): pair["band"] for pair in pairs}
    assert bands[frozenset(("budi-1", "budi-2"))] == "review", "one has no NIK: a person decides"
    assert {pair["model"] for pair in pairs} == {model.label}
    hidden = [each for pair in pairs for each in pair["evidence"] if each["field"] in ("nik", "phone")]
    assert hidden
    assert all(each["left"] is None and each["right"] is None for each in hidden)
