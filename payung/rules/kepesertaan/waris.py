"""The closed lists of the order of heirs: classes, kinship, what a will is."""

from enum import StrEnum


class Golongan(StrEnum):
    """The classes of heirs, in the order of the law; the last where there is nobody."""

    PASANGAN_ANAK = "PASANGAN_ANAK"
    SEDARAH_LURUS = "SEDARAH_LURUS"
    SAUDARA = "SAUDARA"
    MERTUA = "MERTUA"
    WASIAT = "WASIAT"
    TIDAK_ADA = "TIDAK_ADA"


class Penerima(StrEnum):
    """Who may receive: kin, whoever a will names, and whom the law names where there is nobody."""

    PASANGAN = "PASANGAN"
    ANAK = "ANAK"
    ORANG_TUA = "ORANG_TUA"
    KAKEK_NENEK = "KAKEK_NENEK"
    CUCU = "CUCU"
    SAUDARA = "SAUDARA"
    MERTUA = "MERTUA"
    PENERIMA_WASIAT = "PENERIMA_WASIAT"
    PENGURUS_PEMAKAMAN = "PENGURUS_PEMAKAMAN"
    DANA_JAMINAN_SOSIAL = "DANA_JAMINAN_SOSIAL"


class Wasiat(StrEnum):
    """The worker's will: none, one without a notary, a notarial deed."""

    TIDAK_ADA = "TIDAK_ADA"
    TANPA_NOTARIS = "TANPA_NOTARIS"
    AKTA_NOTARIS = "AKTA_NOTARIS"
