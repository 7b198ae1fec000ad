"""From files to pairs on small tables: what is found, what the file holds, what is said of a wrong request."""

import csv

import pyarrow.parquet as pq
import pytest

from payung.matching.errors import FieldsFileError
from payung.matching.fields import read_plan
from payung.matching.model import read_model
from payung.matching.on_duckdb import match_files

pytestmark = pytest.mark.filterwarnings("ignore")

GIVEN = ("sari", "budi", "joko", "rina", "dewi", "agus", "tono", "wulan", "ratna", "bayu")
FAMILY = ("wijaya", "santoso", "lestari", "prabowo", "kusuma", "hartono", "saputra", "nugroho")
FIELDS = """
id: 'no'
fields:
  given: {kind: name, swaps_with: family}
  family: {kind: name, swaps_with: given}
  born: date
  town: text
  code: code
"""


def _person(i):
    born = f"19{60 + i % 37}-{1 + i % 12:02}-{1 + i % 28:02}"
    return [f"p{i}", GIVEN[i % 10], FAMILY[i // 10], born, f"desa {i % 13}", f"{i * 7919 % 99991:05}"]


@pytest.fixture
def table(tmp_path):
    """Eighty people, and eight of them a second time with a slip each."""
    rows = [_person(i) for i in range(80)]
    copies = [[f"c{i}", *rows[i][1:]] for i in range(0, 80, 10)]
    for copy in copies[:4]:
        copy[1], copy[2] = copy[2], copy[1]
    for copy in copies[4:]:
        copy[5] = copy[5][:-1] + "x"
    file = tmp_path / "people.csv"
    with file.open("w", newline="") as out:
        csv.writer(out).writerows([["no", "given", "family", "born", "town", "code"], *rows, *copies])
    return file


def matched(table, fields=FIELDS):
    (table.parent / "fields.yaml").write_text(fields)
    plan, out = read_plan(table.parent / "fields.yaml"), table.parent / "pairs.parquet"
    answer, model = match_files([table], plan, out)
    return plan, answer, model, pq.read_table(out).to_pylist()


def test_copies_are_found_with_their_evidence(table):
    plan, answer, model, pairs = matched(table)
    assert {frozenset((pair["left"], pair["right"])) for pair in pairs} == {
        frozenset((f"p{i}", f"c{i}")) for i in range(0, 80, 10)
    }
    assert answer.pairs == answer.auto + answer.review == len(pairs)
    swapped = next(pair for pair in pairs if "c0" in (pair["left"], pair["right"]))
    evidence = {each["field"]: each for each in swapped["evidence"]}
    assert evidence["given"]["level"] == "in the other field"
    assert {evidence["given"]["left"], evidence["given"]["right"]} == {"sari", "wijaya"}
    assert {pair["model"] for pair in pairs} == {model.label}
    model.write(table.parent / "model.json")
    assert read_model(table.parent / "model.json", plan).label == model.label


def test_a_column_that_is_not_there_is_named(table):
    with pytest.raises(FieldsFileError, match="colour"):
        matched(table, "fields:\n  colour: category\n")


def test_an_id_that_stands_twice_is_refused(table):
    with pytest.raises(FieldsFileError, match="twice"):
        matched(table, FIELDS.replace("id: 'no'", "id: town"))
