"""What people fill in about notices, pay codes and payments."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from payung.contributions.models import Notice
from payung.kernel.month import Month, months_from
from payung.kernel.rupiah import NotRupiahError, parse_rupiah
from payung.sponsors.models import Pledge, Sponsor
from payung.web.frame.tags import bulan, rupiah

PROOF_BYTES = 5 * 1024 * 1024
PROOF_HEADS = (b"%PDF-", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
MOST_RP = 10**12
LONGEST_TERM = 12


class RupiahField(forms.CharField):
    """An amount as offices write it: `2100000`, `2.100.000`, `Rp2.100.000`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 30)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> int:
        """Read it, or say how it is written."""
        try:
            amount = int(parse_rupiah(super().clean(value)))
        except NotRupiahError as error:
            raise forms.ValidationError(_("Tuliskan jumlahnya seperti 2100000 atau Rp2.100.000.")) from error
        if not 1 <= amount <= MOST_RP:
            raise forms.ValidationError(_("Jumlahnya harus lebih dari nol dan masuk akal."))
        return amount


def _day(label: Any, **kwargs: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, **kwargs)


class IssueForm(forms.Form):
    """Which months of a pledge are asked for."""

    first_month = forms.TypedChoiceField(label=_("Mulai bulan"), coerce=Month.from_text)
    months = forms.TypedChoiceField(label=_("Berapa bulan"), coerce=int)

    def __init__(self, *args: Any, pledge: Pledge, now: Month, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = list(months_from(Month(pledge.first_month), pledge.months))
        self._offer("first_month", [(str(month), bulan(month)) for month in offered])
        terms = range(1, min(pledge.months, LONGEST_TERM) + 1)
        self._offer("months", [(n, ngettext("%(n)s bulan", "%(n)s bulan", n) % {"n": n}) for n in terms])
        self.initial.setdefault("first_month", str(min(max(now, offered[0]), offered[-1])))
        self.initial.setdefault("months", 1)

    def _offer(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]


class PayCodeForm(forms.Form):
    """BPJS's pay code as it stands in BPJS's answer."""

    code = forms.CharField(
        label=_("Kode iuran BPJS"), max_length=32, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    amount_rp = RupiahField(label=_("Jumlah menurut BPJS"), help_text=_("Angka BPJS yang berlaku."))
    worker_months = forms.IntegerField(
        label=_("Bulan-pekerja menurut BPJS"),
        required=False,
        min_value=1,
        max_value=10_000_000,
        help_text=_("Menjelaskan selisih: jumlah orangnya berbeda, atau harganya."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    due_on = _day(_("Jatuh tempo menurut BPJS"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # The page of a notice holds the form of a payment too, with an amount of its own.
        kwargs.setdefault("auto_id", "id_kode_%s")
        super().__init__(*args, **kwargs)


class PaymentForm(forms.Form):
    """A payment with its proof."""

    amount_rp = RupiahField(label=_("Jumlah yang dibayar"), help_text=_("Persis seperti pada bukti."))
    paid_on = _day(_("Tanggal bayar pada bukti"))
    pay_code = forms.CharField(
        label=_("Kode iuran yang dibayar"),
        max_length=32,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    proof = forms.FileField(
        label=_("Bukti pembayaran"),
        max_length=150,
        help_text=_("PDF, JPG atau PNG, paling besar 5 MB. Disimpan tersandi."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )
    client_key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def clean_proof(self) -> UploadedFile:
        """A picture or a PDF of a sensible size."""
        proof: UploadedFile = self.cleaned_data["proof"]
        if (proof.size or 0) > PROOF_BYTES:
            raise forms.ValidationError(_("Berkas ini lebih besar dari 5 MB. Kecilkan gambarnya, lalu pilih lagi."))
        head = proof.read(16)
        proof.seek(0)
        if not head.startswith(PROOF_HEADS):
            raise forms.ValidationError(_("Berkas ini bukan PDF, JPG atau PNG. Pilih foto atau PDF buktinya."))
        return proof


class LoosePaymentForm(PaymentForm):
    """A payment whose pay code we may not know yet: whose it is, and the code as typed."""

    sponsor = forms.ModelChoiceField(label=_("Penyandang"), queryset=Sponsor.objects.none(), to_field_name="code")

    field_order = ("sponsor", "pay_code", "amount_rp", "paid_on", "proof", "client_key")

    def __init__(self, *args: Any, sponsors: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sponsor"].queryset = sponsors  # type: ignore[attr-defined]
        self.fields["pay_code"].required = True


class IdentifyForm(forms.Form):
    """Which notice a payment in suspense was for."""

    notice = forms.ModelChoiceField(label=_("Pemberitahuan"), queryset=Notice.objects.none(), to_field_name="public_id")

    def __init__(self, *args: Any, notices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["notice"]
        field.queryset = notices
        field.label_from_instance = lambda notice: f"{notice.number} · {rupiah(notice.total_rp)}"
