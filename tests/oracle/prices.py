"""What a month costs by the law, as the model knows it: band, flat sum, and the half of PP 50/2025."""

from datetime import date

PUBLIC_BUDGETS = {"APBN", "APBD", "DBHCHT"}
RELIEF = {"TRANSPORTASI": (2026 * 12, 2027 * 12 + 2), "LAINNYA": (2026 * 12 + 3, 2026 * 12 + 11)}


def month_of(day: date) -> int:
    return day.year * 12 + day.month - 1


def price(month: int, sector: str, funds: str, dasar: int) -> tuple[int, int]:
    """JKK and JKM of one month in rupiah."""
    half = funds not in PUBLIC_BUDGETS and RELIEF[sector][0] <= month <= RELIEF[sector][1]
    jkk, jkm = dasar // 100, 6800
    return (jkk // 2, jkm // 2) if half else (jkk, jkm)
