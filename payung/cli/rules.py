"""`payung rules`: ask the law, and hold it against worked cases."""

import json
import sys
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from payung.access.permissions import Permission
from payung.cli.session import FAILED, Session, WrongUseError, with_session
from payung.rules.book import RULES
from payung.rules.cards import Card, DatedValue
from payung.rules.cases import Case, Difference, DifferenceCode, check_case, read_cases
from payung.rules.diff import Change, changes_between
from payung.rules.errors import CasesFileError, RuleError
from payung.rules.explain import Explanation, explain
from payung.rules.labels import cell_text, label
from payung.rules.legal_basis import CARDS_OF
from payung.rules.overlay import read_overlay
from payung.rules.plain import plain
from payung.rules.refusals import refusal
from payung.rules.steps import Figure
from payung.rules.telling import is_unsure, tell, tell_figure, tell_value
from payung.rules.writing import Language, written

_DIFFERENT = {
    DifferenceCode.DIFFERS: "{key}: diharapkan {expected}, aturan menjawab {found}",
    DifferenceCode.NO_SUCH_KEY: "{key}: aturan tidak menjawab ini",
    DifferenceCode.REFUSED: "aturan menolak ({found}); diharapkan {expected}",
    DifferenceCode.NOT_REFUSED: "aturan menjawab; diharapkan menolak ({expected})",
    DifferenceCode.UNKNOWN_RULE: "aturan ini belum ada",
}
_WORDS = {
    "scenario": {Language.ID: "Skenario, bukan hukum", Language.EN: "A scenario, not the law"},
    "steps": {Language.ID: "Langkah", Language.EN: "Steps"},
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
@click.option(
    "--lang",
    type=click.Choice([each.value for each in Language]),
    default=Language.ID.value,
    help="Bahasa kalimatnya (bawaan: id).",
)
@click.option(
    "--overlay",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Skenario (YAML): bagaimana bila angka-angka ini lain.",
)
@with_session
def explain_(session: Session, name: str, given: str, lang: str, overlay: Path | None) -> None:
    """Jawab satu aturan, dengan setiap langkah, angka, dan pasalnya.

    Contoh: payung rules explain iuran_bpu --given '{"penghasilan_rp": 1000000, "bulan": "2026-11", "sektor": "LAINNYA",
    "sumber_dana": "CSR"}'

    Untuk NIK pakailah --given - agar tidak tersimpan dalam riwayat terminal.
    """
    try:
        asked = _given(sys.stdin.read() if given == "-" else given)
        explained = explain(name, asked, overlay=read_overlay(overlay) if overlay else None)
    except RuleError as error:
        raise WrongUseError(refusal(error)) from error
    session.answer(explained.as_dict(), _explanation(explained, Language(lang)))


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


@rules.command("diff")
@click.argument("day1", type=click.DateTime(["%Y-%m-%d"]))
@click.argument("day2", type=click.DateTime(["%Y-%m-%d"]))
@with_session
def diff(session: Session, day1: datetime, day2: datetime) -> None:
    """Sebutkan setiap angka hukum yang lain pada DAY2 daripada pada DAY1, dan peraturannya.

    Contoh: payung rules diff 2026-03-31 2026-04-01
    """
    changes = changes_between(day1.date(), day2.date())
    session.answer([change.as_dict() for change in changes], _changes(changes, day1.date(), day2.date()))


@rules.command("cards")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Nilai pada hari ini (bawaan: hari ini).")
@click.option("--unsure", is_flag=True, help="Hanya angka yang belum pasti.")
@with_session
def cards(session: Session, on: datetime | None, unsure: bool) -> None:
    """Sebutkan setiap angka hukum dengan nilainya, pasalnya, dan kapan terakhir diperiksa."""
    day = on.date() if on else session.clock.today()
    held = [
        (programme, card, card.find(day))
        for programme, cards_of in CARDS_OF.items()
        for card in cards_of.values()
        if not unsure or is_unsure(card.find(day))
    ]
    data = [
        {"card": card.name, "programme": programme, "name": {"id": card.name_id, "en": card.name_en},
         "last_checked_on": card.last_checked_on.isoformat(), "value": plain(value.figure()) if value else None}
        for programme, card, value in held
    ]  # fmt: skip
    session.answer(data, "\n".join(_card(card, value) for _, card, value in held))


def _card(card: Card[Any], value: DatedValue[Any] | None) -> str:
    told = _figure(value.figure(), Language.ID) if value else f"{card.name_id}: tidak ada pada hari itu"
    return f"{card.name:<40} {told}; diperiksa {written(card.last_checked_on, '', Language.ID)}"


def _changes(changes: list[Change], first: date, second: date) -> str:
    days = f"{written(first, '', Language.ID)} dan {written(second, '', Language.ID)}"
    lines = [f"{len(changes)} angka berbeda antara {days}." if changes else f"Tidak ada yang berbeda antara {days}."]
    for change in changes:
        sides = " → ".join(tell_value(side, Language.ID) for side in (change.old, change.new))
        lines += [f"{change.card.name_id} ({change.card.name}): {sides}", *(f"    {row}" for row in _rows(change))]
        told = tell_figure(change.by.figure(), Language.ID)
        parts = (told.article, told.days, change.by.origin.source, told.mark)
        lines.append(f"    {'; '.join(part for part in parts if part)}")
    return "\n".join(lines)


def _rows(change: Change) -> list[str]:
    if change.rows is None:
        return []
    return [
        f"{sign} {', '.join(cell_text(name, cell, Language.ID) for name, cell in zip(table.columns, row, strict=True))}"
        for sign, table in zip("−+", change.rows, strict=True)
        for row in table.rows
    ]


def _given(text: str) -> Mapping[str, Any]:
    """Read the JSON; its text is never repeated, for it may hold a NIK."""
    try:
        given = json.loads(text)
    except json.JSONDecodeError:
        given = None
    if not isinstance(given, dict):
        raise WrongUseError('--given harus objek JSON, misalnya {"bulan": 3, "mulai": "2026-11"}.')
    return given


def _explanation(explained: Explanation, language: Language) -> str:
    answer = explained.ruling.answer()
    lines = [label("rules", explained.rule, language)]
    if explained.overlay:
        lines.append(f"{_WORDS['scenario'][language]}: {explained.overlay}")
    lines += [f"  {key}: {_shown(value)}" for key, value in answer.items()]
    lines.append(f"{_WORDS['steps'][language]}:")
    for number, step in enumerate(tell(explained.ruling.steps, language), start=1):
        lines += [f"  {number}. {step.sentence}", *(f"       {_figure(figure, language)}" for figure in step.figures)]
    return "\n".join(lines)


def _figure(figure: Figure, language: Language) -> str:
    told = tell_figure(figure, language)
    return "; ".join(part for part in (f"{told.name}: {told.value}", told.article, told.days, told.mark) if part)


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


for _command in (list_, explain_, check, diff, cards):
    _command.payung_door = Permission.PUBLIC  # type: ignore[attr-defined]
commands: list[click.Command] = [rules]
