"""Official figures from others' letters: what was entered so far, and entering another."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payung.access.doors import ViewerRequest, door
from payung.access.permissions import Permission
from payung.coverage.errors import FigureRefusedError
from payung.coverage.models import OfficialFigure
from payung.coverage.selectors import official_figures
from payung.coverage.services import record_official_figure
from payung.kernel.clock import SystemClock
from payung.kernel.funds import Keyakinan
from payung.web.coverage.telling import KIND_NAMES, PERCENT_KINDS, value_text
from payung.web.frame.lists import asked_page
from payung.web.frame.tags import angka, tanggal
from payung.web.frame.words import CONFIDENCE_NOTES

_REFUSED: dict[str, tuple[str, str | Promise]] = {
    "figure:kind-unknown": ("kind", gettext_lazy("Pilih salah satu angka di daftar ini.")),
    "figure:not-positive": ("value", gettext_lazy("Angka harus 1 atau lebih.")),
    "figure:over-hundred-percent": ("value", gettext_lazy("Target paling banyak 100 persen.")),
    "figure:source-missing": ("source", gettext_lazy("Sebutkan dari mana angka ini.")),
    "figure:in-the-future": ("as_of", gettext_lazy("Tanggal {day} belum tiba.")),
    "figure:more-than-everybody": (
        "value",
        gettext_lazy("{value} lebih banyak daripada penyebutnya ({whole}). Periksa kembali suratnya."),
    ),
}


class FigureForm(forms.Form):
    """One figure as a letter says it."""

    kind = forms.ChoiceField(label=gettext_lazy("Angka"))
    value = forms.CharField(
        label=gettext_lazy("Nilai"),
        max_length=20,
        help_text=gettext_lazy("Banyaknya orang, misalnya 14.177; target ditulis dalam persen, misalnya 51,64."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    as_of = forms.DateField(
        label=gettext_lazy("Keadaan per tanggal"),
        help_text=gettext_lazy("Hari yang dibicarakan angka itu, biasanya akhir bulan."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    document_on = forms.DateField(
        label=gettext_lazy("Tanggal surat"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    source = forms.CharField(
        label=gettext_lazy("Sumber"),
        max_length=200,
        help_text=gettext_lazy("Siapa yang menyebutkannya, misalnya: Surat BPJS Ketenagakerjaan Cabang Kendal."),
    )
    document = forms.CharField(label=gettext_lazy("Nomor surat"), max_length=120, required=False)
    confidence = forms.ChoiceField(label=gettext_lazy("Seberapa pasti"), initial=Keyakinan.TINGGI.value)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, KIND_NAMES[kind]) for kind in OfficialFigure.Kind.values]  # type: ignore[attr-defined]
        sure = [(Keyakinan.TINGGI.value, _("pasti, suratnya ada"))]
        doubts = [(level.value, words) for level, words in CONFIDENCE_NOTES.items() if words]
        self.fields["confidence"].choices = [*sure, *doubts]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Read the value as its kind is written: people as whole numbers, targets in percent."""
        given = super().clean() or {}
        text, kind = given.get("value"), given.get("kind")
        if text and kind:
            number = _hundredths(text) if kind in PERCENT_KINDS else _people(text)
            if number is None:
                self.add_error("value", _("Tulis angka saja, misalnya 14.177, atau 51,64 untuk target."))
            given["number"] = number
        return given


@door(GET=Permission.COVERAGE_READ, POST=Permission.COVERAGE_WRITE)
def page(request: ViewerRequest) -> HttpResponse:
    """The figures entered so far, newest first; entering one more."""
    wanted = request.GET.get("jenis", "")
    form = FigureForm(request.POST or None, initial={"kind": wanted or OfficialFigure.Kind.BPU_AKTIF})
    if request.method == "POST" and form.is_valid() and _record(request, form):
        return HttpResponseRedirect(reverse("coverage_figures"))
    found = asked_page(request, official_figures(), order=("-as_of", "-id"))
    facts = {
        "form": form,
        "page": found,
        "rows": [
            {"figure": row, "name": KIND_NAMES[row.kind], "value": value_text(row.kind, row.value),
             "doubt": CONFIDENCE_NOTES[Keyakinan(row.confidence)]}
            for row in found.items
        ],
        "may_enter": request.viewer.may(Permission.COVERAGE_WRITE),
    }  # fmt: skip
    return render(request, "coverage/figures.html", facts)


def _record(request: ViewerRequest, form: FigureForm) -> bool:
    given = form.cleaned_data
    try:
        made = record_official_figure(
            given["kind"],
            given["number"],
            as_of=given["as_of"],
            document_on=given["document_on"],
            source=given["source"],
            document=given["document"],
            confidence=Keyakinan(given["confidence"]),
            acting_user=request.viewer,
            clock=SystemClock(),
        )
    except FigureRefusedError as error:
        field, words = _REFUSED[error.code]
        form.add_error(field, str(words).format(**{name: _told(value) for name, value in error.params.items()}))
        return False
    messages.success(request, _("{name} {value} tercatat.").format(
        name=KIND_NAMES[made.kind], value=value_text(made.kind, made.value)))  # fmt: skip
    return True


def _told(value: object) -> str:
    return angka(value) if isinstance(value, int) else str(value) if isinstance(value, str) else tanggal(value)  # type: ignore[arg-type]


def _people(text: str) -> int | None:
    digits = text.replace(".", "").replace(" ", "")
    return int(digits) if digits.isascii() and digits.isdigit() else None


def _hundredths(text: str) -> int | None:
    whole, _comma, part = text.replace("%", "").replace(".", ",").strip().partition(",")
    part = part.ljust(2, "0")
    is_number = (whole + part).isascii() and (whole + part).isdigit() and len(part) == 2
    return int(whole + part) if is_number else None
