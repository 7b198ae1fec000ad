"""`payung enrol`: the way in, walked from the village's word to BPJS's number."""

import json

import pytest
from click.testing import CliRunner

from payung.access.permissions import Role
from payung.cli.enrolment_files import enrol
from payung.enrolment.models import Enrolment, Wadah
from tests.cast import add_person
from tests.enrolment.papers import cells_of, workbook
from tests.enrolment.people import add_pledge, add_workers, nik_of, propose

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def run(*arguments, by=None, code=0, given=None):
    """Run a command and give its JSON; the exit code must be the one expected."""
    options = ["--as", by] if by else []
    result = CliRunner().invoke(enrol, [*map(str, arguments), "--json", *options], input=given)
    assert result.exit_code == code, result.output
    return json.loads(result.stdout.splitlines()[0]) if result.stdout.startswith(("{", "[")) else result.output


@pytest.fixture
def wulans_name(db, clock):
    return add_person(Role.PENYETUJU_DINAS, clock=clock, name="Wulan2").email


@pytest.fixture
def rinas_name(db, clock):
    return add_person(Role.PETUGAS_DINAS, clock=clock, name="Rina2").email


@pytest.fixture
def people(pt_maju, wulan, clock):
    propose(add_workers(3, clock=clock), pt_maju, by=wulan, clock=clock)
    return [str(row.public_id) for row in Enrolment.objects.order_by("pk")]


def test_the_whole_way_without_a_browser(people, pt_maju, rinas_name, wulans_name, tmp_path, clock):
    letter, out = tmp_path / "surat.pdf", tmp_path / "keluar.xlsx"
    letter.write_bytes(b"%PDF-1.4 surat")
    pledge = add_pledge(pt_maju, quota=3, clock=clock)
    counts = run("verify", "--number", "BA-1", "--sponsor", "PTMAJU", "--except", f"{people[2]}=pindah", by=rinas_name)
    assert counts["counts"] == {"layak": 2, "tidak_layak": 0, "tidak_ditemukan": 0, "pindah": 1, "meninggal": 0}
    assert run("assign", pledge.public_id, by=rinas_name)["assigned"] == 2

    assert run("dukcapil", "export", "--out", out, by=rinas_name)["rows"] == 2
    assert out.stat().st_mode & 0o077 == 0
    answer = _filled(out, HASIL="Padan")
    assert run("dukcapil", "import", _file(tmp_path, answer), by=rinas_name)["counts"]["applied"] == 2
    checked = workbook(("NIK", "STATUS"), [(nik_of(n), "Belum terdaftar") for n in (1, 2)])
    assert run("check", _file(tmp_path, checked), by=rinas_name)["counts"]["applied"] == 2

    basis = ("--basis", "surat_komitmen", "--number", "012/CSR", "--date", "2026-01-20", "--file", letter)
    prepared = run("determine", "PTMAJU", *basis, by=rinas_name)
    told = run("approve", prepared["determination"], "--hash", prepared["hash"], by=wulans_name)
    assert told == {"determination": prepared["determination"], "rows": 2, "operator_played_both": False}
    wadah = ("--name", "Pekerja rentan", "--branch", "Kendal", "--register", "PTMAJU")
    assert run("wadah", "NPW24", *wadah, by=rinas_name)["registered"] == 2

    batch = run("bpjs", "export", "NPW24", "--out", out, by=rinas_name)
    accepted = workbook(("NIK", "STATUS", "ALASAN"), [(nik_of(1), "Diterima", ""), (nik_of(2), "Ditolak", "PU")])
    order = ("--code", "9001", "--amount", "Rp 50.400", "--due", "2026-12-15")
    done = run("bpjs", "accept", batch["batch"], _file(tmp_path, accepted), *order, by=rinas_name)
    assert (done["pay_code"]["amount_rp"], done["counts"]["applied"], done["missing"]) == (50_400, 2, 0)
    active = workbook(
        ("NIK", "NO KPJ", "TANGGAL MULAI", "DIBAYAR SAMPAI"), [(nik_of(1), "26000000001", "01-12-2026", "2027-05")]
    )
    assert run("bpjs", "activate", _file(tmp_path, active), by=rinas_name)["counts"]["applied"] == 1
    assert [one["state"] for one in run("list", "--sponsor", "PTMAJU")] == ["active", "rejected", "left"]


def test_a_status_is_one_sentence_and_hides_the_nik(people):
    told = run("status", people[0])
    assert told["standing"].startswith("Diusulkan sejak")
    assert told["nik"] == "3324••••••••0001"
    assert [step["to"] for step in told["steps"]] == ["proposed"]
    assert run("status", "-", given=nik_of(2) + "\n")["ref"] == people[1]
    assert "tidak ada dalam program" in run("status", "-", given="3324094203850099\n", code=2)


def test_left_over_rows_are_named_and_need_repair(people, tmp_path):
    run("verify", "--number", "BA-1")
    answer = workbook(("NIK", "HASIL"), [(nik_of(1), "Padan"), (nik_of(9), "Padan"), (nik_of(2), "entah")])
    done = run("dukcapil", "import", _file(tmp_path, answer), code=3)
    assert [(row["row"], row["outcome"]) for row in done["rows"]] == [(3, "unknown"), (4, "refused")]
    again = run("dukcapil", "import", _file(tmp_path, answer), code=3)
    assert again["is_repeat"]


def test_differences_are_listed_and_resolved(people, pt_maju, tmp_path, wulan, rina, clock):
    wadah = run("wadah", "NPW24", "--name", "x", "--branch", "Kendal")["wadah"]
    Enrolment.objects.update(wadah=Wadah.objects.get(number=wadah), state="accepted")
    answer = workbook(("NIK", "NAMA", "NO KPJ", "TANGGAL MULAI"), [(nik_of(1), "Nama Lain", "261", "01-12-2026")])
    run("bpjs", "activate", _file(tmp_path, answer), code=3)
    (one,) = run("bpjs", "differences")
    assert (one["field"], one["theirs"]) == ("name", "Nama Lain")
    resolved = run("bpjs", "resolve", one["answer"], one["row"], "--same", "--note", "KTP dilihat")
    assert resolved["outcome"] == "applied"
    assert run("status", people[0])["code"] == "active"


def test_wrong_use_says_what_to_do(people, tmp_path):
    assert "tidak dikenal" in run("verify", "--number", "B", "--sponsor", "TIADA", code=2)
    assert "belum dicatat" in run("bpjs", "export", "NPW99", "--out", tmp_path / "x.xlsx", code=2)
    assert "--name" in run("wadah", "NPW99", code=2)
    assert "bukan bulan" in run("substitute", *people[:2], "--month", "x", "--reason", "pindah", code=2)
    assert run("waiting")[0]["code"] == "verify"


def test_tono_cannot_do_any_of_it(people, clock, tmp_path):
    tono = add_person(Role.PETUGAS_PERUSAHAAN, clock=clock, name="Tono").email
    assert "tidak berwenang" in run("verify", "--number", "B", by=tono, code=1)
    assert "tidak berwenang" in run("dukcapil", "export", "--out", tmp_path / "x.xlsx", by=tono, code=1)
    assert not (tmp_path / "x.xlsx").exists()
    assert run("list", by=tono) == []
    assert "tidak ada dalam program" in run("status", people[0], by=tono, code=2)


def test_leaving_and_substituting(people, pt_maju, clock):
    pledge = add_pledge(pt_maju, quota=1, clock=clock)
    Enrolment.objects.filter(public_id=people[0]).update(pledge=pledge)
    told = run("substitute", people[0], people[1], "--month", "2027-01", "--reason", "meninggal")
    assert told == {"substitute": people[1], "from_month": "2027-01"}
    assert run("leave", people[2], "--reason", "menolak")["left"] == 1
    assert [one["state"] for one in run("list")] == ["left", "proposed", "left"]


def _file(folder, content):
    path = folder / "jawaban.xlsx"
    path.write_bytes(content)
    return path


def _filled(path, **column):
    """A workbook of ours with a column filled in, as the office sends it back."""
    ((name, value),) = column.items()
    headings, *rows = cells_of(path.read_bytes())
    place = headings.index(name)
    return workbook(headings, [[*row[:place], value, *row[place + 1 :]] for row in rows])
