"""What is asked for: a file with its sponsor, a wish for workers, a reason."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from payung.access.viewer import Viewer
from payung.intake.cells.text import is_nothing
from payung.intake.selectors import live_pledges, places_to_wish_for, sponsors_to_upload_for, villages_to_upload_for
from payung.registry.models import Occupation, Region
from payung.sponsors.models import Pledge, Sponsor
from payung.web.frame.tags import angka, bulan

ACCEPTED = ".xlsx,.xls,.xlsb,.ods,.csv,.txt,.tsv"
OFFICE = "dinas"
VILLAGE = "desa:"


class FileForm(forms.Form):
    """A file, not larger than a list may be. An empty one is let through: the reader says what to do."""

    file = forms.FileField(
        label=_("Berkas"),
        allow_empty_file=True,
        error_messages={"required": _("Pilih berkasnya dahulu.")},
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read."""
        file = self.cleaned_data["file"]
        if file.size > settings.PAYUNG_MAX_UPLOAD_BYTES:
            megabytes = settings.PAYUNG_MAX_UPLOAD_BYTES // 1024**2
            raise forms.ValidationError(
                _("Berkas lebih besar dari %(megabytes)s MB. Pecah daftar menjadi beberapa berkas, lalu unggah."),
                params={"megabytes": megabytes},
            )
        return file


class UploadForm(FileForm):
    """A new list: whose it is, under which pledge, and on what ground its people's data were gathered."""

    sponsor = forms.ChoiceField(label=_("Penyandang iuran"))
    pledge = forms.ModelChoiceField(
        label=_("Janji"),
        queryset=Pledge.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("Belum ada janji, atau belum tahu"),
        help_text=_("Pekerja yang disetujui langsung mendapat tempat di dalam janji ini."),
    )
    legal_basis = forms.CharField(
        label=_("Dasar pengumpulan data"),
        max_length=150,
        help_text=_(
            "Misalnya: persetujuan pekerja saat pendataan pada 3 November 2026, atau surat tugas nomor sekian."
        ),
        error_messages={
            "required": _("Tulis dasar data ini dikumpulkan, misalnya persetujuan pekerja saat pendataan.")
        },
    )

    def __init__(self, *args: Any, viewer: Viewer, may_office: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._sponsors = {str(each.public_id): each for each in sponsors_to_upload_for(viewer)}
        self._villages = {f"{VILLAGE}{each.pk}": each for each in villages_to_upload_for(viewer)}
        choices: list[tuple[str, Any]] = [(public_id, each.name) for public_id, each in self._sponsors.items()]
        choices += [(key, _("Data desa %(name)s") % {"name": each.name}) for key, each in self._villages.items()]
        if may_office:
            choices = [("", _("Pilih penyandang …")), (OFFICE, _("Data kantor sendiri (tanpa penyandang)")), *choices]
        field = self.fields["sponsor"]
        field.choices = choices  # type: ignore[attr-defined]
        field.error_messages["required"] = _("Pilih untuk siapa daftar ini.")
        if len(choices) == 1:
            self.initial["sponsor"], field.widget = choices[0][0], forms.HiddenInput()
        pledges = self.fields["pledge"]
        pledges.queryset = live_pledges(sponsors_to_upload_for(viewer))  # type: ignore[attr-defined]
        pledges.label_from_instance = pledge_words if len(choices) == 1 else _pledge_with_sponsor  # type: ignore[attr-defined]

    def clean_legal_basis(self) -> str:
        """A dash is no ground."""
        basis = str(self.cleaned_data["legal_basis"])
        if is_nothing(basis.strip()):
            raise forms.ValidationError(self.fields["legal_basis"].error_messages["required"])
        return basis

    def clean(self) -> dict[str, Any]:
        """The pledge is the sponsor's own; the office's own data have neither."""
        data = super().clean() or {}
        if "sponsor" not in data:
            return data
        data["village"] = self._villages.get(data["sponsor"])
        data["sponsor"] = sponsor = self._sponsors.get(data["sponsor"])
        pledge: Pledge | None = data.get("pledge")
        if pledge and (sponsor is None or pledge.sponsor_id != sponsor.pk):
            self.add_error("pledge", _("Janji ini milik penyandang lain. Pilih janji dari penyandang yang sama."))
        return data


class WishForm(forms.Form):
    """A wish for workers: how many, doing what, near where."""

    sponsor = forms.ModelChoiceField(
        label=_("Penyandang iuran"),
        queryset=Sponsor.objects.none(),
        to_field_name="public_id",
        empty_label=_("Pilih penyandang …"),
        error_messages={"required": _("Pilih untuk siapa pekerja diminta.")},
    )
    wanted = forms.IntegerField(
        label=_("Jumlah pekerja"),
        min_value=1,
        max_value=10_000,
        error_messages={
            "required": _("Isi berapa pekerja yang ingin dilindungi."),
            "invalid": _("Isi dengan angka, misalnya 30."),
            "min_value": _("Paling sedikit 1 pekerja."),
            "max_value": _("Paling banyak 10.000 pekerja sekali minta."),
        },
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    occupation = forms.ModelChoiceField(
        label=_("Pekerjaan"),
        queryset=Occupation.objects.order_by("name"),
        required=False,
        empty_label=_("Pekerjaan apa saja"),
    )
    region = forms.ChoiceField(label=_("Kecamatan atau desa"), required=False)
    note = forms.CharField(
        label=_("Catatan"),
        max_length=250,
        required=False,
        help_text=_("Misalnya: dekat pabrik kami di Kaliwungu."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, sponsors: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["sponsor"]
        field.queryset = sponsors  # type: ignore[attr-defined]
        field.label_from_instance = lambda sponsor: sponsor.name  # type: ignore[attr-defined]
        only = list(sponsors[:2])
        if len(only) == 1:
            field.initial, field.widget = only[0].public_id, forms.HiddenInput()
        self.fields["occupation"].label_from_instance = lambda each: each.name  # type: ignore[attr-defined]
        self.fields["region"].choices = region_choices()  # type: ignore[attr-defined]

    def clean_region(self) -> Region | None:
        """Give the region itself."""
        code = self.cleaned_data["region"]
        return Region.objects.get(pk=code) if code else None


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(max_length=500)


def region_choices() -> list[tuple[str, Any]]:
    """The whole regency, each kecamatan, and below it its villages."""
    groups = [
        (
            each.name,
            [(each.pk, _("Seluruh Kecamatan %(name)s") % {"name": each.name}), *((v.pk, v.name) for v in villages)],
        )
        for each, villages in places_to_wish_for(settings.PAYUNG_REGENCY)
    ]
    return [("", _("Di mana saja di kabupaten ini")), *groups]


def pledge_words(pledge: Pledge) -> str:
    """A pledge in one line."""
    return _("%(quota)s pekerja, %(months)s bulan sejak %(month)s") % {
        "quota": angka(pledge.quota),
        "months": pledge.months,
        "month": bulan(pledge.first_month),
    }


def _pledge_with_sponsor(pledge: Pledge) -> str:
    return f"{pledge.sponsor.name}: {pledge_words(pledge)}"
