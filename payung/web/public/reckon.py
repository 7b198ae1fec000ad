"""How many workers a sum protects, for how long: month by month at the law's price. A GET form; nothing is kept."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payung.access.doors import ViewerRequest, door
from payung.access.permissions import Permission
from payung.coverage.protectable import Protectable, ProtectableTerm, protectable
from payung.kernel.clock import SystemClock
from payung.kernel.funds import Keyakinan, Sektor, SumberDana
from payung.kernel.month import Month, months_from
from payung.kernel.rupiah import NotRupiahError, parse_rupiah
from payung.web.frame.reasons import MonthPrice, price_reasons
from payung.web.frame.tags import bulan, rupiah
from payung.web.frame.traces import tell_steps
from payung.web.frame.words import CONFIDENCE_NOTES, FUND_NAMES, SECTOR_NAMES

MOST_RP = 1_000_000_000_000
USUAL_SUM = "10.000.000"
MONTHS_OFFERED = 13


class SumForm(forms.Form):
    """The sum and what decides its price."""

    rupiah = forms.CharField(
        label=gettext_lazy("Jumlah rupiah"),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "data-sum": ""}),
    )
    dana = forms.ChoiceField(label=gettext_lazy("Sumber dana"))
    sektor = forms.ChoiceField(label=gettext_lazy("Pekerjaan"))
    mulai = forms.ChoiceField(label=gettext_lazy("Mulai bulan"))

    def __init__(self, *args: Any, now: Month, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "dana": [(funds.value, words) for funds, words in FUND_NAMES.items()],
            "sektor": [
                (Sektor.LAINNYA.value, _("di luar transportasi: pedagang, nelayan, buruh tani, …")),
                (Sektor.TRANSPORTASI.value, _("transportasi: ojek, sopir, kurir")),
            ],
            "mulai": [(str(month), bulan(month)) for month in months_from(now, MONTHS_OFFERED)],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]

    def clean_rupiah(self) -> int:
        """Read the amount as people write it."""
        try:
            amount = int(parse_rupiah(self.cleaned_data["rupiah"]))
        except NotRupiahError as error:
            raise forms.ValidationError(_("Tulis jumlah uang, misalnya 10.000.000.")) from error
        if amount > MOST_RP:
            raise forms.ValidationError(_("Paling banyak {most}.").format(most=rupiah(MOST_RP)))
        return amount

    def answer(self) -> Protectable:
        """What the sum protects."""
        given = self.cleaned_data
        return protectable(
            given["rupiah"],
            funds=SumberDana(given["dana"]),
            sector=Sektor(given["sektor"]),
            first_month=Month.from_text(given["mulai"]),
        )


@door(GET=Permission.PUBLIC)
def page(request: ViewerRequest) -> HttpResponse:
    """The question and its answer on one page; asked again while somebody types."""
    now = Month.of(SystemClock().today())
    usual = {"rupiah": USUAL_SUM, "dana": SumberDana.CSR.value, "sektor": Sektor.LAINNYA.value, "mulai": str(now)}
    form = SumForm(usual | {name: request.GET[name] for name in usual if name in request.GET}, now=now)
    facts: dict[str, Any] = {"form": form}
    if form.is_valid():
        facts |= _told(form.answer())
    return render(request, "public/reckon_answer.html" if request.htmx else "public/reckon.html", facts)  # type: ignore[attr-defined]


def _told(found: Protectable) -> dict[str, Any]:
    longest = max(found.terms, key=lambda term: term.affordable.months)
    return {
        "found": found,
        "funds_name": FUND_NAMES[found.funds],
        "sector_name": SECTOR_NAMES[found.sector],
        "terms": [_term(term) for term in found.terms],
        "prices": [
            {"month": each.month, "jkk": each.price.jkk_rp, "jkm": each.price.jkm_rp, "total": each.price.total_rp,
             "doubt": CONFIDENCE_NOTES[each.price.confidence]}
            for each in longest.months
        ],
        "reasons": price_reasons(
            MonthPrice(each.month, found.sector, each.price.total_rp, each.price) for each in longest.months
        ),
        "is_unsure": any(each.price.confidence is not Keyakinan.TINGGI for each in longest.months),
    }  # fmt: skip


def _term(term: ProtectableTerm) -> dict[str, Any]:
    first, last = term.months[0].month, term.months[-1].month
    return {
        "bought": term.affordable,
        "is_default": term.is_default,
        "span": bulan(first) if first == last else f"{bulan(first)} – {bulan(last)}",
        "warning": tell_steps(term.jkm.steps)[-1].label if term.jkm.peringatan else "",
    }
