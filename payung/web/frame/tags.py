"""Words for numbers, money, months and days in the reader's language, and icons. Built in: no `load` is needed.

{{ 16800|rupiah }}      Rp16.800            {{ month|bulan }}     November 2026
{{ 16800|angka }}       16.800              {{ day|tanggal }}     3 Juni 2025
{{ nik|nik }}           3324••••••••0003    {{ moment|waktu }}    3 Juni 2025 14.05
{{ 0.0419|persen }}     4,19 %              {% icon "home" %}
"""

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from babel.dates import format_date, format_time
from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from payung.kernel.month import Month
from payung.kernel.nik import mask
from payung.kernel.rupiah import rupiah_text

register = template.Library()
NOTHING = "–"


def _is_english() -> bool:
    return (get_language() or "id").startswith("en")


def _locale() -> str:
    return "en_GB" if _is_english() else "id_ID"


@register.filter
def angka(value: Any) -> str:
    """Write a whole number with its thousands apart."""
    if value in (None, ""):
        return NOTHING
    text = f"{int(value):,}"
    return text if _is_english() else text.replace(",", ".")


@register.filter
def rupiah(value: Any) -> str:
    """Write an amount of whole rupiah."""
    if value in (None, ""):
        return NOTHING
    text = rupiah_text(int(value))
    return text.replace(".", ",") if _is_english() else text


@register.filter
def persen(value: Any, digits: int = 2) -> str:
    """Write a share (0.0419) in percent."""
    if value in (None, ""):
        return NOTHING
    text = f"{float(value) * 100:.{int(digits)}f}"
    return f"{text}%" if _is_english() else f"{text.replace('.', ',')} %"


@lru_cache(maxsize=4096)
def _written_day(day: date, pattern: str, locale: str) -> str:
    """A day in words: a page writes the same few months and days many times over."""
    return str(format_date(day, pattern, locale=locale))


def _month(value: Any) -> Month:
    if isinstance(value, datetime | date):
        return Month.of(value)
    return Month.from_text(value) if isinstance(value, str) else Month(value)


@register.filter
def bulan(value: Any) -> str:
    """Write a month: a `Month`, its number, its text `2026-11`, or any day in it."""
    if value in (None, ""):
        return NOTHING
    return _written_day(_month(value).first_day, "LLLL y", _locale())


@register.filter
def bulan_pendek(value: Any) -> str:
    """Write a month's short name without its year, as in a strip of months."""
    return _written_day(_month(value).first_day, "LLL", _locale())


@register.filter
def tanggal(value: date | datetime | None) -> str:
    """Write a day; of a moment, the business day it lies in."""
    if not value:
        return NOTHING
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return _written_day(value, "d MMMM y", _locale())


@register.filter
def waktu(value: datetime | None) -> str:
    """Write a moment, to the minute, in the business zone."""
    if not value:
        return NOTHING
    local = timezone.localtime(value)
    return f"{tanggal(local.date())} {format_time(local, 'HH:mm' if _is_english() else 'HH.mm', locale=_locale())}"


@register.filter
def nik(value: Any) -> str:
    """Write a NIK masked, whatever is given: a `Nik`, its digits, or a text that is masked already."""
    text = str(value)
    return text if "•" in text else mask(text)


@register.simple_tag
@lru_cache(maxsize=1024)
def icon(name: str, label: str = "") -> SafeString:
    """Draw one icon of the sprite; with a label it speaks, without it is decoration."""
    address = static("vendor/icons.svg")
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"/></svg>', label, address, name
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', address, name)


TONE_ICONS = {
    "ok": "circle-check",
    "wait": "hourglass",
    "bad": "alert-triangle",
    "info": "info-circle",
    "off": "circle-dashed",
}


@register.filter
def tone_icon(tone: str) -> str:
    """The shape that goes with a tone of state, so that colour never speaks alone."""
    return TONE_ICONS.get(tone, "point")


@register.filter
def as_int(value: Any) -> int:
    """Read a number that a component was given as text."""
    return int(value or 0)


@register.filter
def split_bar(text: str) -> list[str]:
    """Split `satu|dua|tiga` at its bars."""
    return [part.strip() for part in str(text).split("|")]
