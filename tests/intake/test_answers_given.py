"""Answers to what a file has to be asked: the village of an export, the row of headings, at page and command."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.urls import reverse
from django.utils import translation

from payung.cli.intake import intake
from payung.intake.models import Upload
from payung.intake.services import keep_choices, receive_upload, stage_upload
from payung.registry.models import Region
from payung.web.intake.questions import questions_of
from payung.web.intake.words import REFUSAL_NAMES, state_of
from tests.bad_input.grids import Grid, xlsx
from tests.bad_input.people import SARI, TINI, list_of
from tests.intake.test_questions import HEADINGS, book, saved, with_hidden_row
from tests.intake.test_questions import SARI as ROW
from tests.tabular import exports

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("kendal")]

EXPORT = xlsx(exports.opensid_ekspor())
PEKAUMAN = "33.24.15.1013"


def staged(content: bytes, viewer, clock, village: Region | None = None, replaces: Upload | None = None) -> Upload:
    received = receive_upload(
        content,
        file_name="penduduk.xlsx",
        sponsor=None,
        village=village,
        acting_user=viewer,
        clock=clock,
        replaces=replaces,
    )
    return stage_upload(received.upload, acting_user=viewer, clock=clock)


def codes(upload: Upload) -> list[str]:
    return [problem["code"] for problem in upload.problems]


@pytest.mark.parametrize(("answer", "fates"), [(PEKAUMAN, {"accepted": 2}), ("rows", {"repair:village-unknown": 2})])
def test_an_export_without_a_village_is_asked_for_it_once(rina, clock, answer, fates):
    upload = staged(EXPORT, rina, clock)
    assert (upload.state, codes(upload), upload.row_count) == ("received", ["file:village-missing"], 0)
    upload = stage_upload(keep_choices(upload, acting_user=rina, village=answer), acting_user=rina, clock=clock)
    assert (upload.state, upload.counts) == ("staged", fates)
    assert {row.village_id for row in upload.rows.all()} <= {answer, None}


def test_the_village_whose_list_it_is_is_offered_first_and_every_other_below(rina, clock):
    upload = staged(EXPORT, rina, clock, village=Region.objects.get(pk=PEKAUMAN))
    (question,) = questions_of(upload)
    assert (question.name, question.is_long) == ("village", True)
    assert question.answers[0] == (PEKAUMAN, "Pekauman, Kendal")
    assert len({value for value, _ in question.answers}) == len(question.answers) == 287
    assert questions_of(staged(EXPORT, rina, clock))[0].answers[0][0] != PEKAUMAN


def test_the_page_asks_for_the_village_and_reads_the_file_anew(client_of, rina, clock):
    upload, client = staged(EXPORT, rina, clock), client_of(rina)
    address = reverse("list_questions", args=[upload.public_id])
    page = client.get(address).content.decode()
    assert f'<option value="{PEKAUMAN}">Pekauman, Kendal</option>' in page
    client.post(address, {"village": "99.99.99.9999"})
    upload.refresh_from_db()
    assert upload.state == "received"
    client.post(address, {"village": PEKAUMAN})
    upload.refresh_from_db()
    assert (upload.state, upload.counts) == ("staged", {"accepted": 2})


def test_a_mended_export_is_not_asked_for_its_village_again(rina, clock):
    first = keep_choices(staged(EXPORT, rina, clock), acting_user=rina, village=PEKAUMAN)
    first = stage_upload(first, acting_user=rina, clock=clock)
    grid = exports.opensid_ekspor()
    mended = staged(xlsx(Grid(grid.rows[:2])), rina, clock, replaces=first)
    assert mended.counts == {"accepted": 1}


def run(file: Path, *more: str) -> tuple[Result, dict]:
    result = CliRunner().invoke(intake, [str(file), "--json", *more])
    return result, json.loads(result.stdout.strip().splitlines()[-1]) if result.exit_code != 2 else {}


def test_questions_are_answered_on_the_command_line(tmp_path):
    hidden, village, total, sheets = (tmp_path / f"{name}.xlsx" for name in "abcd")
    hidden.write_bytes(with_hidden_row())
    village.write_bytes(EXPORT)
    total.write_bytes(saved(book(Daftar=[HEADINGS, ROW, (3, "JUMLAH")])))
    sheets.write_bytes(saved(book(Utara=[HEADINGS, ROW], Selatan=[HEADINGS, ("3324154502850002", *ROW[1:])])))
    for file, answer, told, rows in (
        (hidden, ("--hidden", "without"), "--hidden with atau --hidden without", 1),
        (village, ("--village", PEKAUMAN), "--village KODE", 2),
        (total, ("--total", "leave"), "--total leave", 1),
        (sheets, ("--sheet", "Selatan"), "--sheet NAMA", 1),
    ):
        asked, data = run(file)
        assert (asked.exit_code, told in data["messages"][0]) == (3, True), data
        _, answered = run(file, *answer)
        assert (answered["state"], answered["counts"]["total"]) == ("staged", rows), answered


def test_the_row_of_headings_can_be_named_on_the_command_line(tmp_path):
    file = tmp_path / "judul.xlsx"
    heads = ("Kolom A", "Kolom B", "Kolom C", "Kolom D", "Kolom E", "Kolom F")
    people = list_of(SARI, TINI).rows
    file.write_bytes(xlsx(Grid((people[0], ("contoh isian",), *people[:1], *people[1:]))))
    _, data = run(file, "--header-row", "3")
    assert [row["row"] for row in data["rows"]] == [4, 5]
    unknown = tmp_path / "lain.xlsx"
    unknown.write_bytes(xlsx(Grid((("DAFTAR",), heads, *people[1:]))))
    assert "--header-row BARIS" in run(unknown)[1]["messages"][0]
    _, named = run(unknown, "--header-row", "2")
    assert {problem["code"] for problem in named["problems"]} == {"file:column-missing"}


def test_an_answer_that_cannot_be_is_wrong_use(tmp_path):
    file = tmp_path / "penduduk.xlsx"
    file.write_bytes(EXPORT)
    assert run(file, "--village", "33.24.99.9999")[0].exit_code == 2
    assert run(file, "--header-row", "lima")[0].exit_code == 2
    assert not Upload.objects.exists()


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_refused_list_says_whether_it_could_not_be_read_or_on_what_terms_it_fell(language):
    with translation.override(language):
        words = {code: state_of(Upload(state="refused", problems=[{"code": code}]))[0] for code in REFUSAL_NAMES}
        unread = state_of(Upload(state="refused", problems=[{"code": "file:damaged"}]))[0]
    assert len({*words.values(), unread}) == len(words) + 1
    if language == "id":
        assert unread == "tidak dapat dibaca"
        assert words["file:beyond-pledge"] == "ditolak: melebihi tempat di janji"
