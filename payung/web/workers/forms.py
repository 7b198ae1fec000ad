"""What people fill in about a worker. What is sealed is never shown in a form: an empty box leaves it as it is."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from payung.kernel.nik import Nik, NotANikError
from payung.registry.errors import WorkerDataError
from payung.registry.models import Occupation, Worker
from payung.registry.selectors import villages_by_kecamatan

SEALED = ("kk", "phone", "mother")

NIK_FAULTS: dict[str, str | Promise] = {
    "length": _("NIK terdiri atas 16 angka. Periksa lagi pada KTP."),
    "characters": _("NIK hanya berisi angka, tanpa spasi atau titik."),
    "region": _("Enam angka pertama NIK bukan kode wilayah. Periksa lagi pada KTP."),
    "date": _("Angka ke-7 sampai ke-12 NIK bukan tanggal lahir. Periksa lagi pada KTP."),
    "serial": _("Empat angka terakhir NIK tidak mungkin 0000. Periksa lagi pada KTP."),
}
FAULTS: dict[tuple[str, str], str | Promise] = {
    ("name", "missing"): _("Tuliskan namanya."),
    ("birth_date", "future"): _("Tanggal lahir ini belum tiba."),
    ("birth_date", "nik"): _("Tanggal lahir ini tidak sama dengan yang tersimpan di NIK. Periksa keduanya pada KTP."),
    ("sex", "nik"): _("Jenis kelamin ini tidak sama dengan yang tersimpan di NIK. Periksa keduanya pada KTP."),
    ("died_on", "future"): _("Tanggal ini belum tiba."),
    ("died_on", "before-birth"): _("Tanggal ini sebelum tanggal lahirnya."),
    ("income", "range"): _("Tuliskan penghasilan sebulan dalam rupiah."),
}
FIELD_OF = {"income": "income_rp"}


def add_fault(form: forms.Form, error: WorkerDataError) -> None:
    """Put what the registry refused at the field it is about."""
    field = FIELD_OF.get(error.field, error.field)
    text = FAULTS.get((error.field, error.reason), _("Isian ini tidak dapat diterima."))
    form.add_error(field if field in form.fields else None, str(text))


class NikField(forms.CharField):
    """A NIK as people type it, with spaces or without. It is never drawn again with its value."""

    widget = forms.TextInput(
        attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false", "maxlength": "25"}
    )

    def clean(self, value: Any) -> Any:
        """Read it, or say which part is wrong; never the digits."""
        text = str(super().clean(value)).replace(" ", "")
        if not text:
            return None
        try:
            return Nik.parse(text)
        except NotANikError as error:
            raise forms.ValidationError(str(NIK_FAULTS[error.part])) from error


class WorkerFactsForm(forms.Form):
    """What is known of a worker besides the NIK."""

    name = forms.CharField(label=_("Nama menurut KTP"), max_length=250)
    sex = forms.ChoiceField(
        label=_("Jenis kelamin"), choices=[("L", _("laki-laki")), ("P", _("perempuan"))], widget=forms.RadioSelect
    )
    birth_place = forms.CharField(label=_("Tempat lahir"), max_length=100, required=False)
    birth_date = forms.DateField(
        label=_("Tanggal lahir"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    village_code = forms.ChoiceField(label=_("Desa atau kelurahan"))
    address = forms.CharField(label=_("Alamat"), max_length=250, required=False)
    occupation_code = forms.ChoiceField(
        label=_("Pekerjaan"), required=False, help_text=_("Menentukan sektor, dan dengan itu keringanan iuran.")
    )
    income_rp = forms.IntegerField(
        label=_("Penghasilan sebulan (rupiah)"),
        required=False,
        min_value=0,
        max_value=2_000_000_000,
        help_text=_("Untuk kelayakan dan urutan bantuan; iuran mengikuti dasar upah janji."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    phone = forms.CharField(label=_("Nomor telepon"), max_length=20, required=False)
    kk = forms.CharField(
        label=_("Nomor KK"), max_length=16, required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    mother = forms.CharField(label=_("Nama ibu kandung"), max_length=100, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        villages = villages_by_kecamatan(settings.PAYUNG_REGENCY)
        self._offer("village_code", [("", now("Pilih desa atau kelurahan")), *villages.items()])
        occupations = Occupation.objects.order_by("name").values_list("code", "name")
        self._offer("occupation_code", [("", now("Belum diketahui")), *occupations])

    def facts(self) -> dict[str, Any]:
        """The facts by the names of the registry."""
        given = {name: self.cleaned_data[name] for name in WorkerFactsForm.base_fields}
        return given | {"occupation_code": given["occupation_code"] or None}

    def _offer(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


class NewWorkerForm(WorkerFactsForm):
    """Somebody to be registered by hand."""

    nik = NikField(label=_("NIK"), help_text=_("16 angka pada KTP. Disimpan tersandi dan ditampilkan tersamar."))
    consent_basis = forms.CharField(
        label=_("Dasar pencatatan"),
        max_length=100,
        help_text=_("Misalnya: formulir persetujuan 3 Juni 2026, atau surat desa nomor 12/2026."),
    )
    field_order = ("nik", "name", "sex", "birth_place", "birth_date", "village_code", "address", "occupation_code")


class EditWorkerForm(WorkerFactsForm):
    """The same facts changed, with a reason. Sealed facts begin empty: empty leaves them."""

    reason = forms.CharField(label=_("Alasan perubahan"), max_length=200)

    def __init__(self, *args: Any, worker: Worker, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _initial(worker))
        super().__init__(*args, **kwargs)
        for name in SEALED:
            self.fields[name].help_text = now("Tersimpan tersandi dan tidak ditampilkan. Kosongkan bila tidak berubah.")

    def changes(self) -> dict[str, Any]:
        """What to change: everything that is shown, and sealed facts that were typed."""
        return {name: value for name, value in self.facts().items() if name not in SEALED or value}


class CorrectNikForm(forms.Form):
    """The NIK that is really somebody's."""

    nik = NikField(label=_("NIK yang benar"))
    reason = forms.CharField(label=_("Alasan perubahan"), max_length=200)


class DeathForm(forms.Form):
    """The day somebody died, and who says so."""

    died_on = forms.DateField(
        label=_("Tanggal meninggal"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    reason = forms.CharField(
        label=_("Sumber"),
        max_length=200,
        help_text=_("Misalnya: akta kematian nomor 3324-KM-01022026, atau daftar kematian desa November 2026."),
    )


def _initial(worker: Worker) -> dict[str, Any]:
    plain = ("name", "sex", "birth_place", "birth_date", "address", "income_rp")
    facts = {name: getattr(worker, name) for name in plain}
    return facts | {"village_code": worker.village_id, "occupation_code": worker.occupation_id or ""}
