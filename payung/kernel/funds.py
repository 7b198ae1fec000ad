"""Whose money (sumber dana), which sector, which programme: the closed lists that decide a price."""

from enum import StrEnum


class SumberDana(StrEnum):
    """Where a contribution's money comes from. APBN and APBD do not get the relief of PP 50/2025."""

    CSR = "CSR"
    DONASI = "DONASI"
    ASN = "ASN"
    BAZNAS = "BAZNAS"
    MANDIRI = "MANDIRI"
    APBD = "APBD"
    DBHCHT = "DBHCHT"
    APBN = "APBN"
    APBDES = "APBDES"


class Sektor(StrEnum):
    """The sector of an occupation, as PP 50/2025 divides them."""

    TRANSPORTASI = "TRANSPORTASI"
    LAINNYA = "LAINNYA"


class Program(StrEnum):
    """BPJS Ketenagakerjaan's programmes that Payung handles."""

    JKK = "JKK"
    JKM = "JKM"


class Keyakinan(StrEnum):
    """How sure a figure is: text or official copy seen; not yet checked; practice differs or text unseen."""

    TINGGI = "tinggi"
    BELUM_DICEK = "belum dicek"
    PERLU_KONFIRMASI = "perlu konfirmasi"
