"""What a NIK says of itself, and whether it is well formed. `payung.kernel.nik` reads it; this explains it."""

from dataclasses import dataclass
from datetime import date

from payung.kernel.nik import Nik, NotANikError
from payung.rules.given import SecretText
from payung.rules.kepesertaan import figures
from payung.rules.steps import Ruling, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class ArtiNik(Ruling):
    """What the digits say. `salah` names the part that is wrong: length, characters, region, date or serial.

    `kecamatan` is where the number was first issued, never proof of where the person lives.
    """

    sah: bool
    salah: str | None
    kecamatan: str | None
    jenis_kelamin: str | None
    lahir: date | None


def nik(nik: SecretText, *, pada: date) -> ArtiNik:
    """Arti NIK.

    `pada` decides the century: the person is at most a hundred years old on that day. Source: UU 23/2006 jo. 24/2013 as
    commonly described (PPKKCC DDMMYY SSSS). No digit beyond region and birth date comes back, in no step either.

    >>> nik("3324155512900003", pada=date(2026, 11, 22)).lahir
    datetime.date(1990, 12, 15)
    >>> nik("332415551290000", pada=date(2026, 11, 22)).salah
    'length'
    """
    length = figures.NIK_PANJANG.on(pada)
    try:
        found = Nik.parse(nik)
        born = found.birth_date(pada)
    except NotANikError as error:
        wrong = Step(
            code="nik.bentuk",
            result=False,
            params={"bagian": error.part, "panjang": length.value},
            figures=(length.figure(),),
        )
        return ArtiNik(sah=False, salah=error.part, kecamatan=None, jenis_kelamin=None, lahir=None, steps=(wrong,))
    return ArtiNik(
        sah=True,
        salah=None,
        kecamatan=found.region,
        jenis_kelamin=found.sex,
        lahir=born,
        steps=(
            Step(
                code="nik.bentuk",
                result=True,
                params={"bagian": "", "panjang": length.value},
                figures=(length.figure(),),
            ),
            Step(code="nik.wilayah", result=found.region),
            *_who(found, born, pada),
        ),
    )


def _who(found: Nik, born: date, pada: date) -> tuple[Step[str], Step[date]]:
    added = figures.NIK_TAMBAHAN_HARI_PEREMPUAN.on(pada)
    return (
        Step(
            code="nik.jenis_kelamin",
            result=found.sex,
            formula="P jika hari > nik_tambahan_hari_perempuan",
            params={"tambahan": added.value},
            figures=(added.figure(),),
        ),
        Step(code="nik.lahir", result=born, params={"pada": pada}),
    )
