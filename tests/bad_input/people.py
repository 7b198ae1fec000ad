"""Synthetic people of Kendal to fill lists with. Their NIKs agree with what stands beside them."""

from collections.abc import Mapping

from tests.bad_input.grids import CellValue, Grid

HEADINGS = {
    "no": "No",
    "nik": "NIK",
    "name": "Nama Lengkap",
    "birth_date": "Tanggal Lahir",
    "sex": "L/P",
    "village": "Desa",
    "kecamatan": "Kecamatan",
    "occupation": "Pekerjaan",
    "kk": "No KK",
    "phone": "No HP",
    "income": "Penghasilan per bulan",
    "address": "Alamat",
    "kabupaten": "Kabupaten",
}
USUAL = ("nik", "name", "birth_date", "sex", "village", "kecamatan")
_PLACE = {"village": "Pekauman", "kecamatan": "Kendal"}
SARI = {"nik": "3324156501900001", "name": "Sari Wulandari", "birth_date": "25-01-1990", "sex": "P", **_PLACE}
TINI = {"nik": "3324154502850002", "name": "Tini Lestari", "birth_date": "05-02-1985", "sex": "P", **_PLACE}
BUDI = {"nik": "3324151708790003", "name": "Budi Santoso", "birth_date": "17-08-1979", "sex": "L", **_PLACE}
JOKO = {"nik": "3324152811880004", "name": "Joko Prayitno", "birth_date": "28-11-1988", "sex": "L", **_PLACE}

Person = Mapping[str, CellValue]


def list_of(*people: Person, fields: tuple[str, ...] = USUAL, **options: bool) -> Grid:
    """A list of these people: headings in row 1, the first person in row 2."""
    headings = tuple(HEADINGS[name] for name in fields)
    return Grid((headings, *(tuple(person.get(name) for name in fields) for person in people)), **options)
