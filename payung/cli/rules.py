"""`payung rules`: ask the law, and hold it against worked cases."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from payung.access.permissions import Permission
from payung.cli.session import FAILED, Session, WrongUseError, with_session
from payung.rules.book import RULES, rule_named
from payung.rules.cases import Case, Difference, DifferenceCode, check_case, read_cases
from payung.rules.errors import (
    AfterTheLawError,
    BeforeTheLawError,
    CasesFileError,
    Expected,
    GivenError,
    RuleError,
    UnknownRuleError,
)
from payung.rules.explain import Explanation, explain
from payung.rules.plain import plain
from payung.rules.steps import Figure, Step

_EXPECTED = {
    Expected.WHOLE_NUMBER: "isi bilangan bulat tanpa titik, misalnya 1000000",
    Expected.TRUTH: "isi true atau false",
    Expected.TEXT: "isi teks dalam tanda kutip",
    Expected.DAY: 'isi tanggal, misalnya "2026-11-22"',
    Expected.MONTH: 'isi bulan, misalnya "2026-11"',
    Expected.MOMENT: 'isi waktu dengan zonanya, misalnya "2026-11-20T08:00+07:00"',
    Expected.LIST: "isi daftar dalam kurung siku",
    Expected.FIELDS: "isi objek JSON dengan kunci",
    Expected.CHOICE: "pilih salah satu",
    Expected.TO_BE_GIVEN: "belum diisi",
    Expected.KNOWN_KEY: "tidak dikenal aturan ini; yang dikenal",
    Expected.ZERO_OR_MORE: "isi nol atau lebih",
    Expected.ONE_OR_MORE: "isi satu atau lebih",
    Expected.NOT_AFTER_REGISTRATION: "isi tanggal yang tidak sesudah tanggal mendaftar",
}
_DIFFERENT = {
    DifferenceCode.DIFFERS: "{key}: diharapkan {expected}, aturan menjawab {found}",
    DifferenceCode.NO_SUCH_KEY: "{key}: aturan tidak menjawab ini",
    DifferenceCode.REFUSED: "aturan menolak ({found}); diharapkan {expected}",
    DifferenceCode.NOT_REFUSED: "aturan menjawab; diharapkan menolak ({expected})",
    DifferenceCode.UNKNOWN_RULE: "aturan ini belum ada",
}


@click.group()
def rules() -> None:
    """Hukum: tanya satu aturan, atau periksa contoh kasus."""


@rules.command("list")
@with_session
def list_(session: Session) -> None:
    """Sebutkan semua aturan dengan isian yang dimintanya."""
    data = [
        {"rule": rule.name, "title": rule.title, "keys": [key.name for key in rule.keys]} for rule in RULES.values()
    ]
    text = "\n".join(f"{rule['rule']:<20} {rule['title']} ({', '.join(rule['keys'])})" for rule in data)
    session.answer(data, text)


@rules.command("explain")
@click.argument("name")
@click.option("--given", required=True, metavar="JSON", help="Isian aturan; - membacanya dari masukan standar.")
@with_session
def explain_(session: Session, name: str, given: str) -> None:
    """Jawab satu aturan, dengan setiap langkah, angka, dan pasalnya.

    Contoh: payung rules explain iuran_bpu --given '{"penghasilan_rp": 1000000, "bulan": "2026-11", "sektor": "LAINNYA",
    "sumber_dana": "CSR"}'

    Untuk NIK pakailah --given - agar tidak tersimpan dalam riwayat terminal.
    """
    try:
        explained = explain(name, _given(sys.stdin.read() if given == "-" else given))
    except RuleError as error:
        raise WrongUseError(_refusal(error)) from error
    session.answer(explained.as_dict(), _explanation(explained))


@rules.command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_session
def check(session: Session, file: Path) -> None:
    """Jalankan contoh kasus dalam FILE (YAML) dan sebutkan setiap kasus yang berbeda.

    Kode keluar 1 bila ada yang berbeda atau memakai aturan yang belum ada.
    """
    try:
        cases = read_cases(file)
    except CasesFileError as error:
        raise WrongUseError(f"{error}. FILE harus berisi daftar kasus: name, rule, given, expect.") from error
    different = [difference for case in cases for difference in check_case(case)]
    data = {"cases": len(cases), "differences": [difference.as_dict() for difference in different]}
    session.answer(data, _report(cases, different))
    if different:
        sys.exit(FAILED)


def _given(text: str) -> Mapping[str, Any]:
    """Read the JSON; its text is never repeated, for it may hold a NIK."""
    try:
        given = json.loads(text)
    except json.JSONDecodeError:
        given = None
    if not isinstance(given, dict):
        raise WrongUseError('--given harus objek JSON, misalnya {"bulan": 3, "mulai": "2026-11"}.')
    return given


def _refusal(error: RuleError) -> str:
    match error:
        case UnknownRuleError():
            return f"Tidak ada aturan {error.name}. Yang ada: {', '.join(error.known)}."
        case GivenError():
            return f"{error.key}: {_EXPECTED[error.expected]} {', '.join(error.choices)}".rstrip() + "."
        case BeforeTheLawError():
            return f"Belum ada hukumnya pada {error.day}; yang pertama berlaku sejak {error.first}."
        case AfterTheLawError():
            return f"Tidak ada hukum yang berlaku pada {error.day} ({error.card})."
        case _:
            return str(error)


def _explanation(explained: Explanation) -> str:
    answer = explained.ruling.answer()
    lines = [rule_named(explained.rule).title]
    lines += [f"  {key}: {_shown(value)}" for key, value in answer.items()]
    lines.append("Langkah:")
    for number, step in enumerate(explained.ruling.steps, start=1):
        lines += [f"  {number}. {_step(step)}", *(f"       {_figure(figure)}" for figure in step.figures)]
    return "\n".join(lines)


def _step(step: Step[Any]) -> str:
    formula = f"  [{step.formula}]" if step.formula else ""
    return f"{step.code} = {_shown(plain(step.result))}{formula}"


def _figure(figure: Figure) -> str:
    until = f" sampai {figure.until}" if figure.until else ""
    since = f"sejak {figure.since}{until}" + ("" if figure.since_exact else " (hari belum pasti)")
    return (
        f"{figure.card} = {_shown(plain(figure.value))} {figure.unit}; {figure.article}; {since}; {figure.confidence}"
    )


def _shown(value: Any) -> str:
    return (
        json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list, bool)) or value is None else str(value)
    )


def _report(cases: list[Case], different: list[Difference]) -> str:
    names = {difference.case for difference in different}
    lines = [
        f"{found.case} ({found.rule}): {_DIFFERENT[found.code].format_map(found.as_dict())}" for found in different
    ]
    lines.append(f"{len(cases)} kasus, {len(cases) - len(names)} cocok, {len(names)} berbeda.")
    return "\n".join(lines)


for _command in (list_, explain_, check):
    _command.payung_door = Permission.PUBLIC  # type: ignore[attr-defined]
commands: list[click.Command] = [rules]
