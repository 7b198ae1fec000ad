"""Exports of the programs that villages keep their people in, made as those programs make them, of invented people.

Their headings are those of OpenSID's source (penduduk, ekspor, the readers of SIAK and BIP files): a village hands its
file over as it comes.
"""

from tests.bad_input.grids import CellValue, Grid

Rows = tuple[tuple[CellValue, ...], ...]

KK = "3324150102030001"
SARI = ("3324156501900001", "SARI WULANDARI", "KENDAL", "P", "ISTRI", "PEDAGANG", "SUMIATI", "KARTO")
BUDI = ("3324151708790003", "BUDI SANTOSO", "KENDAL", "L", "KEPALA KELUARGA", "PETANI/PEKEBUN", "WAGIYEM", "SARDI")
BORN = {SARI[0]: (25, 1, 1990), BUDI[0]: (17, 8, 1979)}
MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus")
PEOPLE = (BUDI, SARI)


def day(nik: str) -> str:
    """25-01-1990"""
    date, month, year = BORN[nik]
    return f"{date:02}-{month:02}-{year}"


def day_in_words(nik: str) -> str:
    """25 Januari 1990"""
    date, month, year = BORN[nik]
    return f"{date:02} {MONTHS[month - 1]} {year}"


def iso(nik: str) -> str:
    """1990-01-25"""
    date, month, year = BORN[nik]
    return f"{year}-{month:02}-{date:02}"


def opensid_penduduk() -> Grid:
    """The page "Penduduk > Unduh" of OpenSID: a web page named .xls, its village above the table."""
    headings = (
        *("No", "No. KK", "NIK", "Tag Id Card", "Nama", "Alamat", "Dusun", "RW", "RT", "Jenis Kelamin", "Tempat Lahir"),
        *("Tanggal Lahir", "Umur", "Agama", "Pendidikan (dlm KK)", "Pekerjaan", "Kawin", "Hub. Keluarga"),
        *("Nama Ayah", "Nama Ibu", "Status"),
    )
    rows = tuple(
        (
            *(str(number), KK, nik, None, name, "JL. MASJID", "KRAJAN", "002", "001"),
            *("LAKI-LAKI" if sex == "L" else "PEREMPUAN", place, day_in_words(nik), "40", "ISLAM", "SLTA/SEDERAJAT"),
            *(work, "KAWIN", relation, father, mother, "TETAP"),
        )
        for number, (nik, name, place, sex, relation, work, mother, father) in enumerate(PEOPLE, start=1)
    )
    return Grid((headings, *rows))


def opensid_ekspor() -> Grid:
    """ "Database > Ekspor Penduduk" of OpenSID: its own names of columns, sex and others as codes."""
    headings = (
        *("alamat", "dusun", "rw", "rt", "nama", "no_kk", "nik", "sex", "tempatlahir", "tanggallahir", "agama_id"),
        *("pendidikan_kk_id", "pendidikan_sedang_id", "pekerjaan_id", "status_kawin", "kk_level", "warganegara_id"),
        *("nama_ayah", "nama_ibu", "golongan_darah_id", "akta_lahir", "dokumen_pasport", "tanggal_akhir_paspor"),
        *("dokumen_kitas", "ayah_nik", "ibu_nik", "akta_perkawinan", "tanggalperkawinan", "akta_perceraian"),
        *("tanggalperceraian", "cacat_id", "cara_kb_id", "hamil", "id", "foto", "ktp_el", "status_rekam"),
        *("alamat_sekarang", "status_dasar", "suku", "tag_id_card", "asuransi", "no_asuransi"),
    )
    rows = tuple(
        (
            *("JL. MASJID", "KRAJAN", "002", "001", name, KK, nik, "1" if sex == "L" else "2", place, iso(nik), "1"),
            *("5", None, "9", "2", "1", "1", father, mother, "13", None, None, None, None),
            *("3324150101500001", "3324154101500002", None, None, None, None, None, None, None, "7", None, "2", "8"),
            *("JL. MASJID", "1", None, None, None, None),
        )
        for nik, name, place, sex, _, _, mother, father in PEOPLE
    )
    return Grid((headings, *rows))


def siak() -> Grid:
    """A table of SIAK as the population office gives it: one row a person, papers and officers behind."""
    headings = (
        *("Nomor KK", "NIK", "Nama Lengkap", "Status", "Tempat Lahir", "Tanggal Lahir", "Jenis Kelamin", "NIK Ayah"),
        *("Nama Ayah", "NIK Ibu", "Nama Ibu", "Status Kawin", "SHDK", "Agama", "Kode Wilayah", "Kelurahan", "Alamat"),
        *("RW", "RT", "Pendidikan Terakhir", "Pekerjaan", "Kewarganegaraan", "Golongan Darah", "No Akta Lahir"),
        "Petugas Registrasi",
    )
    rows = tuple(
        (
            *(KK, nik, name, "HIDUP", place, day(nik), sex, "3324150101500001", father, "3324154101500002", mother),
            *("KAWIN", relation, "ISLAM", "33.24.15.1013", "PEKAUMAN", "DSN KRAJAN", "002", "001", "SLTA", work),
            *("WNI", "O", None, "OPERATOR"),
        )
        for nik, name, place, sex, relation, work, mother, father in PEOPLE
    )
    return Grid((headings, *rows))


def siak_columns() -> Grid:
    """The same under the names that SIAK's own tables have."""
    headings = (
        *("NO_KK", "NIK", "NAMA_LGKP", "JENIS_KLMIN", "TMPT_LHR", "TGL_LHR", "GOL_DRH", "AGAMA", "STAT_KWN"),
        *("STAT_HBKEL", "JENIS_PKRJN", "NAMA_LGKP_IBU", "NAMA_LGKP_AYAH", "ALAMAT", "NO_RT", "NO_RW", "NAMA_KEL"),
        *("NAMA_KEC", "NO_PROP", "NO_KAB", "NO_KEC", "NO_KEL"),
    )
    rows = tuple(
        (
            *(KK, nik, name, "Laki-Laki" if sex == "L" else "Perempuan", place, day(nik), "O", "ISLAM", "KAWIN"),
            *(relation, work, mother, father, "DSN KRAJAN", "1", "2", "PEKAUMAN", "KENDAL", "33", "24", "15", "1013"),
        )
        for nik, name, place, sex, relation, work, mother, father in PEOPLE
    )
    return Grid((headings, *rows))


def bip_2016() -> Grid:
    """Buku Induk Penduduk of 2016: each family's card and address in a row above its members."""
    headings = (
        *("No.", "Nama Lengkap", "NIK", "Tempat Lahir", "Tanggal Lahir", "Jenis Kelamin", "SHDK", "Agama"),
        *("Pendidikan", "Pekerjaan", "Nama Ibu", "Nama Ayah"),
    )
    members = tuple(
        (str(number), name, nik, place, day(nik), sex, relation, "ISLAM", "SLTA/SEDERAJAT", work, mother, father)
        for number, (nik, name, place, sex, relation, work, mother, father) in enumerate(PEOPLE, start=1)
    )
    alone = f"No. KK : {KK[:-1]}2"
    address = "Alamat : JL. MASJID, Nama Dusun : KRAJAN, RT/RW : 001/002"
    return Grid(
        (
            ("BUKU INDUK PENDUDUK WNI",),
            ("PROVINSI : JAWA TENGAH", None, None, "KABUPATEN : KENDAL"),
            ("KECAMATAN : KENDAL", None, None, "DESA : PEKAUMAN"),
            headings,
            (f"No. KK : {KK}", None, address),
            members[0],
            (alone, None, address.replace("001", "003")),
            ("1", *members[1][1:]),
            ("Keterangan:",),
            ("SHDK = status hubungan dalam keluarga",),
        ),
        headings=3,
    )


def bip_ektp() -> Grid:
    """The Buku Induk Penduduk with KTP-el: the family's row holds its card, its head and its village."""
    headings = (
        *("NO", "Nama Lengkap", "NIK", "Tempat Lahir", "Tanggal Lahir", "JK", "Stat Kwn", "Gol. Drh", "SHDK", "Agama"),
        *("Pendidikan Terakhir", "No Akta Lahir", "Pekerjaan", "Nama Ibu", "Nama Ayah", "Wjb KTP", "KTP-eL"),
        *("Status", "Stat Rkm"),
    )
    family = (KK, None, "BUDI SANTOSO", *(None,) * 8, "DESA PEKAUMAN RT/RW : 001/002 DUSUN : -")
    members = tuple(
        (
            *(str(number), name, nik, place, day(nik), "Lk" if sex == "L" else "Pr", "KW", "-", relation, "ISLAM"),
            *("SLTA / SEDERAJAT", None, work, mother, father, "WAJIB", "KTP-eL", "SDH DPT", "CARD SHIPPED"),
        )
        for number, (nik, name, place, sex, relation, work, mother, father) in enumerate(PEOPLE, start=1)
    )
    return Grid((headings, family, *members))


def bip_by_family() -> Grid:
    """The Buku Induk Kependudukan that prints a letterhead and its headings anew for each family."""
    headings = (
        *(None, "NO", "NIK", "NAMA", "JK", "TMPT LHR", "TGL LHR", "G.DRH", "AGAMA", "STATUS", "HUB.KEL"),
        *("PENDIDIKAN", "PEKERJAAN", "NAMA IBU", "NAMA AYAH", "KET"),
    )
    rows: list[tuple[CellValue, ...]] = []
    for family, (nik, name, place, sex, relation, work, mother, father) in enumerate(PEOPLE, start=1):
        rows += [
            (None, "BUKU INDUK KEPENDUDUKAN KABUPATEN KENDAL (DAFTAR  KELUARGA)"),
            (),
            (None, "PROVINSI :", "JAWA TENGAH", None, None, "NO. KK :", f"{KK[:-1]}{family}"),
            (None, "KABUPATEN :", "KENDAL", None, None, "NAMA. KK :", name),
            (None, "KECAMATAN :", "KENDAL", None, None, "ALAMAT :", "DSN. KRAJAN,Kodepos :51351,Telp :,-"),
            (None, "DESA :", "PEKAUMAN", None, None, "NO.RT/RW :", f"00{family}/002"),
            (),
            headings,
            (None, "1", nik, name, sex, place, day(nik), "O", "Islam", "Kawin", relation, "SLTA", work, mother, father),
            (),
        ]
    return Grid(tuple(rows), headings=7)
