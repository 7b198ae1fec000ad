"""Files of BPJS built by script: its report of payments by pay code, its participants."""

from collections.abc import Iterable
from datetime import date


def report(rows: Iterable[tuple[str, int | str, date | str]], *, total: int | None = None) -> bytes:
    """Kode iuran, jumlah, tanggal: as a branch exports it."""
    lines = ["Laporan Penerimaan Iuran BPU", "No;Kode Iuran;Nama;Jumlah;Tanggal Bayar"]
    for number, (code, amount, day) in enumerate(rows, start=1):
        text = f"{amount:,}".replace(",", ".") if isinstance(amount, int) else amount
        shown = f"{day:%d/%m/%Y}" if isinstance(day, date) else day
        lines.append(f"{number};{code};Penyetor {number};{text};{shown}")
    if total is not None:
        lines.append(f";JUMLAH;;{total:,};".replace(",", "."))
    return "\n".join(lines).encode()


def participants(rows: Iterable[tuple[str, str, str, str, str]]) -> bytes:
    """KPJ, NIK (mostly masked), name, start, paid through."""
    lines = ["KPJ;NIK;Nama Peserta;TMT;Iuran Sampai", *(";".join(row) for row in rows)]
    return "\n".join(lines).encode()
