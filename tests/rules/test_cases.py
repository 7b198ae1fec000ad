"""The runner of worked cases, and the worked cases of the law themselves."""

from pathlib import Path

import pytest

from payung.rules.cases import Case, Difference, DifferenceCode, check_case, check_cases, read_cases
from payung.rules.errors import CasesFileError

LAW = Path(__file__).parents[1] / "data" / "cases.yaml"


def test_every_worked_case_of_the_law_is_answered_as_it_must_be():
    assert check_cases(LAW) == []


def differences(tmp_path: Path, expect: str, given: str = "bulan: 3, mulai: 2026-11") -> list[Difference]:
    path = tmp_path / "cases.yaml"
    path.write_text(f"- {{name: contoh, rule: masa_iuran, given: {{{given}}}, expect: {{{expect}}}}}", encoding="utf-8")
    return check_cases(path)


def test_a_case_that_differs_is_named_with_both_figures(tmp_path):
    assert differences(tmp_path, "bulan_tunggu: 4") == [
        Difference("contoh", "masa_iuran", DifferenceCode.DIFFERS, "bulan_tunggu", 4, 3)
    ]


@pytest.mark.parametrize(
    ("expect", "given", "code"),
    [
        ("bulan_tungu: 3", "bulan: 3, mulai: 2026-11", DifferenceCode.NO_SUCH_KEY),
        ("peringatan: 1", "bulan: 3, mulai: 2026-11", DifferenceCode.DIFFERS),
        ("bulan_tunggu: 3", "bulan: 3", DifferenceCode.REFUSED),
        ("refused: given", "bulan: 3, mulai: 2026-11", DifferenceCode.NOT_REFUSED),
        ("refused: before-the-law", "bulan: 0, mulai: 2026-11", DifferenceCode.REFUSED),
    ],
)
def test_each_way_to_differ_has_its_code(tmp_path, expect, given, code):
    assert [found.code for found in differences(tmp_path, expect, given)] == [code]


@pytest.mark.parametrize("text", ["", "a: 1", "- 1", "- {name: x}", "- {name: x", "[]", "\x00"])
def test_a_file_that_holds_no_cases_is_refused(tmp_path, text):
    path = tmp_path / "cases.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CasesFileError, match=r"cases\.yaml"):
        read_cases(path)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CasesFileError):
        read_cases(tmp_path / "nowhere.yaml")


def test_a_faulty_case_is_named_by_its_place(tmp_path):
    path = tmp_path / "cases.yaml"
    path.write_text("- {name: a, rule: nik, given: {}, expect: {}}\n- 1", encoding="utf-8")
    with pytest.raises(CasesFileError, match="case 2"):
        read_cases(path)


def test_a_case_of_a_rule_that_is_not_there_is_named():
    case = Case("contoh", "no_such_rule", {}, {}, "", "")
    (difference,) = check_case(case)
    assert difference.as_dict() == {
        "case": "contoh",
        "rule": "no_such_rule",
        "code": "unknown-rule",
        "key": "",
        "expected": None,
        "found": None,
    }
