"""`payung rules explain`, `check` and `list`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from payung.cli.rules import rules

pytestmark = [pytest.mark.django_db, pytest.mark.database]

GIVEN = {"penghasilan_rp": 1000000, "bulan": "2026-11", "sektor": "LAINNYA", "sumber_dana": "CSR"}
SARI = "3324155512900003"


def run(*arguments: str, stdin: str = "") -> Result:
    return CliRunner().invoke(rules, arguments, input=stdin)


def cases_file(tmp_path: Path, total: int) -> str:
    path = tmp_path / "kasus.yaml"
    path.write_text(f"- {{name: harga, rule: iuran_bpu, given: {json.dumps(GIVEN)}, expect: {{total_rp: {total}}}}}")
    return str(path)


def test_explain_answers_with_each_step_and_article_as_json() -> None:
    result = run("explain", "iuran_bpu", "--given", json.dumps(GIVEN), "--json")
    assert result.exit_code == 0, result.output
    explained = json.loads(result.stdout)
    assert explained["answer"]["total_rp"] == 8400
    assert "PP 50/2025 Ps 3-4" in {figure["article"] for step in explained["steps"] for figure in step["figures"]}


def test_explain_shows_people_the_figures_with_their_articles() -> None:
    result = run("explain", "iuran_bpu", "--given", json.dumps(GIVEN | {"sumber_dana": "DBHCHT"}))
    assert "total_rp: 16800" in result.stdout
    assert "Iuran JKM peserta BPU: Rp6.800 sebulan; PP 44/2015; sejak 1 Juli 2015\n" in result.stdout
    assert "perlu konfirmasi" in result.stdout


def test_explain_speaks_english_when_asked() -> None:
    result = run("explain", "iuran_bpu", "--given", json.dumps(GIVEN), "--lang", "en")
    assert "JKM contribution of a BPU participant: Rp6,800 a month; PP 44/2015; since 1 July 2015\n" in result.stdout
    assert "Steps:" in result.stdout


def scenario(tmp_path: Path, text: str) -> str:
    path = tmp_path / "skenario.yaml"
    path.write_text(text)
    return str(path)


def test_a_scenario_answers_what_if_and_is_named(tmp_path: Path) -> None:
    file = scenario(tmp_path, "name: JKM naik\ncards: {iuran_jkm_bpu: [{since: 2026-10, value: 10000}]}")
    people = run("explain", "iuran_bpu", "--given", json.dumps(GIVEN), "--overlay", file)
    assert "Skenario, bukan hukum: JKM naik" in people.stdout
    assert "Rp10.000 sebulan; skenario: JKM naik; sejak 1 Oktober 2026; perlu konfirmasi BPJS" in people.stdout
    data = json.loads(run("explain", "iuran_bpu", "--given", json.dumps(GIVEN), "--overlay", file, "--json").stdout)
    assert (data["overlay"], data["answer"]["jkm_rp"]) == ("JKM naik", 5000)
    assert set(data["steps"][0]["text"]) == {"id", "en"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[", "tidak terbaca"),
        ("name: x", "name dan cards"),
        ("name: 1\ncards: {iuran_jkm_bpu: []}", "nama"),
        ("name: x\ncards: {iuran_jkm: []}", "Mungkin: iuran_jkm_bpu"),
        ("name: x\ncards: {iuran_jkm_bpu: [{value: 1}]}", "iuran_jkm_bpu (nilai ke-1)"),
        ("name: x\ncards: {keringanan_pp_49_2020: [{since: 2026-10, value: 10}]}", "dua rumus berlaku"),
        ("name: x\ncards: {iuran_jkm_bpu: [{since: 2015-07, until: 2015-07, value: 1}]}", ""),
    ],
)
def test_a_scenario_that_cannot_be_used_says_what_to_mend(tmp_path: Path, text: str, says: str) -> None:
    result = run("explain", "iuran_bpu", "--given", json.dumps(GIVEN), "--overlay", scenario(tmp_path, text))
    assert result.exit_code == (2 if says else 0)
    assert says in result.output


def test_a_nik_comes_by_standard_input_and_never_comes_back() -> None:
    given = json.dumps({"nik": SARI, "pada": "2026-11-22"})
    for flags in ((), ("--json",)):
        result = run("explain", "nik", "--given", "-", *flags, stdin=given)
        assert result.exit_code == 0
        assert SARI not in result.output


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("explain", "iuran_pu", "--given", "{}"), "iuran_bpu, "),
        (("explain", "iuran_bpu", "--given", "{}"), "penghasilan_rp: belum diisi"),
        (("explain", "iuran_bpu", "--given", json.dumps(GIVEN | {"sektor": "BECAK"})), "TRANSPORTASI, LAINNYA"),
        (("explain", "iuran_bpu", "--given", json.dumps(GIVEN | {"bulan": "2015-06"})), "sejak 1 Juli 2015"),
        (("explain", "nik", "--given", SARI), "objek JSON"),
        (("explain", "nik", "--given", "{"), "objek JSON"),
        (("check", "tidak-ada.yaml"), "does not exist"),
    ],
)
def test_wrong_use_says_what_to_do(arguments: tuple[str, ...], says: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert says in result.output
    assert SARI not in result.output


def test_cases_that_agree_are_done(tmp_path: Path) -> None:
    result = run("check", cases_file(tmp_path, 8400))
    assert (result.exit_code, result.stdout) == (0, "1 kasus, 1 cocok, 0 berbeda.\n")


def test_a_case_that_differs_is_named_with_both_figures(tmp_path: Path) -> None:
    result = run("check", cases_file(tmp_path, 16800))
    assert result.exit_code == 1
    assert "harga (iuran_bpu): total_rp: diharapkan 16800, aturan menjawab 8400" in result.stdout


def test_differences_come_as_json(tmp_path: Path) -> None:
    result = run("check", cases_file(tmp_path, 16800), "--json")
    assert json.loads(result.stdout) == {
        "cases": 1,
        "differences": [
            {
                "case": "harga",
                "rule": "iuran_bpu",
                "code": "differs",
                "key": "total_rp",
                "expected": 16800,
                "found": 8400,
            }
        ],
    }


def test_a_file_that_holds_no_cases_is_wrong_use(tmp_path: Path) -> None:
    path = tmp_path / "kosong.yaml"
    path.write_text("")
    result = run("check", str(path))
    assert result.exit_code == 2
    assert "name, rule, given, expect" in result.output


def test_list_names_each_rule_with_what_it_asks() -> None:
    assert "masa_iuran           Lama iuran dan peringatan masa tunggu JKM. (bulan, mulai)" in run("list").stdout


def test_diff_says_what_changed_and_by_which_regulation() -> None:
    said = run("diff", "2026-03-31", "2026-04-01").stdout
    assert "1 angka berbeda antara 31 Maret 2026 dan 1 April 2026." in said
    assert "Keringanan iuran BPU di luar transportasi (keringanan_pp_50_2025_lainnya): – → 50 %" in said
    assert "PP 50/2025 Ps 3-4; sejak 1 April 2026 sampai 31 Desember 2026; cnbcindonesia.com" in said


def test_diff_names_the_rows_of_a_table_that_changed() -> None:
    assert "    + CSR perusahaan, ya\n" in run("diff", "2025-12-31", "2026-01-01").stdout
    changed = run("diff", "2019-12-01", "2019-12-02").stdout
    assert "    − 6, 75\n" in changed
    assert "    + 12, 100\n" in changed


def test_diff_of_one_day_finds_nothing_and_comes_as_json() -> None:
    assert "Tidak ada yang berbeda" in run("diff", "2026-04-01", "2026-04-01").stdout
    (change,) = json.loads(run("diff", "2026-03-31", "2026-04-01", "--json").stdout)
    assert (change["old"], change["new"]["value"], change["new"]["confidence"]) == (None, 50, "tinggi")


def test_diff_refuses_what_is_no_day() -> None:
    assert run("diff", "kemarin", "2026-04-01").exit_code == 2


def test_cards_names_every_figure_and_those_that_are_unsure() -> None:
    everything, unsure = (run("cards", "--on", "2026-11-22", *flag).stdout for flag in ((), ("--unsure",)))
    assert "Iuran JKM peserta BPU: Rp6.800 sebulan; PP 44/2015; sejak 1 Juli 2015; diperiksa 22 Nov" in everything
    assert "iuran_jkm_bpu" not in unsure
    assert "masa_tunggu_jkm" in unsure
    assert "lampiran_ii" in unsure, "three of its rows are to be confirmed"
    data = json.loads(run("cards", "--json").stdout)
    assert {"iuran", "jkm", "kepesertaan"} <= {card["programme"] for card in data}
