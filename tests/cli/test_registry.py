"""`payung regions` and `payung registry`, as somebody types them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from payung.audit.models import AuditEvent
from payung.cli.registry import regions, registry
from payung.registry.models import Region, RegionBoundary, Worker

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NIK = "3324095205850003"
SARI = ["--name", "Sari", "--birth-date", "1985-05-12", "--sex", "P", "--village", "33.24.09.2001"]


def run(command, *arguments: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(command, list(arguments), input=typed)


def add(*more: str, typed: str = NIK) -> Result:
    return run(registry, "add", *SARI, *more, typed=f"{typed}\n")


def person_of(viewer) -> tuple[str, str]:
    """The option that acts as one of the cast."""
    role = {"Tono": "petugas_perusahaan", "Rina": "petugas_dinas"}[viewer.actor.label]
    return "--as", f"{viewer.actor.label.lower()}-{role}@contoh.example"


def test_all_of_indonesia_is_loaded_once():
    first, second = (json.loads(run(regions, "load", "--json").stdout) for _ in range(2))
    assert first["regions"] == 91_599
    assert second == {"regions": 0, "occupations": 0}
    assert Region.objects.filter(level=4).count() == 83_762
    assert not Region.objects.filter(level__gt=1, parent__isnull=True).exists()


def test_boundaries_are_taken_from_a_file_and_what_is_left_out_is_said(kendal, tmp_path: Path):
    square = [[110.0, -7.0], [110.1, -7.0], [110.1, -6.9], [110.0, -7.0]]
    outline = {"type": "Polygon", "coordinates": [square]}
    features = [{"properties": {"code": code}, "geometry": outline} for code in ("33.24.09", "99.99")]
    file = tmp_path / "batas.geojson"
    file.write_text(json.dumps({"features": features}))
    result = run(regions, "import-boundaries", str(file))
    assert result.exit_code == 0
    assert "1 kecamatan" in result.stdout
    assert "nomor 2 99.99: wilayah tidak dikenal" in result.stdout
    assert RegionBoundary.objects.count() == 1


def test_a_file_that_is_no_map_is_wrong_use_and_says_why(kendal, tmp_path: Path):
    file = tmp_path / "batas.geojson"
    file.write_text("bukan json")
    result = run(regions, "import-boundaries", str(file))
    assert result.exit_code == 2
    assert "bukan GeoJSON" in result.stderr


def test_a_worker_is_added_by_a_nik_that_is_never_typed_on_the_command_line(kendal):
    result = add("--occupation", "tukang becak")
    assert result.exit_code == 0, result.output
    assert NIK not in result.output
    assert "3324••••••••0003" in result.output
    assert Worker.objects.get().occupation_id == "tukang-becak"


@pytest.mark.parametrize(
    ("typed", "more", "message"),
    [
        ("123", (), "16 angka"),
        ("332409520585000A", (), "hanya berisi angka"),
        ("3324095205850000", (), "tidak boleh 0000"),
        ("3324095305850003", (), "Tanggal lahir tidak sama"),
        ("3324091205850003", (), "Jenis kelamin tidak sama"),
        (NIK, ("--village", "33.24.09"), "bukan kode desa"),
        (NIK, ("--occupation", "astronot"), "tidak dikenal"),
        (NIK, ("--name", " "), "Nama belum diisi"),
        (NIK, ("--income", "-5"), "Penghasilan"),
    ],
)
def test_a_worker_that_cannot_be_is_wrong_use_and_says_what_to_do(kendal, typed, more, message):
    result = add(*more, typed=typed)
    assert result.exit_code == 2, result.output
    assert message in result.stderr
    assert not Worker.objects.exists()


def test_the_same_nik_again_is_wrong_use_and_not_repeated_in_the_clear(kendal):
    add()
    result = add()
    assert result.exit_code == 2
    assert "sudah terdaftar" in result.stderr
    assert NIK not in result.stderr


def test_workers_are_listed_masked_page_by_page(kendal):
    for number in range(1, 4):
        add("--name", f"Orang {number}", typed=f"332409520585000{number}")
    first = json.loads(run(registry, "list", "--limit", "2", "--json").stdout)
    rest = json.loads(run(registry, "list", "--limit", "2", "--after", first["next"], "--json").stdout)
    assert [row["name"] for row in first["workers"] + rest["workers"]] == ["Orang 1", "Orang 2", "Orang 3"]
    assert first["workers"][0]["nik"] == "3324••••••••0001"
    assert rest["next"] == ""
    assert run(registry, "list", "--after", "ngawur").exit_code == 2


def test_workers_are_found_by_name_by_nik_from_standard_input_and_by_place(kendal):
    add()
    for arguments, typed in [
        (("--search", "sar"), None),
        (("--search", "-"), f"{NIK}\n"),
        (("--village", "33.24.09"), None),
        (("--village", "33.24.09.2001"), None),
    ]:
        assert "Sari" in run(registry, "list", *arguments, typed=typed).stdout
    assert "Tidak ada pekerja" in run(registry, "list", "--village", "33.24.15").stdout


def test_a_death_is_recorded_and_shown(kendal):
    add()
    found = str(Worker.objects.get().public_id)
    assert run(registry, "death", found, "--on", "2026-11-20", "--source", "akta 1").exit_code == 0
    assert json.loads(run(registry, "show", found, "--json").stdout)["died_on"] == "2026-11-20"
    result = run(registry, "death", found, "--on", "1980-01-01", "--source", "akta 1")
    assert result.exit_code == 2
    assert "sebelum tanggal lahir" in result.stderr


def test_a_nik_is_revealed_for_a_purpose_and_recorded(kendal):
    add()
    found = str(Worker.objects.get().public_id)
    result = run(registry, "reveal", found, "--purpose", "klaim", "--note", "klaim 3/2026")
    assert result.stdout.strip() == NIK
    assert AuditEvent.objects.get(action="registry.worker.reveal").reason == "klaim: klaim 3/2026"
    assert run(registry, "reveal", found, "--purpose", "klaim", "--note", " ").exit_code == 2
    assert run(registry, "reveal", found, "--purpose", "iseng", "--note", "x").exit_code == 2


def test_an_unknown_worker_is_wrong_use(kendal):
    result = run(registry, "show", "bukan-id")
    assert result.exit_code == 2
    assert "tidak ditemukan" in result.stderr


def test_tono_cannot_do_or_see_any_of_it(kendal, tono, tmp_path: Path):
    add()
    found, who = str(Worker.objects.get().public_id), person_of(tono)
    file = tmp_path / "batas.geojson"
    file.write_text('{"features": [{}]}')
    refused = [
        run(regions, "load", *who),
        run(regions, "import-boundaries", str(file), *who),
        add(*who, "--name", "Lain", typed="3324095205850009"),
    ]
    assert [(result.exit_code, "tidak berwenang" in result.stderr) for result in refused] == [(1, True)] * 3
    unseen = [
        run(registry, "show", found, *who),
        run(registry, "death", found, "--on", "2026-11-20", "--source", "x", *who),
        run(registry, "reveal", found, "--purpose", "klaim", "--note", "x", *who),
    ]
    assert [(result.exit_code, "tidak ditemukan" in result.stderr) for result in unseen] == [(2, True)] * 3
    assert "Sari" not in run(registry, "list", *who).stdout
    assert Worker.objects.get().died_on is None
