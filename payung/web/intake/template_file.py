"""The empty workbook that lists are best written into: headings that the reader knows, the NIK's column as text."""

from payung.tabular.writing import ListColumn, write_workbook

FILE_NAME = "templat-daftar-pekerja.xlsx"
# Headings are those of the offices and stay Indonesian in any language; the reader's vocabulary knows each.
COLUMNS = (
    ListColumn("No", "integer", 5),
    ListColumn("NIK", "text", 20),
    ListColumn("Nama Lengkap", "text", 28),
    ListColumn("Tempat Lahir", "text", 16),
    ListColumn("Tanggal Lahir", "date", 14),
    ListColumn("Jenis Kelamin (L/P)", "text", 10),
    ListColumn("Alamat", "text", 28),
    ListColumn("RT/RW", "text", 9),
    ListColumn("Desa/Kelurahan", "text", 18),
    ListColumn("Kecamatan", "text", 16),
    ListColumn("Pekerjaan", "text", 20),
    ListColumn("Penghasilan", "integer", 13),
    ListColumn("No HP", "text", 16),
    ListColumn("Nama Ibu Kandung", "text", 22),
)


def empty_list() -> bytes:
    """The workbook's bytes."""
    return write_workbook(COLUMNS, [])
