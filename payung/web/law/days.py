"""Two days to compare, as a visitor asks for them."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from payung.web.law.forms import DayField


class DaysForm(forms.Form):
    """The day before and the day after; a year ago and today where nothing is asked for."""

    dari = DayField(label=_("Hukum pada tanggal"))
    ke = DayField(label=_("dan pada tanggal"))

    def __init__(self, data: Any, *, today: date) -> None:
        usual = {"dari": today.replace(year=today.year - 1, day=min(today.day, 28)), "ke": today}
        super().__init__({name: data.get(name) or day.isoformat() for name, day in usual.items()})
