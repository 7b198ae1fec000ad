"""What the pages of the way in ask for."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from payung.enrolment.models import LeaveReason, Wadah
from payung.enrolment.services import Paper, PayOrder
from payung.enrolment.services.departures import SUBSTITUTABLE
from payung.enrolment.texts import REASONS
from payung.enrolment.transitions import HANDED_ON
from payung.kernel.month import Month, NotAMonthError, months_from
from payung.kernel.rupiah import NotRupiahError, parse_rupiah
from payung.web.frame.tags import bulan

SHEETS = ".xlsx,.xls,.ods,.csv,.txt,.tsv"
PAPERS = ".pdf,.jpg,.jpeg,.png"


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """A day, picked or typed."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=widget,
        input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"],
        error_messages={"required": _("Isi tanggalnya."), "invalid": _("Tanggal ini tidak ada atau tidak terbaca.")},
    )


class FileForm(forms.Form):
    """A file of an office. An empty one is let through: the reader says what to do."""

    file = forms.FileField(
        label=_("Berkas"),
        allow_empty_file=True,
        error_messages={"required": _("Pilih berkasnya dahulu.")},
        widget=forms.FileInput(attrs={"accept": SHEETS}),
    )

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read."""
        file = self.cleaned_data["file"]
        if file.size > settings.PAYUNG_MAX_UPLOAD_BYTES:
            megabytes = settings.PAYUNG_MAX_UPLOAD_BYTES // 1024**2
            raise forms.ValidationError(
                _("Berkas lebih besar dari %(megabytes)s MB. Pecah menjadi beberapa berkas, lalu unggah."),
                params={"megabytes": megabytes},
            )
        return file


class RoundForm(forms.Form):
    """A round of verification: over whom, when, under which number."""

    village = forms.ChoiceField(label=_("Desa atau kelurahan"), required=False)
    sponsor = forms.ChoiceField(label=_("Usulan penyandang"), required=False)
    number = forms.CharField(
        label=_("Nomor berita acara"),
        max_length=60,
        help_text=_("Nomor surat menurut buku agenda Anda, misalnya 141/BA/XI/2026."),
        error_messages={"required": _("Isi nomor berita acaranya.")},
    )
    held_on = day_field(_("Tanggal verifikasi"))

    def __init__(self, *args: Any, villages: list[tuple[str, str]], sponsors: list[tuple[str, str]], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["village"].choices = [("", _("Semua desa dalam jangkauan saya")), *villages]  # type: ignore[attr-defined]
        self.fields["sponsor"].choices = [("", _("Semua penyandang")), *sponsors]  # type: ignore[attr-defined]


class LeaveForm(forms.Form):
    """Why somebody leaves, and from which day."""

    reason = forms.ChoiceField(
        label=_("Alasan keluar"),
        choices=[
            ("", _("Pilih alasannya …")),
            *((value, REASONS[value]) for value in LeaveReason if value not in HANDED_ON),
        ],
        error_messages={"required": _("Pilih alasannya.")},
    )
    effective_on = day_field(_("Berlaku sejak"), required=False, help_text=_("Kosong berarti hari ini."))
    note = forms.CharField(
        label=_("Keterangan"), max_length=250, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class SubstituteForm(forms.Form):
    """Who takes the place of somebody, from which month, and why the first leaves."""

    coming = forms.ChoiceField(label=_("Pengganti"), error_messages={"required": _("Pilih penggantinya.")})
    reason = forms.ChoiceField(
        label=_("Alasan yang lama keluar"),
        choices=[
            ("", _("Pilih alasannya …")),
            *((value, REASONS[value]) for value in LeaveReason if value in SUBSTITUTABLE),
        ],
        error_messages={"required": _("Pilih alasannya.")},
    )
    from_month = forms.CharField(
        label=_("Mulai bulan"),
        help_text=_("Bulan pertama yang belum dibayar untuk yang lama."),
        widget=forms.DateInput(attrs={"type": "month"}),
        error_messages={"required": _("Isi bulan pertamanya.")},
    )
    note = forms.CharField(
        label=_("Keterangan"), max_length=250, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["coming"].choices = [("", _("Pilih orangnya …")), *people]  # type: ignore[attr-defined]

    def clean_from_month(self) -> Month:
        """Read a month as browsers write it: 2027-01."""
        try:
            return Month.from_text(self.cleaned_data["from_month"])
        except NotAMonthError as error:
            raise forms.ValidationError(_("Bulan tidak terbaca; tulis seperti 2027-01.")) from error


class LetterForm(forms.Form):
    """The letter from which results are typed in: its number, and the letter itself."""

    letter_number = forms.CharField(
        label=_("Nomor surat"), max_length=80, error_messages={"required": _("Isi nomor suratnya.")}
    )
    letter = forms.FileField(
        label=_("Berkas surat"),
        help_text=_("PDF atau foto surat itu; disimpan sebagai bukti."),
        widget=forms.FileInput(attrs={"accept": PAPERS}),
        error_messages={"required": _("Lampirkan suratnya."), "empty": _("Berkas surat ini kosong.")},
    )

    def paper(self) -> Paper:
        """The letter as the service takes it."""
        file = self.cleaned_data["letter"]
        return Paper(file.read(), file.name, self.cleaned_data["letter_number"])


class DeterminationForm(forms.Form):
    """The paper on which a list rests."""

    basis = forms.ChoiceField(label=_("Dasar penetapan"), error_messages={"required": _("Pilih dasarnya.")})
    number = forms.CharField(
        label=_("Nomor surat"), max_length=80, error_messages={"required": _("Isi nomor suratnya.")}
    )
    dated_on = day_field(_("Tanggal surat"))
    file = forms.FileField(
        label=_("Berkas surat"),
        help_text=_("PDF atau foto surat itu; disimpan sebagai bukti."),
        widget=forms.FileInput(attrs={"accept": PAPERS}),
        error_messages={"required": _("Lampirkan suratnya."), "empty": _("Berkas surat ini kosong.")},
    )

    def __init__(self, *args: Any, bases: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["basis"].choices = bases  # type: ignore[attr-defined]


ALONE, WITHOUT_GAP, EVERYBODY = "sendiri", "tanpa-jeda", "semua"


class HandoverForm(forms.Form):
    """Who takes the people over, from which month, on which letters of the two parties."""

    first_month = forms.TypedChoiceField(
        label=_("Bulan pertama penerima"),
        coerce=Month.from_text,
        help_text=_("Bulan sebelumnya tetap urusan penyandang lama."),
    )
    to = forms.ChoiceField(label=_("Diserahkan kepada"), error_messages={"required": _("Pilih penerimanya.")})
    wadah = forms.ChoiceField(
        label=_("Wadah baru"), required=False, help_text=_("Nomor peserta (KPJ) tetap; wadahnya berganti.")
    )
    who = forms.ChoiceField(
        label=_("Siapa yang diserahkan"),
        choices=[
            (WITHOUT_GAP, _("Hanya yang tidak terputus")),
            (EVERYBODY, _("Semua yang dapat, termasuk yang terputus (kedua pihak mengetahuinya)")),
        ],
        widget=forms.RadioSelect,
        initial=WITHOUT_GAP,
    )
    giving_letter = forms.CharField(
        label=_("Nomor surat yang menyerahkan"), max_length=120, error_messages={"required": _("Isi nomor suratnya.")}
    )
    taking_letter = forms.CharField(
        label=_("Nomor surat yang menerima"),
        max_length=120,
        help_text=_("Untuk iuran mandiri: nomor pernyataan pesertanya."),
        error_messages={"required": _("Isi nomor suratnya.")},
    )
    client_key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        first: Month,
        now: Month,
        pledges: list[tuple[str, str]],
        wadah: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        months = sorted({first, *months_from(now, 13)})
        offers: dict[str, list[tuple[str, Any]]] = {
            "first_month": [(str(month), bulan(month)) for month in months],
            "to": [("", _("Pilih penerimanya …")), *pledges, (ALONE, _("Pesertanya sendiri (iuran mandiri)"))],
            "wadah": [("", _("Tanpa wadah (iuran mandiri)")), *wadah],
        }
        for name, choices in offers.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]


class WadahForm(forms.Form):
    """A wadah that BPJS has opened."""

    number = forms.CharField(
        label=_("Nomor wadah (NPW)"), max_length=20, error_messages={"required": _("Isi nomor wadahnya.")}
    )
    name = forms.CharField(label=_("Nama"), max_length=150, error_messages={"required": _("Isi namanya.")})
    branch = forms.CharField(
        label=_("Cabang BPJS Ketenagakerjaan"), max_length=80, error_messages={"required": _("Isi cabangnya.")}
    )
    agreement = forms.CharField(
        label=_("Nomor perjanjian"), max_length=80, error_messages={"required": _("Isi nomor perjanjiannya.")}
    )


class RegisterForm(forms.Form):
    """Which wadah people are put into."""

    wadah = forms.ModelChoiceField(queryset=Wadah.objects.none(), to_field_name="public_id")

    def __init__(self, *args: Any, wadah: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wadah"].queryset = wadah  # type: ignore[attr-defined]


class AcceptanceForm(forms.Form):
    """BPJS's first answer to a batch: its file, or results typed from its letter; and its pay code."""

    file = forms.FileField(
        label=_("Berkas jawaban BPJS"), required=False, widget=forms.FileInput(attrs={"accept": SHEETS})
    )
    letter = forms.FileField(
        label=_("Surat BPJS"),
        required=False,
        help_text=_("Bila jawabannya diketik di bawah ini dari sebuah surat."),
        widget=forms.FileInput(attrs={"accept": PAPERS}),
    )
    letter_number = forms.CharField(label=_("Nomor surat"), max_length=80, required=False)
    rest = forms.BooleanField(label=_("Semua yang tidak dipilih di bawah ini diterima BPJS"), required=False)
    code = forms.CharField(
        label=_("Kode iuran"),
        max_length=32,
        required=False,
        help_text=_("Kosongkan bila kodenya ada dalam berkas, atau BPJS belum memberinya."),
    )
    amount = forms.CharField(label=_("Jumlah menurut BPJS"), required=False, help_text=_("Misalnya 2.100.000."))
    due_on = day_field(_("Jatuh tempo menurut BPJS"), required=False)
    notice = forms.ChoiceField(
        label=_("Catat kode iurannya pada pemberitahuan"),
        required=False,
        help_text=_("Angka BPJS yang berlaku; bedanya dengan hitungan kita dicatat dan dijelaskan."),
    )

    def __init__(self, *args: Any, notices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none_yet = _("Belum ada pemberitahuan, catat nanti")
        self.fields["notice"].choices = [("", none_yet), *notices]  # type: ignore[attr-defined]

    @property
    def is_typed(self) -> bool:
        """Whether the results come from the page, not from a spreadsheet."""
        return self.cleaned_data["file"] is None

    def clean_amount(self) -> int | None:
        """Read an amount as people write it."""
        text = self.cleaned_data["amount"].strip()
        if not text:
            return None
        try:
            return int(parse_rupiah(text))
        except NotRupiahError as error:
            raise forms.ValidationError(_("Jumlah tidak terbaca; tulis seperti 2.100.000.")) from error

    def clean(self) -> dict[str, Any]:
        """One paper, and a pay code with all three of its parts or none."""
        data = super().clean() or {}
        if not data.get("file") and not data.get("letter"):
            self.add_error("file", _("Lampirkan berkas jawaban BPJS, atau suratnya."))
        if data.get("file") and data.get("letter"):
            self.add_error("letter", _("Pilih salah satu: berkas jawaban, atau surat yang diketik."))
        if data.get("letter") and not data.get("letter_number"):
            self.add_error("letter_number", _("Isi nomor suratnya."))
        given = [bool(data.get(name)) for name in ("code", "amount", "due_on")]
        if any(given) and not all(given):
            self.add_error("code", _("Kode iuran memerlukan ketiganya: kode, jumlah, dan jatuh tempo."))
        return data

    def paper(self) -> Paper:
        """What came in, as the service takes it."""
        file = self.cleaned_data["file"] or self.cleaned_data["letter"]
        return Paper(file.read(), file.name, self.cleaned_data["letter_number"])

    def pay_order(self) -> PayOrder | None:
        """The pay code that was typed in; none where the file holds it."""
        data = self.cleaned_data
        return PayOrder(data["code"].strip(), data["amount"], data["due_on"]) if data["code"] else None
