"""What people read of one list as a whole: whose it is, what it repeats, why it stops and asks."""

from django.utils.translation import gettext as _

from payung.intake.guard import doubles_of, doubles_percent
from payung.intake.models import Upload
from payung.web.frame.tags import angka, tanggal


def owner_words(upload: Upload) -> str:
    """Whose list it is: a sponsor's, a village's, or the office's own."""
    if upload.sponsor:
        return upload.sponsor.name
    return _("Data desa {name}").format(name=upload.village.name) if upload.village else _("Data kantor sendiri")


def repeat_words(upload: Upload) -> str:
    """Say which earlier list holds the same rows; nothing for a list that repeats none."""
    earlier = upload.repeats
    if earlier is None:
        return ""
    text = _(
        "Isi berkas ini sama dengan daftar {name} yang diunggah {day}; yang berbeda hanya urutan baris atau jenis "
        "berkasnya. Tidak ada yang berubah."
    )
    return text.format(name=earlier.file_name, day=tanggal(earlier.uploaded_at))


def doubles_words(upload: Upload) -> str:
    """Ask whether a list with so many doubles is the right one."""
    text = _(
        "{n} dari {rows} baris ({percent} %) memuat orang yang ganda atau sudah dilindungi pihak lain. Apakah "
        "berkasnya benar, bukan daftar bulan lalu atau daftar pihak lain? Bila benar, tulis alasannya; penyetuju "
        "membacanya."
    )
    return text.format(
        n=angka(doubles_of(upload)), rows=angka(upload.row_count), percent=angka(doubles_percent(upload))
    )
