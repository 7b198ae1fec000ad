"""Synthetic people of Kendal to fill lists with. Their NIKs agree with what stands beside them."""

from collections.abc import Mapping
from datetime import date, timedelta

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
    "village_code": "Kode Desa",
    "iuran": "Iuran",
    "month": "Bulan mulai",
    "segment": "Segmen",
    "died_on": "Tanggal meninggal",
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


def many(count: int, *, one_birth_date: bool = False, step: int = 37) -> list[dict[str, CellValue]]:
    """So many different men; their NIKs lie `step` apart, and so do their birth dates unless they share one."""
    people: list[dict[str, CellValue]] = []
    for number in range(count):
        born = date(1980, 5, 1) + timedelta(days=0 if one_birth_date else number * 29)
        nik = f"332415{born:%d%m%y}{1 + number * step:04}"
        name = f"{_FIRST[number % len(_FIRST)]} {_LAST[number // len(_FIRST) % len(_LAST)]}"
        people.append({"nik": nik, "name": name, "birth_date": f"{born:%d-%m-%Y}", "sex": "L", **_PLACE})
    return people


_FIRST = ("Bambang", "Sutrisno", "Wahyudi", "Purnomo", "Kristanto", "Haryadi", "Mulyono", "Gunarto")
_LAST = ("Prasetya", "Widodo", "Hidayat", "Nugroho", "Kusuma")
