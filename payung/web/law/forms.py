"""A form for a public rule, made from the keys that the rule asks for; what is filled in becomes what it is given."""

import dataclasses
import re
from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from django import forms
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _

from payung.kernel.month import Month, NotAMonthError
from payung.kernel.rupiah import NotRupiahError, parse_rupiah
from payung.rules.errors import GivenError, RuleError
from payung.rules.labels import label
from payung.rules.public_rule import Key, PublicRule
from payung.rules.refusals import expected_text, refusal
from payung.rules.writing import word
from payung.web.frame.tags import rupiah
from payung.web.frame.traces import reader_language

MOST_RP = 100_000_000_000
MOST_COUNT = 100_000
ROWS = 2
FIRST_DAY, LAST_DAY = date(1930, 1, 1), date(2099, 12, 31)
USUAL_WAGE = "1.000.000"
_OF_A_ROW = re.compile(r"(\w+)\[(\d+)\](?:\.(\w+))?")


class RupiahField(forms.CharField):
    """An amount as people write it."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(max_length=30, widget=widget, **options)

    def clean(self, value: Any) -> int | None:
        """Read it; nothing stays nothing."""
        text = super().clean(value)
        if not text:
            return None
        try:
            amount = int(parse_rupiah(text))
        except NotRupiahError as error:
            raise forms.ValidationError(_("Tulis jumlah uang, misalnya 1.000.000.")) from error
        if amount > MOST_RP:
            raise forms.ValidationError(_("Paling banyak {most}.").format(most=rupiah(MOST_RP)))
        return amount


class CountField(forms.IntegerField):
    """A whole number that is not below zero."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=0, max_value=MOST_COUNT, **options)
        self.error_messages["invalid"] = _("Isi bilangan bulat, misalnya 12.")


class MonthField(forms.CharField):
    """A month, as a browser gives it: 2026-11."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"type": "month", "placeholder": "2026-11"})
        super().__init__(max_length=7, widget=widget, **options)

    def clean(self, value: Any) -> str | None:
        """Check it; the rule reads it itself."""
        text = super().clean(value)
        if not text:
            return None
        try:
            month = Month.from_text(text)
        except NotAMonthError as error:
            raise forms.ValidationError(_("Isi bulan, misalnya 2026-11.")) from error
        if not Month.of(FIRST_DAY) <= month <= Month.of(LAST_DAY):
            raise forms.ValidationError(_("Isi bulan antara 1930 dan 2099."))
        return str(month)


class DayField(forms.DateField):
    """A day within what the law could ever be asked about."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"], **options)
        self.error_messages["invalid"] = _("Isi tanggal, misalnya 2026-11-22.")

    def clean(self, value: Any) -> date | None:
        """Read it, and refuse a year that is a slip of the finger."""
        day: date | None = super().clean(value)
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError(_("Isi tanggal antara 1930 dan 2099."))
        return day


class MomentField(forms.CharField):
    """A day and a time by the clock of this place, as a browser gives them: 2026-11-20T08:00."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"type": "datetime-local", "placeholder": "2026-11-20T08:00"})
        hint = _("Menurut jam setempat (WIB).")
        super().__init__(max_length=19, widget=widget, help_text=hint, **options)

    def clean(self, value: Any) -> str | None:
        """Read it and give it its zone; the rule counts in it."""
        text = super().clean(value)
        if not text:
            return None
        try:
            moment = datetime.fromisoformat(text)
        except ValueError as error:
            raise forms.ValidationError(_("Isi tanggal dan jam, misalnya 2026-11-20T08:00.")) from error
        if not FIRST_DAY <= moment.date() <= LAST_DAY:
            raise forms.ValidationError(_("Isi tanggal antara 1930 dan 2099."))
        return moment.replace(tzinfo=moment.tzinfo or get_default_timezone()).isoformat(timespec="minutes")


class RuleForm(forms.Form):
    """What a rule asks for. Rows of things with fields (children) stand as `anak-1-jenjang`, at most two."""

    def __init__(self, rule: PublicRule, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule, self.today = rule, today
        for key in rule.keys:
            self.fields.update(self._fields_of(key))

    def _fields_of(self, key: Key) -> Iterator[tuple[str, forms.Field]]:
        kind, required = _bare_kind(key)
        row = _row_kind(kind)
        if row is None:
            yield key.name, self._field(key.name, kind, _label(key.name), required=required)
            return
        for number in range(1, ROWS + 1):
            for name, inner in get_type_hints(row).items():
                words = f"{_label(key.name)} {number}: {_label(name)}"
                yield f"{key.name}-{number}-{name}", self._field(name, inner, words, required=False)

    def _field(self, name: str, kind: Any, words: str, *, required: bool) -> forms.Field:
        options: dict[str, Any] = {"label": words, "required": required}
        if kind is bool:
            return forms.BooleanField(label=words, required=False)
        if kind in (date, datetime, Month):
            return self._when(name, kind, options)
        if get_origin(kind) is tuple:
            return forms.MultipleChoiceField(
                choices=_choices(get_args(kind)[0]), widget=forms.CheckboxSelectMultiple, **options
            )
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            offered = _choices(kind)
            return forms.ChoiceField(choices=offered if required else [("", _("tidak ada")), *offered], **options)
        return self._number(name, options)

    def _when(self, name: str, kind: Any, options: dict[str, Any]) -> forms.Field:
        if kind is date:
            return DayField(initial=self.today if name == "pada" else None, **options)
        if kind is datetime:
            return MomentField(**options)
        return MonthField(initial=str(Month.of(self.today)) if name in ("bulan", "mulai") else None, **options)

    def _number(self, name: str, options: dict[str, Any]) -> forms.Field:
        if name == "upah_rp":
            hint = _("Dasar upah dalam kepesertaan, biasanya Rp1.000.000; bukan penghasilan sebenarnya.")
            return RupiahField(initial=USUAL_WAGE, help_text=hint, **options)
        if name.endswith("_rp"):
            return RupiahField(initial=USUAL_WAGE if name == "penghasilan_rp" else None, **options)
        return CountField(**options)

    def given(self) -> dict[str, Any]:
        """What was filled in, in the shape that the rule reads."""
        found: dict[str, Any] = {}
        for key in self.rule.keys:
            kind, _required = _bare_kind(key)
            row = _row_kind(kind)
            value = self._rows(key.name, row) if row else self.cleaned_data.get(key.name)
            if value not in (None, "", []):
                found[key.name] = value
        return found

    def _rows(self, name: str, row: type) -> list[dict[str, Any]]:
        rows = []
        for number in range(1, ROWS + 1):
            cells = {field: self.cleaned_data.get(f"{name}-{number}-{field}") for field in get_type_hints(row)}
            first = next(iter(cells.values()))
            if first not in (None, ""):
                rows.append({field: value for field, value in cells.items() if value not in (None, "")})
        return rows

    def refuse(self, error: RuleError) -> None:
        """Say what the rule refused, at the field it is about where there is one."""
        if isinstance(error, GivenError):
            self.add_error(self._field_named(error.key), expected_text(error, reader_language()).capitalize())
        else:
            self.add_error(None, refusal(error, reader_language()))

    def _field_named(self, key: str) -> str | None:
        name = _OF_A_ROW.sub(lambda found: "-".join(filter(None, found.groups())), key)
        return next((known for known in (name, key.partition("[")[0]) if known in self.fields), None)


def _label(name: str) -> str:
    return label("fields", name, reader_language())


def _bare_kind(key: Key) -> tuple[Any, bool]:
    """The kind without `| None`, and whether it must be filled in."""
    if isinstance(key.kind, UnionType):
        return next(kind for kind in get_args(key.kind) if kind is not NoneType), False
    return key.kind, key.required


def _row_kind(kind: Any) -> type | None:
    """The dataclass of which a rule takes several; None where it takes anything else."""
    inner = get_args(kind)[0] if get_origin(kind) is tuple else None
    return inner if isinstance(inner, type) and dataclasses.is_dataclass(inner) else None


def _choices(kind: type[StrEnum]) -> list[tuple[str, str]]:
    return [(member.value, word(member, reader_language())) for member in kind]
