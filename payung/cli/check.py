"""`payung check`: everything that must always hold, held against the data."""

import sys
from typing import Any

import click

from payung.access.permissions import Permission
from payung.cli.session import FAILED, Session, WrongUseError, with_session
from payung.coverage.recomputed import recompute
from payung.watch.invariants import INVARIANTS, SHOWN_ROWS, Checked, check_each
from payung.watch.texts import STATES, TITLES

PARTS = {
    "balances": "saldo penyandang, pemberitahuan dan pembayaran",
    "coverage": "bulan terlindungi",
    "dashboards": "hitungan perlindungan (lain: belum dihitung sejak catatan terbaru)",
}


@click.command()
@click.option("--only", multiple=True, metavar="I-2", help="Hanya yang bernomor ini; boleh lebih dari satu.")
@click.option("--hash", "hashed", is_flag=True, help="Hitung ulang dari buku dan sebutkan SHA-256 tiap bagian.")
@with_session
def check(session: Session, only: tuple[str, ...], *, hashed: bool) -> None:
    """Periksa semua yang harus selalu berlaku, dan sebutkan baris yang melanggarnya.

    Setiap nomor dijawab begitu selesai. Kode keluar 1 bila ada pelanggaran. Aman dijalankan kapan saja: tidak ada
    yang diubah.
    """
    session.viewer.require(Permission.LEDGER_CHECK)
    if hashed:
        _hashes(session)
        return
    done = []
    for checked in check_each(_asked(only)):
        done.append(checked)
        if not session.as_json:
            click.echo("\n".join(_lines(checked)))
    found = [violation for checked in done for violation in checked.violations]
    if session.as_json:
        session.answer(_data(done), "")
    if found:
        sys.exit(FAILED)


def _asked(only: tuple[str, ...]) -> frozenset[str]:
    numbers = frozenset(number.upper() for number in only)
    strange = sorted(numbers - INVARIANTS.keys())
    if strange:
        raise WrongUseError(f"{', '.join(strange)} tidak dikenal: I-1 sampai I-{len(INVARIANTS)}.")
    return numbers


def _lines(checked: Checked) -> list[str]:
    number = checked.invariant.number
    head = f"{STATES[checked.state]:<12}{number:<6}{TITLES[number]}  ({checked.seconds:.1f} s)"
    rows = [f"{'':12}{one.object_type} {one.object_id} {one.found}".rstrip() for one in checked.violations[:SHOWN_ROWS]]
    left = len(checked.violations) - SHOWN_ROWS
    return [head, *rows, *([f"{'':12}… dan {left} lagi; semuanya dengan --json"] if left > 0 else [])]


def _data(done: list[Checked]) -> dict[str, Any]:
    return {
        "checked": [checked.invariant.number for checked in done if checked.invariant.checkers],
        "unchecked": {checked.invariant.number: checked.state for checked in done if not checked.invariant.checkers},
        "seconds": {checked.invariant.number: round(checked.seconds, 3) for checked in done},
        "violations": [violation.as_dict() for checked in done for violation in checked.violations],
    }


def _hashes(session: Session) -> None:
    """Say the hash of each part as the journal gives it, and whether what stands gives the same bytes."""
    parts = recompute()
    lines = [f"{'SAMA' if part.agrees else 'LAIN':<8}{part.from_journal}  {PARTS[part.name]}" for part in parts]
    data = {
        part.name: {"from_journal": part.from_journal, "standing": part.standing, "agrees": part.agrees}
        for part in parts
    }
    session.answer(data, "\n".join(lines))
    if not all(part.agrees for part in parts):
        sys.exit(FAILED)


check.payung_door = Permission.LEDGER_CHECK  # type: ignore[attr-defined]
commands: list[click.Command] = [check]
