"""Why a rule did not answer, and what to do: the texts of every `RuleError`, in two languages.

A text never repeats what was given, for that may be a NIK.
"""

from collections.abc import Mapping

from payung.rules.errors import (
    AfterTheLawError,
    BeforeTheLawError,
    BeyondTheCalendarError,
    Expected,
    FractionOfRupiahError,
    GivenError,
    OverlayError,
    OverlayFault,
    RuleError,
    TwoFormulasError,
    UnknownRuleError,
)
from payung.rules.legal_basis import CARDS
from payung.rules.writing import Language, written

Pair = Mapping[Language, str]


def _pair(indonesian: str, english: str) -> Pair:
    return {Language.ID: indonesian, Language.EN: english}


EXPECTED: Mapping[Expected, Pair] = {
    Expected.WHOLE_NUMBER: _pair(
        "isi bilangan bulat tanpa titik, misalnya 1000000", "give a whole number without points, such as 1000000"
    ),
    Expected.TRUTH: _pair("isi true atau false", "give true or false"),
    Expected.TEXT: _pair("isi teks dalam tanda kutip", "give a text in quotes"),
    Expected.DAY: _pair('isi tanggal, misalnya "2026-11-22"', 'give a day, such as "2026-11-22"'),
    Expected.MONTH: _pair('isi bulan, misalnya "2026-11"', 'give a month, such as "2026-11"'),
    Expected.MOMENT: _pair(
        'isi waktu dengan zonanya, misalnya "2026-11-20T08:00+07:00"',
        'give a time with its zone, such as "2026-11-20T08:00+07:00"',
    ),
    Expected.LIST: _pair("isi daftar dalam kurung siku", "give a list in brackets"),
    Expected.FIELDS: _pair("isi objek JSON dengan kunci", "give a JSON object with the keys"),
    Expected.CHOICE: _pair("pilih salah satu", "choose one of"),
    Expected.TO_BE_GIVEN: _pair("belum diisi", "is missing"),
    Expected.KNOWN_KEY: _pair(
        "tidak dikenal aturan ini; yang dikenal", "is not known to this rule; these are"
    ),
    Expected.ZERO_OR_MORE: _pair("isi nol atau lebih", "give zero or more"),
    Expected.ONE_OR_MORE: _pair("isi satu atau lebih", "give one or more"),
    Expected.NOT_AFTER_REGISTRATION: _pair(
        "isi tanggal yang tidak sesudah tanggal mendaftar", "give a day not after the day of registration"
    ),
    Expected.NOT_AFTER_PAYING_AGAIN: _pair(
        "isi tanggal yang tidak sesudah tanggal membayar lagi", "give a day not after the day of paying again"
    ),
    Expected.FROM_TO: _pair("isi angka di antara", "give a figure between"),
    Expected.AT_MOST: _pair("terlalu banyak; paling banyak", "too many; at most"),
    Expected.NOT_BEFORE_EVENT: _pair(
        "isi tanggal yang tidak sebelum kejadiannya", "give a day not before the event"
    ),
    Expected.NOT_AFTER_DEATH: _pair(
        "isi tanggal yang tidak sesudah tanggal meninggal", "give a day not after the day of death"
    ),
}  # fmt: skip
OVERLAY: Mapping[OverlayFault, Pair] = {
    OverlayFault.NOT_YAML: _pair("Berkas skenario tidak terbaca sebagai YAML", "The scenario cannot be read as YAML"),
    OverlayFault.SHAPE: _pair(
        "Berkas skenario harus berisi name dan cards saja, dengan sedikitnya satu angka",
        "A scenario holds name and cards, nothing else, and at least one figure",
    ),
    OverlayFault.NAME: _pair(
        "Beri skenario nama pendek dalam name (paling panjang 80 huruf)",
        "Give the scenario a short name (80 letters at most)",
    ),
    OverlayFault.UNKNOWN_CARD: _pair("Tidak ada angka bernama", "There is no figure named"),
    OverlayFault.NO_VALUES: _pair(
        "Isi daftar nilai bertanggal untuk angka", "Give a list of dated values for the figure"
    ),
    OverlayFault.KEYS: _pair(
        "Setiap nilai berisi since, value, dan bila perlu until, lain tidak; pada angka",
        "Each value has since, value and perhaps until, nothing else; in the figure",
    ),
    OverlayFault.DAYS: _pair(
        "since dan until harus tanggal (2027-01-31) atau bulan (2027-01), until tidak sebelum since; pada angka",
        "since and until are days (2027-01-31) or months (2027-01), until not before since; in the figure",
    ),
    OverlayFault.ORDER: _pair(
        "Nilai harus berurutan menurut since dan tidak bertumpuk; pada angka",
        "Values stand in the order of since and do not overlap; in the figure",
    ),
    OverlayFault.VALUE: _pair(
        "Nilainya harus berbentuk seperti dalam parameters.yaml dan tidak di bawah nol; pada angka",
        "The value has the shape that it has in parameters.yaml and is not below zero; in the figure",
    ),
}


def refusal(error: RuleError, language: Language = Language.ID) -> str:
    """Say why there is no answer, and what to do.

    >>> refusal(GivenError("masa_iuran", "bulan", Expected.ONE_OR_MORE))
    'bulan: isi satu atau lebih.'
    """
    match error:
        case UnknownRuleError():
            told = _pair(f"Tidak ada aturan {error.name}. Yang ada", f"There is no rule {error.name}. There are")
            return f"{told[language]}: {', '.join(error.known)}."
        case GivenError():
            return f"{error.key}: {expected_text(error, language)}"
        case OverlayError():
            return _overlay(error, language)
        case _:
            return _by_the_law(error, language)


def expected_text(error: GivenError, language: Language) -> str:
    """What a rule would have taken instead, without the name of the key."""
    wanted = EXPECTED[error.expected][language]
    return f"{wanted} {', '.join(error.choices)}".rstrip() + "."


def _by_the_law(error: RuleError, language: Language) -> str:
    match error:
        case BeforeTheLawError():
            day, first = written(error.day, "tanggal", language), written(error.first, "tanggal", language)
            return _pair(
                f"Belum ada hukumnya pada {day}; yang pertama berlaku sejak {first} ({_name(error.card, language)}).",
                f"There was no law yet on {day}; the first is in force since {first} ({_name(error.card, language)}).",
            )[language]
        case AfterTheLawError():
            day = written(error.day, "tanggal", language)
            return _pair(
                f"Tidak ada hukum yang berlaku pada {day} ({_name(error.card, language)}).",
                f"No law is in force on {day} ({_name(error.card, language)}).",
            )[language]
        case BeyondTheCalendarError():
            return _pair(
                f"Tenggat yang dihitung dari {error.day} melewati tahun 9999. Isi tanggal yang lebih awal.",
                f"Counted from {error.day}, the deadline lies beyond the year 9999. Give an earlier day.",
            )[language]
        case TwoFormulasError():
            day = written(error.day, "tanggal", language)
            return _pair(
                f"Skenario ini membuat dua rumus berlaku bersamaan pada {day} ({error.name}). Persempit harinya.",
                f"This scenario makes two formulas hold on {day} ({error.name}). Narrow its days.",
            )[language]
        case FractionOfRupiahError():
            return _pair(
                f"Hasilnya bukan rupiah bulat, dan hukum tidak menyebut pembulatannya ({error}).",
                f"The result is no whole rupiah, and the law gives no rounding ({error}).",
            )[language]
        case _:
            return str(error)


def _name(card: str, language: Language) -> str:
    found = CARDS.get(card)
    if found is None:
        return card
    return found.name_id if language is Language.ID else found.name_en


def _overlay(error: OverlayError, language: Language) -> str:
    text = OVERLAY[error.fault][language]
    place = f" {error.card}" if error.card else ""
    place += f" ({_pair('nilai ke-', 'value ')[language]}{error.number})" if error.number else ""
    known = f" {_pair('Mungkin', 'Perhaps')[language]}: {', '.join(error.known)}." if error.known else ""
    detail = f" [{error.detail}]" if error.detail else ""
    return f"{text}{place}.{detail}{known}"
