"""What the steps of the deadlines cite, and that each card decides: a scenario that changes it changes the answer."""

from datetime import date

import pytest

from payung.kernel.funds import Keyakinan, Program
from payung.rules.cards import Card, Origin
from payung.rules.explain import explain
from payung.rules.overlay import overlay_of
from payung.rules.tenggat import figures
from payung.rules.tenggat.denda_keterlambatan import denda_keterlambatan
from payung.rules.tenggat.kedaluwarsa_jkk import kedaluwarsa_jkk
from payung.rules.tenggat.tenggat_bayar_jkk import tenggat_bayar_jkk

WEEK, SKB = "Perpres 21/2023; sebelumnya Keppres 68/1995", "SKB 1497/2025, 2/2025, 5/2025"
DIES, LEAVE = "belum ditemukan; disamakan dengan JKK", "SKB 3 Menteri tiap tahun"
DAYS = "PP 44/2015 Ps 37(3) dan 40(4)"
ORIGIN = Origin("Ps 1", "naskah", Keyakinan.TINGGI)


@pytest.mark.parametrize(
    ("rule", "given", "steps"),
    [
        ("tenggat_lapor_jkk", {"waktu_kejadian": "2026-11-20T08:00+07:00"},
         {"tenggat.lapor_jkk": ["Permenaker 1/2025 Ps 8(2)"]}),
        ("tenggat_lapor_tahap_dua", {"waktu_keterangan": "2026-11-20T08:00+07:00"},
         {"tenggat.lapor_tahap_dua": ["Permenaker 3/1998; Permenaker 5/2021"]}),
        ("tenggat_keputusan_jkk", {"tanggal_lapor": "2026-11-22"}, {"tenggat.keputusan_jkk": ["PP 49/2023 Ps 25A"]}),
        ("tenggat_bayar_jkk", {"tanggal_lengkap": "2026-11-06"},
         {"tenggat.waktu_bayar": ["PP 44/2015 Ps 37(2)"], "tenggat.hari_kerja": [WEEK, SKB],
          "tenggat.terlambat_mulai": []}),
        ("tenggat_bayar_jkm", {"tanggal_lengkap": "2026-05-13"},
         {"tenggat.waktu_bayar": ["PP 44/2015 Ps 40(3)"], "tenggat.hari_kerja_melewati_libur": [WEEK, SKB, LEAVE],
          "tenggat.terlambat_mulai": []}),
        ("denda_keterlambatan", {"program": "JKK", "manfaat_rp": 100, "hari_terlambat": 1, "pada": "2026-05-04"},
         {"tenggat.denda": ["PP 44/2015 Ps 37(3)", DAYS]}),
        ("denda_keterlambatan", {"program": "JKM", "manfaat_rp": 100, "hari_terlambat": 0, "pada": "2026-05-04"},
         {"tenggat.tidak_terlambat": ["PP 44/2015 Ps 40(4)"]}),
        ("kedaluwarsa_jkk", {"tanggal_kecelakaan": "2021-03-10", "diajukan": "2026-03-10"},
         {"tenggat.masa_kedaluwarsa_jkk": ["PP 82/2019 Ps 26"], "tenggat.belum_kedaluwarsa_jkk": []}),
        ("kedaluwarsa_jkk", {"tanggal_kecelakaan": "2019-06-01", "diajukan": "2022-01-03"},
         {"tenggat.masa_kedaluwarsa_jkk": ["PP 44/2015 Ps 26"], "tenggat.kedaluwarsa_jkk": [],
          "tenggat.peralihan_kedaluwarsa_jkk": ["PP 82/2019", "PP 82/2019 Ps 26"]}),
        ("kedaluwarsa_jkm", {"tanggal_meninggal": "2021-03-10", "diajukan": "2026-03-10"},
         {"tenggat.masa_kedaluwarsa_jkm": [DIES], "tenggat.belum_kedaluwarsa_jkm": []}),
        ("kedaluwarsa_jkm", {"tanggal_meninggal": "2021-03-10", "diajukan": "2026-03-11"},
         {"tenggat.masa_kedaluwarsa_jkm": [DIES], "tenggat.kedaluwarsa_jkm": []}),
    ],
)  # fmt: skip
def test_each_step_cites_its_articles(rule, given, steps):
    ruling = explain(rule, given).ruling
    assert {step.code: [figure.article for figure in step.figures] for step in ruling.steps} == steps


def scenario(card: str, value: str) -> str:
    return f"name: contoh\ncards: {{{card}: [{{since: 2015-01-01, value: {value}}}]}}"


def test_joint_leave_works_where_a_scenario_says_so():
    with overlay_of(scenario("cuti_bersama_bukan_hari_kerja", "false")).in_force():
        answer = tenggat_bayar_jkk(date(2026, 3, 17))
        assert answer.tenggat == date(2026, 3, 27)
        assert answer.steps[1].params["libur"] == (date(2026, 3, 19),)


def test_six_working_days_a_week_end_sooner():
    with overlay_of(scenario("hari_kerja_seminggu", "[1, 2, 3, 4, 5, 6]")).in_force():
        assert tenggat_bayar_jkk(date(2026, 11, 6)).tenggat == date(2026, 11, 14)


def test_twice_the_share_costs_twice():
    with overlay_of(scenario("denda_bayar_jkk", "2")).in_force():
        answer = denda_keterlambatan(Program.JKK, manfaat_rp=70_000_000, hari_terlambat=4, pada=date(2026, 5, 4))
        assert answer.total_rp == 5_600_000


def test_an_older_accident_gains_the_longer_term_where_a_scenario_says_so():
    with overlay_of(scenario("peralihan_kedaluwarsa_jkk", "false")).in_force():
        answer = kedaluwarsa_jkk(date(2019, 6, 1), diajukan=date(2022, 1, 3))
        assert (answer.kedaluwarsa, answer.hari_terakhir, answer.tahun) == (False, date(2024, 6, 1), 5)
        assert kedaluwarsa_jkk(date(2017, 12, 1), diajukan=date(2022, 1, 3)).kedaluwarsa


@pytest.mark.parametrize(
    ("card", "raw"),
    [
        (figures.CUTI_BERSAMA_BUKAN_HARI_KERJA, 1),
        (figures.HARI_DENDA, "libur"),
        (figures.HARI_LIBUR, [{"tanggal": "2026-01-01", "jenis": "libur nasional", "nama": "x"}]),
        (figures.HARI_LIBUR, [{"tanggal": date(2026, 1, 1), "jenis": "hari besar", "nama": "x"}]),
        (
            figures.HARI_LIBUR,
            [{"tanggal": date(2026, 1, day), "jenis": "libur nasional", "nama": "x"} for day in (2, 1)],
        ),
        (figures.HARI_LIBUR, [{"tanggal": date(2026, 1, 1), "jenis": "libur nasional", "nama": "x"}] * 2),
    ],
)
def test_a_value_of_another_kind_is_refused(card: Card, raw):
    with pytest.raises(ValueError, match=r"\w"):
        card.read(raw, ORIGIN)
