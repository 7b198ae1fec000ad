"""`payung intake`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from payung.cli.intake import intake
from payung.cli.users import user
from payung.intake.models import StagedRow, Upload
from payung.registry.models import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("kendal")]

LISTS = Path(__file__).parent.parent / "data" / "lists"
MAJU = str(LISTS / "usulan-pt-maju.xlsx")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(intake, list(arguments))


def data(result: Result) -> dict:
    return json.loads(result.stdout.strip().splitlines()[-1])


def test_a_list_with_faults_prints_every_fate_and_exits_three(pt_maju):
    result = run(MAJU, "--sponsor", "PTMAJU", "--json")
    assert result.exit_code == 3
    answers = json.loads(Path(f"{MAJU}.answers.json").read_text())
    assert [(row["row"], row["fate"]) for row in data(result)["rows"]] == [(a["row"], a["fate"]) for a in answers]
    assert data(result)["counts"]["total"] == 250


def test_one_fault_over_many_rows_is_one_line_with_its_rows(pt_maju, tmp_path):
    people = "".join(f"332415650190001,Sari {letter},25-01-1990,P,Pekauman,Kendal\n" for letter in "abcd")
    file = tmp_path / "daftar.csv"
    file.write_text("NIK,Nama,Tanggal Lahir,L/P,Desa,Kecamatan\n" + people)
    lines = [line for line in run(str(file), "--sponsor", "PTMAJU").stdout.splitlines() if "baris 2-5" in line]
    assert len(lines) == 1
    assert "NIK tinggal 15 angka" in lines[0]
    assert "Jangan menambah angka nol" in lines[0]


def test_the_same_file_again_says_that_nothing_changed(pt_maju):
    run(MAJU, "--sponsor", "PTMAJU")
    assert "tidak ada yang berubah" in run(MAJU, "--sponsor", "PTMAJU").stdout
    assert Upload.objects.count() == 1
    assert StagedRow.objects.count() == 250


def test_an_approver_who_may_not_upload_applies_what_was_staged(pt_maju):
    CliRunner().invoke(user, ["add", "wulan@kendal.example", "--name", "Wulan", "--role", "penyetuju_dinas"])
    run(MAJU, "--sponsor", "PTMAJU")
    result = run(MAJU, "--sponsor", "PTMAJU", "--apply", "--as", "wulan@kendal.example", "--json")
    assert data(result)["applied"] == {"registered": 219, "enrolled": 219, "standing": 0, "refused": {}}
    assert Worker.objects.count() == 219


def test_an_unknown_sponsor_is_wrong_use_and_says_how_to_go_on():
    result = run(MAJU, "--sponsor", "NIHIL")
    assert result.exit_code == 2
    assert "payung sponsor add NIHIL" in result.output


def test_a_missing_file_is_wrong_use_and_nothing_is_kept(pt_maju):
    result = run("tiada.xlsx", "--sponsor", "PTMAJU")
    assert result.exit_code == 2
    assert "tidak dapat dibaca" in result.output
    assert Upload.objects.count() == 0


@pytest.mark.parametrize(("content", "said"), [(b"", "kosong"), (b"%PDF-1.7 daftar", "PDF")])
def test_a_wrong_file_is_refused_in_words_that_help(pt_maju, tmp_path, content, said):
    file = tmp_path / "daftar.xlsx"
    file.write_bytes(content)
    result = run(str(file), "--sponsor", "PTMAJU", "--json")
    assert result.exit_code == 3
    assert said in " ".join(data(result)["messages"])
