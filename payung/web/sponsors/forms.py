"""What people fill in about sponsors, their people, civil servants and pledges."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from payung.access.permissions import Role
from payung.kernel.month import Month, months_from
from payung.kernel.rupiah import NotRupiahError, parse_rupiah
from payung.registry.models import Occupation
from payung.registry.selectors import kecamatan_of
from payung.rules.iuran.figures import LAMPIRAN_II
from payung.rules.iuran.masa_iuran import masa_iuran_bawaan, pilihan_masa_iuran
from payung.sponsors.models import Pledge, Sponsor
from payung.web.frame.tags import bulan, rupiah
from payung.web.frame.words import ROLE_NAMES
from payung.web.sponsors.words import funds_choices

MONTHS_OFFERED = 13
USUAL_BASE_RP = 1_000_000


class SponsorForm(forms.Form):
    """A sponsor's facts. A code is given once: editing leaves it out."""

    code = forms.CharField(
        label=_("Kode"),
        max_length=32,
        help_text=_("Singkat dan tetap, misalnya PTMAJU. Dipakai di berkas dan di pencarian."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    name = forms.CharField(label=_("Nama"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    funds = forms.ChoiceField(
        label=_("Sumber dana"),
        widget=forms.RadioSelect,
        help_text=_("Sumber dana menentukan harga, karena keringanan iuran tidak berlaku untuk APBN dan APBD."),
    )
    npp = forms.CharField(
        label=_("NPP"),
        max_length=20,
        required=False,
        help_text=_("Nomor Pendaftaran Perusahaan di BPJS Ketenagakerjaan."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    address = forms.CharField(label=_("Alamat"), max_length=250, required=False)
    own_employees = forms.IntegerField(
        label=_("Karyawan sendiri"),
        required=False,
        min_value=0,
        help_text=_("Jumlah karyawan perusahaan itu sendiri; bukan pekerja yang dilindungi."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    contact_name = forms.CharField(label=_("Orang yang dihubungi"), max_length=150, required=False)
    contact_email = forms.EmailField(label=_("Surel yang dihubungi"), required=False)

    def __init__(self, *args: Any, now: Month, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["funds"].choices = funds_choices(now)  # type: ignore[attr-defined]


class SponsorEditForm(SponsorForm):
    """The same without the code; funds stay once a pledge was made."""

    is_active = forms.BooleanField(label=_("Masih ikut serta"), required=False)
    reason = forms.CharField(label=_("Alasan perubahan"), max_length=200, required=False)

    def __init__(self, *args: Any, sponsor: Sponsor, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {name: getattr(sponsor, name) for name in self.facts()})
        super().__init__(*args, **kwargs)
        del self.fields["code"]
        if sponsor.pledges.exists():
            self.fields["funds"].disabled = True
            self.fields["funds"].help_text = _(
                "Sumber dana menentukan harga; setelah ada janji ia tidak dapat diganti."
            )

    @staticmethod
    def facts() -> tuple[str, ...]:
        """The facts that may change."""
        kept = ("name", "funds", "npp", "address", "own_employees", "contact_name", "contact_email")
        return (*kept, "is_active")


class ClerkForm(forms.Form):
    """Who is invited for a sponsor, and as what."""

    name = forms.CharField(label=_("Nama"), max_length=150)
    email = forms.EmailField(label=_("Alamat surel"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(
        label=_("Sebagai"),
        choices=[(role.value, ROLE_NAMES[role]) for role in (Role.PETUGAS_PERUSAHAAN, Role.PIMPINAN_PERUSAHAAN)],
    )


class CivilServantForm(forms.Form):
    """A civil servant of an office. The NIP is sealed and shown masked."""

    name = forms.CharField(label=_("Nama"), max_length=150)
    nip = forms.CharField(
        label=_("NIP"),
        max_length=25,
        help_text=_("Delapan belas angka. Disimpan tersandi dan ditampilkan tersamar."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_nip(self) -> str:
        """Without the spaces that people type between its parts."""
        return str(self.cleaned_data["nip"]).replace(" ", "")


class BudgetForm(forms.Form):
    """What a public payer may spend in a year, and where that stands."""

    year = forms.IntegerField(label=_("Tahun anggaran"), widget=forms.NumberInput(attrs={"inputmode": "numeric"}))
    amount_rp = forms.CharField(
        label=_("Anggaran (rupiah)"), widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    )
    document = forms.CharField(
        label=_("Dokumen dan nomornya"), max_length=120, help_text=_("Misalnya DPA SKPD, Perda APBD, atau APBDes.")
    )
    document_on = forms.DateField(
        label=_("Tanggal dokumen"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean_amount_rp(self) -> int:
        """Whole rupiah, as people type them."""
        try:
            return int(parse_rupiah(self.cleaned_data["amount_rp"]))
        except NotRupiahError as error:
            raise forms.ValidationError(_("Tulis jumlahnya dalam rupiah, misalnya 250.000.000.")) from error


class PledgeForm(forms.Form):
    """A pledge: so many workers for so many months from a month on, at one dasar upah."""

    workers = forms.IntegerField(
        label=_("Untuk berapa pekerja?"),
        min_value=1,
        max_value=1_000_000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    first_month = forms.TypedChoiceField(label=_("Mulai bulan"), coerce=Month.from_text)
    months = forms.TypedChoiceField(label=_("Selama"), coerce=int, widget=forms.RadioSelect)
    dasar_upah_rp = forms.TypedChoiceField(
        label=_("Dasar upah"),
        coerce=int,
        help_text=_("Menentukan iuran dan besarnya santunan; sama untuk semua pekerja janji ini."),
    )
    kecamatan = forms.ChoiceField(
        label=_("Diutamakan untuk kecamatan"), required=False, help_text=_("Bila Anda punya keinginan.")
    )
    occupation = forms.ChoiceField(label=_("Diutamakan untuk pekerjaan"), required=False)
    client_key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, now: Month, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        terms = pilihan_masa_iuran(now)
        bases = [row.dasar_rp for row in LAMPIRAN_II.on(now).value]
        self._offer("first_month", [(str(month), bulan(month)) for month in months_from(now, MONTHS_OFFERED)])
        self._offer("months", [(term, ngettext("%(n)s bulan", "%(n)s bulan", term) % {"n": term}) for term in terms])
        self._offer("dasar_upah_rp", [(base, rupiah(base)) for base in bases])
        nothing = ("", _("Tidak ada keinginan khusus"))
        self._offer("kecamatan", [nothing, *kecamatan_of(settings.PAYUNG_REGENCY).values_list("code", "name")])
        self._offer("occupation", [nothing, *Occupation.objects.order_by("name").values_list("code", "name")])
        self.initial.setdefault("first_month", str(now + 1))
        self.initial.setdefault("months", masa_iuran_bawaan(now))
        self.initial.setdefault("dasar_upah_rp", USUAL_BASE_RP)

    def _offer(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]


def renewal_of(pledge: Pledge, *, now: Month) -> dict[str, Any]:
    """What a renewal of a pledge begins with: the same promise, from the month after it ends."""
    return {
        "workers": pledge.quota,
        "first_month": str(max(Month(pledge.first_month) + pledge.months, now)),
        "months": pledge.months,
        "dasar_upah_rp": pledge.dasar_upah_rp,
        "kecamatan": pledge.village_wish_id or "",
        "occupation": pledge.occupation_wish_id or "",
    }
