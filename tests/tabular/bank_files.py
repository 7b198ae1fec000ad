"""Bank statements built by script, each with the habits of its bank: the same seven movements in every one."""

from dataclasses import dataclass
from datetime import date
from itertools import accumulate

OPENING = 5_000_000_00


@dataclass(frozen=True)
class Move:
    """One movement: day, sen (money in positive), what the bank writes, its reference."""

    day: date
    sen: int
    told: str
    reference: str = ""


MOVES = (
    Move(date(2026, 11, 2), 2_100_000_00, "SETORAN ASN PEDULI DINAS KESEHATAN", "REF0001"),
    Move(date(2026, 11, 2), 2_100_000_00, "SETORAN ASN PEDULI DINAS PENDIDIKAN", "REF0002"),
    Move(date(2026, 11, 3), 16_800_00, "TRF SUKARELA", "REF0003"),
    Move(date(2026, 11, 10), -3_360_000_00, "BAYAR BPJSTK 900123456789", "REF0004"),
    Move(date(2026, 11, 15), 1_234_567_00, "SETORAN TUNAI", "REF0005"),
    Move(date(2026, 11, 30), -12_500_00, "BIAYA ADM BULANAN", "REF0006"),
    Move(date(2026, 11, 30), 8_000_00, "BUNGA", "REF0007"),
)


def english(sen: int) -> str:
    """1,234,567.00"""
    return f"{abs(sen) // 100:,}.{abs(sen) % 100:02d}"


def indonesian(sen: int) -> str:
    """1.234.567,00"""
    return english(sen).replace(",", " ").replace(".", ",").replace(" ", ".")


def balances(moves: tuple[Move, ...]) -> list[int]:
    """The balance after each movement."""
    return list(accumulate((move.sen for move in moves), initial=OPENING))[1:]


def credit(moves: tuple[Move, ...]) -> int:
    return sum(max(move.sen, 0) for move in moves)


def debit(moves: tuple[Move, ...]) -> int:
    return -sum(min(move.sen, 0) for move in moves)


def bca(moves: tuple[Move, ...] = MOVES) -> bytes:
    """KlikBCA: days without a year and with an apostrophe, CR and DB in a column without a heading, totals below."""
    lines = [
        "No. rekening,:,'0123456789",
        "Nama,:,ASN PEDULI",
        "Periode,:,01/11/2026 - 30/11/2026",
        "Kode Mata Uang,:,IDR",
        "",
        "Tanggal,Keterangan,Cabang,Jumlah,,Saldo",
    ]
    for move, balance in zip(moves, balances(moves), strict=True):
        side = "CR" if move.sen > 0 else "DB"
        lines.append(f'\'{move.day:%d/%m},{move.told},\'0000,"{english(move.sen)}",{side},"{english(balance)}"')
    lines += [
        f'Saldo Awal,:,"{english(OPENING)}"',
        f'Mutasi Kredit,:,"{english(credit(moves))}"',
        f'Mutasi Debet,:,"{english(debit(moves))}"',
        f'Saldo Akhir,:,"{english(OPENING + sum(move.sen for move in moves))}"',
    ]
    return "\r\n".join(lines).encode()


def bca_business(moves: tuple[Move, ...] = MOVES) -> bytes:
    """KlikBCA Bisnis: CR and DB behind the amount."""
    lines = ["Account Number : 0123456789", "Tanggal Transaksi,Keterangan,Cabang,Jumlah,Saldo"]
    for move, balance in zip(moves, balances(moves), strict=True):
        side = "CR" if move.sen > 0 else "DB"
        lines.append(f'{move.day:%d/%m/%Y},{move.told},0000,"{english(move.sen)} {side}","{english(balance)}"')
    return "\n".join(lines).encode()


def mandiri(moves: tuple[Move, ...] = MOVES) -> bytes:
    """Mandiri: the account on each line, two descriptions, zeros as .00, years of two digits."""
    lines = ["Account No,Date,Val. Date,Transaction Code,Description,Description,Reference No.,Debit,Credit,"]
    for move in moves:
        out, into = (english(move.sen), ".00") if move.sen < 0 else (".00", english(move.sen))
        day = f"{move.day:%d/%m/%y}"
        lines.append(f'1350012345678,{day},{day},8501,{move.told},DARI KANTOR,{move.reference},"{out}","{into}",')
    return "\n".join(lines).encode()


def bri(moves: tuple[Move, ...] = MOVES) -> bytes:
    """BRI: semicolons, the time behind the day, debit and credit apart, newest first."""
    lines = ["NO. REKENING;001201000123305", "TANGGAL;TRANSAKSI;DEBET;KREDIT;SALDO"]
    for move, balance in reversed(list(zip(moves, balances(moves), strict=True))):
        out, into = (english(move.sen), "0.00") if move.sen < 0 else ("0.00", english(move.sen))
        lines.append(f"{move.day:%d/%m/%y} 08:15:20;{move.told};{out};{into};{english(balance)}")
    return "\n".join(lines).encode()


def bni(moves: tuple[Move, ...] = MOVES) -> bytes:
    """BNI: one amount, a column DB/CR, days with the month's name."""
    lines = [
        "BNI Direct;;;;;;;",
        "Account No.;0987654321;;;;;;",
        "Posting Date;Effective Date;Branch;Journal;Transaction Description;Amount;DB/CR;Balance",
    ]
    for move, balance in zip(moves, balances(moves), strict=True):
        day, side = f"{move.day:%d-%b-%Y}", "K" if move.sen > 0 else "D"
        lines.append(f"{day};{day};0123;{move.reference};{move.told};{english(move.sen)};{side};{english(balance)}")
    return "\n".join(lines).encode()


def bank_jateng(moves: tuple[Move, ...] = MOVES) -> bytes:
    """Bank Jateng: points for thousands, a tall letterhead, a total below."""
    lines = [
        "BANK JATENG",
        "CABANG KENDAL",
        "REKENING KORAN",
        "Nomor Rekening : 2012345678",
        "Periode : 01-11-2026 s/d 30-11-2026",
        f"Saldo Awal;{indonesian(OPENING)}",
        "",
        "Tgl;Keterangan;No Bukti;Debet;Kredit;Saldo",
    ]
    for move, balance in zip(moves, balances(moves), strict=True):
        out, into = (indonesian(move.sen), "") if move.sen < 0 else ("", indonesian(move.sen))
        lines.append(f"{move.day:%d-%m-%Y};{move.told};{move.reference};{out};{into};{indonesian(balance)}")
    lines += [
        f"Total;;;{indonesian(debit(moves))};{indonesian(credit(moves))};",
        f"Saldo Akhir;{indonesian(OPENING + sum(move.sen for move in moves))}",
    ]
    return "\n".join(lines).encode("cp1252")


def mt940(moves: tuple[Move, ...] = MOVES, *, closing: int | None = None) -> bytes:
    """SWIFT's MT940, one statement."""

    def amount(sen: int) -> str:
        return f"{abs(sen) // 100},{abs(sen) % 100:02d}"

    end = OPENING + sum(move.sen for move in moves) if closing is None else closing
    lines = [":20:STMT261130", ":25:BMRIIDJA/1350012345678", ":28C:00011/001", f":60F:C261101IDR{amount(OPENING)}"]
    for move in moves:
        side = "C" if move.sen > 0 else "D"
        lines.append(f":61:{move.day:%y%m%d%m%d}{side}{amount(move.sen)}NTRF{move.reference or 'NONREF'}//B1")
        lines.append(f":86:{move.told}")
    lines += [f":62F:{'C' if end >= 0 else 'D'}261130IDR{amount(end)}", "-"]
    return "\r\n".join(lines).encode()


BANKS = {
    "bca.csv": bca,
    "bca-bisnis.csv": bca_business,
    "mandiri.csv": mandiri,
    "bri.csv": bri,
    "bni.csv": bni,
    "bank-jateng.csv": bank_jateng,
    "mt940.txt": mt940,
}
