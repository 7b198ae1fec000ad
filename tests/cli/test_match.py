"""`payung match`, as somebody types it: real files, what the answer says, and what is said of wrong use."""

import csv
import importlib.util
import json
import shutil

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from payung.cli.main import Commands
from payung.cli.match import match

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.filterwarnings("ignore")]
PAYUNG = Commands("payung")  # as `payung`, without making a database first
GIVEN = ("sari", "budi", "joko", "rina", "dewi", "agus", "tono", "wulan", "ratna", "bayu")
FAMILY = ("wijaya", "santoso", "lestari", "prabowo", "kusuma", "hartono", "saputra", "nugroho")
HEAD = ("kode", "nama", "lahir", "desa")
FIELDS = """
id: kode
fields:
  name: {kind: person, column: nama}
  born: {kind: date, column: lahir}
  village: {kind: text, column: desa}
"""


def person(i: int) -> list[str]:
    return [
        f"p{i}",
        f"{GIVEN[i % 10]} {FAMILY[i // 10]}",
        f"19{60 + i % 37}-{1 + i % 12:02}-{1 + i % 28:02}",
        f"desa {i % 13}",
    ]


def written(file, rows, head=HEAD):
    with file.open("w", newline="") as out:
        csv.writer(out).writerows([head, *rows])
    return str(file)


@pytest.fixture
def people(tmp_path):
    """Eighty people; eight of them stand in the list twice."""
    rows = [person(i) for i in range(80)]
    return written(tmp_path / "people.csv", [*rows, *([f"c{i}", *rows[i][1:]] for i in range(0, 80, 10))])


@pytest.fixture
def run(tmp_path):
    """`run(people)`: the command over these files, with FIELDS.yaml and --out in place."""
    (tmp_path / "FIELDS.yaml").write_text(FIELDS)

    def one(*words: str, fields: str = str(tmp_path / "FIELDS.yaml"), command=match) -> Result:
        asked = [*words, "--fields", fields, "--out", str(tmp_path / "pairs.parquet")]
        return CliRunner().invoke(command, ["match", *asked] if command is PAYUNG else asked)

    return one


DOUBLES = {frozenset((f"p{i}", f"c{i}")) for i in range(0, 80, 10)}


def pairs_in(file):
    return {frozenset((pair["left"], pair["right"])) for pair in pq.read_table(file).to_pylist()}


def test_doubles_of_a_list_are_written_and_counted(run, people, tmp_path):
    done = run(people, "--json", "--save-model", str(tmp_path / "model.json"))
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert pairs_in(told["out"]) == DOUBLES
    assert told["pairs"] == told["auto"] + told["review"] == 8
    assert json.loads((tmp_path / "model.json").read_text())["version"] in told["model"]


def test_a_stored_model_gives_the_same_pairs_again(run, people, tmp_path):
    model = str(tmp_path / "model.json")
    assert run(people, "--save-model", model).exit_code == 0
    done = run(people, "--model", model)
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("8 pasangan")
    assert pairs_in(tmp_path / "pairs.parquet") == DOUBLES


def test_people_of_one_list_are_found_in_another_format(run, people, tmp_path):
    rows = [person(i) for i in range(40)]
    table = pa.table({name: [row[place] for row in rows] for place, name in enumerate(HEAD)})
    pq.write_table(table, tmp_path / "other.parquet")
    written(tmp_path / "first.csv", [[f"a{i}", *person(i)[1:]] for i in range(80)])
    done = run(str(tmp_path / "first.csv"), str(tmp_path / "other.parquet"))
    assert done.exit_code == 0, done.output
    assert pairs_in(tmp_path / "pairs.parquet") == {frozenset((f"a{i}", f"p{i}")) for i in range(40)}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ("fields: {name: {kind: person, column: nama}", "FIELDS.yaml cannot be read as YAML"),
        ("id: kode", "`fields:` must name at least one field"),
        ("fields: {name: {kind: nama}}", "field name: kind must be one of"),
        ("fields: {name: {kind: person, colum: nama}}", "colum is not known"),
        (
            "id: kode\nfields: {name: {kind: person, column: alias}}",
            "people.csv has no column alias; it has desa, kode",
        ),
        ("id: nomor\nfields: {nama: person}", "people.csv has no column nomor"),
        ("id: desa\nfields: {nama: person}", "people.csv: the column of `id` names some records twice"),
        ("id: kode\nfields: {nama: person}\nmodel: none.json", "none.json is not a model"),
        ("id: kode\nblocking: [agama]\nfields: {nama: person}", "blocking: agama is not known"),
    ],
)
def test_what_is_wrong_in_the_fields_is_named(run, people, tmp_path, fields, said):
    (tmp_path / "FIELDS.yaml").write_text(fields)
    done = run(people)
    assert done.exit_code == 2, done.output
    assert said in done.stderr
    assert "Traceback" not in done.output
    assert not (tmp_path / "pairs.parquet").exists()


def test_a_model_of_other_fields_is_refused(run, people, tmp_path):
    model = str(tmp_path / "model.json")
    assert run(people, "--save-model", model).exit_code == 0
    (tmp_path / "FIELDS.yaml").write_text(FIELDS.replace("kind: text", "kind: category"))
    done = run(people, "--model", model)
    assert (done.exit_code, "was made for other fields than these" in done.stderr) == (2, True)


def test_fields_that_are_not_there_are_wrong_use(run, people, tmp_path):
    done = run(people, fields=str(tmp_path / "none.yaml"))
    assert done.exit_code == 2
    assert "none.yaml cannot be read" in done.stderr


def test_a_file_that_is_no_table_is_wrong_use(run, tmp_path):
    (tmp_path / "people.parquet").write_bytes(b"PAR1 not really")
    done = run(str(tmp_path / "people.parquet"))
    assert done.exit_code == 2
    assert "people.parquet cannot be read: it must be Parquet, or CSV with a line of headings" in done.stderr


def test_an_empty_list_is_wrong_use(run, tmp_path):
    done = run(written(tmp_path / "empty.csv", []))
    assert (done.exit_code, "empty.csv has no rows" in done.stderr) == (2, True), done.output


def test_one_person_alone_has_nobody_to_be_compared_with(run, tmp_path):
    done = run(written(tmp_path / "one.csv", [person(1)]))
    assert (done.exit_code, "no two records share any blocking key" in done.stderr) == (2, True), done.output


def test_a_file_that_is_not_there_is_wrong_use(run, tmp_path):
    assert run(str(tmp_path / "nobody.csv")).exit_code == 2


def test_three_files_are_wrong_use(run, people):
    done = run(people, people, people)
    assert (done.exit_code, "Paling banyak dua FILE" in done.stderr) == (2, True)


def test_a_folder_is_for_spark_alone(run, tmp_path):
    (tmp_path / "parts").mkdir()
    done = run(str(tmp_path / "parts"))
    assert (done.exit_code, "hanya --engine spark" in done.stderr) == (2, True)


def test_spark_asks_for_a_model_that_is_ready(run, people):
    done = run(people, "--engine", "spark", command=PAYUNG)
    assert (done.exit_code, "--save-model MODEL.json" in done.stderr) == (2, True), done.output


@pytest.mark.skipif(importlib.util.find_spec("pyspark") is not None, reason="pyspark is installed here")
def test_where_spark_is_not_installed_it_is_said_how(run, people):
    done = run(people, "--engine", "spark", fields="worker", command=PAYUNG)
    assert (done.exit_code, "requirements-spark.in" in done.stderr) == (2, True), done.output


@pytest.mark.skipif(
    importlib.util.find_spec("pyspark") is None or shutil.which("java") is None,
    reason="Spark needs pyspark (requirements-spark.in) and Java",
)
def test_spark_gives_the_same_pairs_from_a_folder_of_parquet(run, people, tmp_path):
    model = str(tmp_path / "model.json")
    assert run(people, "--save-model", model).exit_code == 0
    (tmp_path / "parts").mkdir()
    with (tmp_path / "people.csv").open() as file:
        rows = list(csv.reader(file))[1:]
    for place in range(2):
        half = rows[place::2]
        table = pa.table({name: [row[at] for row in half] for at, name in enumerate(HEAD)})
        pq.write_table(table, tmp_path / "parts" / f"part-{place}.parquet")
    done = run(
        str(tmp_path / "parts"), "--model", model, "--engine", "spark", "--master", "local[1]", "--json", command=PAYUNG
    )
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout.splitlines()[-1])["pairs"] == 8
    assert pairs_in(tmp_path / "pairs.parquet") == DOUBLES
