"""The files of the story: sponsors' lists, the office's own data, Dukcapil's answers."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from payung.cli.demo.people import SyntheticPerson
from payung.tabular.writing import ListColumn, Written, write_workbook

_COLUMNS = (
    ListColumn("No", "integer", 6),
    ListColumn("NIK", width=20),
    ListColumn("Nama Lengkap", width=30),
    ListColumn("Tempat, Tgl Lahir", width=26),
    ListColumn("L/P", width=6),
    ListColumn("Alamat", width=30),
    ListColumn("Desa/Kelurahan", width=22),
    ListColumn("Kecamatan", width=20),
    ListColumn("Pekerjaan", width=22),
    ListColumn("Penghasilan", "integer", 14),
    ListColumn("No HP", width=16),
)

_OFFICE_HEADINGS = (
    *("nik", "nama", "tempat_lahir", "tanggal_lahir", "jenis_kelamin", "alamat", "kode_desa", "pekerjaan"),
    *("penghasilan", "desil", "nama_ibu", "no_hp"),
)

Places = Mapping[str, tuple[str, str]]


def sponsor_list(
    title: str, people: Sequence[SyntheticPerson], *, places: Places, jobs: Mapping[str, str], faults: bool = False
) -> bytes:
    """A sponsor's list as a workbook; with `faults` its last rows hold the usual mistakes."""
    rows: list[list[Written]] = [
        [
            number,
            person.nik,
            person.name,
            f"{person.birth_place}, {person.birth_date:%d-%m-%Y}",
            person.sex,
            person.address,
            *places[person.village_code],
            jobs[person.occupation_code],
            person.income_rp,
            person.phone,
        ]
        for number, person in enumerate(people, start=1)
    ]
    if faults:
        rows[-1][1] = str(rows[-1][1])[:15]
        rows[-2][2] = ""
        rows[-3][4] = "L" if rows[-3][4] == "P" else "P"
        rows[-4][6] = "Desa Seberang"
    return write_workbook(_COLUMNS, rows, sheet="Usulan", title=[title, "Kabupaten Kendal", ""])


def office_data(people: Iterable[SyntheticPerson], *, jobs: Mapping[str, str]) -> bytes:
    """The manpower office's own data as its CSV has them."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_OFFICE_HEADINGS)
    for person in people:
        writer.writerow(
            [
                person.nik,
                person.name,
                person.birth_place,
                person.birth_date.isoformat(),
                person.sex,
                person.address,
                person.village_code,
                jobs[person.occupation_code],
                person.income_rp,
                person.desil or "-",
                person.mother,
                person.phone,
            ]
        )
    return out.getvalue().encode()


def dukcapil_answer(rows: Iterable[tuple[str, str, str]]) -> bytes:
    """Dukcapil's answer: NIK, name, result."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(["NIK", "Nama Lengkap", "Hasil Pemadanan"])
    writer.writerows(rows)
    return out.getvalue().encode()


def service_number(office: int, number: int) -> str:
    """A civil servant's number (NIP) in its form: born, appointed, sex, serial; nobody's."""
    return f"{1975 + number % 20}0101200{number % 10}1{office:02d}{number:03d}"
