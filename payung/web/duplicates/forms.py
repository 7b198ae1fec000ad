"""What a person answers about a pair."""

from django import forms
from django.utils.translation import gettext_lazy as _

from payung.registry.models import PairDecision
from payung.web.duplicates.words import ANSWERS

ORDER = (PairDecision.Answer.SAME, PairDecision.Answer.DIFFERENT, PairDecision.Answer.UNSURE)


class DecisionForm(forms.Form):
    """One of three answers, and why. `seen` is the state that the page showed."""

    answer = forms.ChoiceField(
        label=_("Putusan"),
        choices=[(answer.value, ANSWERS[answer]) for answer in ORDER],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih salah satu: sama, berbeda, atau belum yakin.")},
    )
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=500,
        help_text=_("Apa yang Anda lihat: KTP, KK, atau jawaban desa. Dicatat bersama nama Anda."),
        error_messages={"required": _("Tulis alasannya dahulu.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "alasan-umum", "enterkeyhint": "done"}),
    )
    seen = forms.CharField(widget=forms.HiddenInput)
