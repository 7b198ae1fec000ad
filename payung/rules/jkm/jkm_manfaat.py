"""What a family receives from JKM when a BPU participant dies of anything but work."""

from dataclasses import dataclass
from datetime import date

from payung.kernel.funds import Program
from payung.kernel.rupiah import Rupiah
from payung.rules.errors import Expected, GivenError
from payung.rules.jkm.anak import Anak
from payung.rules.jkm.beasiswa import BeasiswaAnak, beasiswa
from payung.rules.jkm.biaya_pemakaman import biaya_pemakaman
from payung.rules.jkm.masa_tunggu import MasaTunggu, masa_tunggu_jkm
from payung.rules.jkm.santunan_berkala import santunan_berkala
from payung.rules.jkm.santunan_sekaligus import santunan_sekaligus
from payung.rules.steps import Ruling, Step
from payung.rules.time_words import full_months


@dataclass(frozen=True, slots=True, kw_only=True)
class JkmManfaat(Ruling):
    """The parts and their sum in rupiah; `beasiswa` says what each child may get, year by year.

    In the waiting period (`dalam_masa_tunggu`) all stands in `pemakaman_rp`: how the sum divides is not sure.
    """

    santunan_rp: Rupiah
    berkala_rp: Rupiah
    pemakaman_rp: Rupiah
    beasiswa_maks_rp: Rupiah
    total_rp: Rupiah
    dalam_masa_tunggu: bool
    beasiswa: tuple[BeasiswaAnak, ...]


def jkm_manfaat(
    tanggal_meninggal: date, *, mulai_kepesertaan: date, bulan_iuran: int, anak: tuple[Anak, ...] = ()
) -> JkmManfaat:
    """Manfaat JKM: meninggal bukan karena kecelakaan kerja.

    In rupiah; the scholarship at most. `mulai_kepesertaan` is the first day of the membership that stood on the day of
    death, `bulan_iuran` the months paid, that of the death included. Source: PP 44/2015, PP 82/2019, Permenaker 1/2025.
    A lapse is read as starting the waiting anew (perlu konfirmasi): give the day of the new start.

    >>> jkm_manfaat(date(2025, 7, 15), mulai_kepesertaan=date(2025, 3, 1), bulan_iuran=5).total_rp
    42000000
    >>> jkm_manfaat(date(2025, 7, 15), mulai_kepesertaan=date(2025, 6, 1), bulan_iuran=2).total_rp
    10000000
    """
    _refuse_impossible(tanggal_meninggal, mulai_kepesertaan, bulan_iuran)
    santunan = santunan_sekaligus(tanggal_meninggal)
    masa_tunggu = masa_tunggu_jkm(tanggal_meninggal)
    waited = _waited(mulai_kepesertaan, tanggal_meninggal)
    if waited.result < masa_tunggu.result.bulan:
        return _in_the_waiting_period(masa_tunggu, waited)
    berkala = santunan_berkala(tanggal_meninggal)
    pemakaman = biaya_pemakaman(tanggal_meninggal)
    sekolah = beasiswa(tanggal_meninggal, program=Program.JKM, bulan_iuran=bulan_iuran, anak=anak)
    total = _total(santunan.result, berkala.result, pemakaman.result, sekolah.maks_rp)
    return JkmManfaat(
        santunan_rp=santunan.result,
        berkala_rp=berkala.result,
        pemakaman_rp=pemakaman.result,
        beasiswa_maks_rp=sekolah.maks_rp,
        total_rp=total.result,
        dalam_masa_tunggu=False,
        beasiswa=sekolah.beasiswa,
        steps=(masa_tunggu, waited, santunan, berkala, pemakaman, *sekolah.steps, total),
    )


def _refuse_impossible(tanggal_meninggal: date, mulai_kepesertaan: date, bulan_iuran: int) -> None:
    if mulai_kepesertaan > tanggal_meninggal:
        raise GivenError("jkm_manfaat", "mulai_kepesertaan", Expected.NOT_AFTER_DEATH)
    if bulan_iuran < 0:
        raise GivenError("jkm_manfaat", "bulan_iuran", Expected.ZERO_OR_MORE)


def _waited(mulai_kepesertaan: date, tanggal_meninggal: date) -> Step[int]:
    return Step(
        code="jkm.bulan_kepesertaan",
        result=full_months(mulai_kepesertaan, tanggal_meninggal),
        formula="bulan penuh dari mulai_kepesertaan sampai tanggal_meninggal",
        params={"mulai_kepesertaan": mulai_kepesertaan, "tanggal_meninggal": tanggal_meninggal},
    )


def _in_the_waiting_period(masa_tunggu: Step[MasaTunggu], waited: Step[int]) -> JkmManfaat:
    """Only the reduced sum: neither lump sum nor periodic benefit nor scholarship."""
    amount = masa_tunggu.result.manfaat_rp
    reduced = Step(
        code="jkm.dalam_masa_tunggu",
        result=amount,
        formula="manfaat_masa_tunggu_jkm karena bulan_kepesertaan < masa_tunggu_jkm",
        params={"bulan_kepesertaan": waited.result, "bulan_tunggu": masa_tunggu.result.bulan},
        figures=masa_tunggu.figures,
    )
    split = Step(code="jkm.pembagian_belum_pasti", result=amount, figures=masa_tunggu.figures)
    return JkmManfaat(
        santunan_rp=Rupiah(0),
        berkala_rp=Rupiah(0),
        pemakaman_rp=amount,
        beasiswa_maks_rp=Rupiah(0),
        total_rp=amount,
        dalam_masa_tunggu=True,
        beasiswa=(),
        steps=(masa_tunggu, waited, reduced, split),
    )


def _total(santunan_rp: Rupiah, berkala_rp: Rupiah, pemakaman_rp: Rupiah, beasiswa_maks_rp: Rupiah) -> Step[Rupiah]:
    return Step(
        code="jkm.total",
        result=Rupiah(santunan_rp + berkala_rp + pemakaman_rp + beasiswa_maks_rp),
        formula="santunan_rp + berkala_rp + pemakaman_rp + beasiswa_maks_rp",
        params={
            "santunan_rp": santunan_rp,
            "berkala_rp": berkala_rp,
            "pemakaman_rp": pemakaman_rp,
            "beasiswa_maks_rp": beasiswa_maks_rp,
        },
    )
