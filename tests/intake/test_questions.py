"""What a file has to be asked about is asked once, and what was shown of a form's columns holds for the next list."""

import io
from collections.abc import Sequence
from typing import Any

import openpyxl
import pytest

from payung.access.errors import NotPermittedError
from payung.intake.errors import WrongStateError
from payung.intake.models import Upload
from payung.intake.services import keep_choices, keep_column_map, receive_upload, stage_upload
from payung.tabular.columns import ColumnMap

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("kendal")]

HEADINGS = ("NIK", "Nama", "Tgl Lahir", "Desa", "Kecamatan")
SARI = ("3324156501900001", "Sari Wulandari", "25-01-1990", "Pekauman", "Kendal")
TINI = ("3324154502850002", "Tini Lestari", "05-02-1985", "Pekauman", "Kendal")


def book(**sheets: Sequence[Sequence[Any]]) -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        page = made.create_sheet(name)
        for row in rows:
            page.append(row)
    return made


def saved(made: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def staged(content: bytes, sponsor, viewer, clock, replaces=None) -> Upload:
    received = receive_upload(
        content, file_name="daftar.xlsx", sponsor=sponsor, acting_user=viewer, clock=clock, replaces=replaces
    )
    return stage_upload(received.upload, acting_user=viewer, clock=clock)


def with_hidden_row() -> bytes:
    made = book(Daftar=[HEADINGS, SARI, TINI])
    made["Daftar"].row_dimensions[3].hidden = True
    return saved(made)


def codes(upload: Upload) -> list[str]:
    return [problem["code"] for problem in upload.problems]


@pytest.mark.parametrize(("answer", "rows"), [("with", [2, 3]), ("without", [2])])
def test_hidden_rows_stop_a_file_until_somebody_says_what_they_are(pt_maju, joko, clock, answer, rows):
    upload = staged(with_hidden_row(), pt_maju, joko, clock)
    assert (upload.state, codes(upload)) == ("received", ["file:hidden-rows"])
    assert upload.problems[0]["params"] == {"count": 1, "columns": 0}
    upload = stage_upload(keep_choices(upload, acting_user=joko, hidden=answer), acting_user=joko, clock=clock)
    assert (upload.state, upload.problems) == ("staged", [])
    assert [row.row_number for row in upload.rows.order_by("row_number")] == rows


def test_a_mended_file_is_not_asked_again(pt_maju, joko, clock):
    first = staged(with_hidden_row(), pt_maju, joko, clock)
    first = stage_upload(keep_choices(first, acting_user=joko, hidden="without"), acting_user=joko, clock=clock)
    made = book(Daftar=[HEADINGS, (*SARI[:1], "Sari Wulan", *SARI[2:]), TINI])
    made["Daftar"].row_dimensions[3].hidden = True
    mended = staged(saved(made), pt_maju, joko, clock, replaces=first)
    assert (mended.state, mended.row_count) == ("staged", 1)


def test_of_two_lists_in_a_workbook_one_is_chosen(pt_maju, joko, clock):
    upload = staged(saved(book(Utara=[HEADINGS, SARI], Selatan=[HEADINGS, TINI])), pt_maju, joko, clock)
    assert codes(upload) == ["file:several-lists"]
    upload = stage_upload(keep_choices(upload, acting_user=joko, sheet="Selatan"), acting_user=joko, clock=clock)
    assert [row.name for row in upload.rows.all()] == ["Tini Lestari"]
    assert upload.choices == {"sheet": "Selatan"}


def test_the_only_list_of_a_workbook_is_found_behind_a_cover(pt_maju, joko, clock):
    upload = staged(saved(book(Sampul=[("Daftar pekerja", "2026")], Isi=[HEADINGS, SARI])), pt_maju, joko, clock)
    assert (upload.state, upload.row_count, upload.choices) == ("staged", 1, {"sheet": "Isi"})


def test_a_total_that_differs_stops_the_file_until_somebody_says_the_list_is_whole(pt_maju, joko, clock):
    upload = staged(saved(book(Daftar=[HEADINGS, SARI, TINI, (3, "JUMLAH")])), pt_maju, joko, clock)
    assert (upload.state, codes(upload)) == ("received", ["file:total-differs"])
    upload = stage_upload(keep_choices(upload, acting_user=joko, total="leave"), acting_user=joko, clock=clock)
    assert (upload.state, upload.row_count) == ("staged", 2)


def test_only_who_may_upload_answers_and_only_while_the_list_is_open(pt_maju, joko, tono, clock):
    upload = staged(with_hidden_row(), pt_maju, joko, clock)
    with pytest.raises(NotPermittedError):
        keep_choices(upload, acting_user=tono, hidden="with")
    Upload.objects.filter(pk=upload.pk).update(state="applied", approved_by="x")
    with pytest.raises(WrongStateError):
        keep_choices(upload, acting_user=joko, hidden="with")


FORM = ("NIK", "Nama", "Tgl Lahir", "Wilayah asal", "Kecamatan")


def shown(upload: Upload, joko, clock) -> Upload:
    by_hand = ColumnMap.from_dict(upload.column_map).with_field(3, "village")
    return stage_upload(keep_column_map(upload, by_hand, acting_user=joko), acting_user=joko, clock=clock)


def test_columns_shown_once_hold_for_the_next_list_on_that_form(pt_maju, joko, clock):
    first = staged(saved(book(Daftar=[FORM, SARI])), pt_maju, joko, clock)
    assert first.counts == {"repair:village-unknown": 1}
    assert shown(first, joko, clock).counts == {"accepted": 1}
    second = staged(saved(book(Januari=[("PT MAJU",), FORM, TINI])), pt_maju, joko, clock)
    assert second.counts == {"accepted": 1}
    assert "note:columns-remembered" in [note["code"] for note in second.notes]
    third = shown(second, joko, clock)
    assert ColumnMap.from_dict(third.column_map).fields["village"] == 3


def test_another_form_and_another_organisation_are_read_afresh(pt_maju, joko, rina, clock):
    shown(staged(saved(book(Daftar=[FORM, SARI])), pt_maju, joko, clock), joko, clock)
    other_form = (*FORM[:2], "Lahir", *FORM[3:])
    assert staged(saved(book(Daftar=[other_form, TINI])), pt_maju, joko, clock).counts == {"repair:village-unknown": 1}
    assert staged(saved(book(Kantor=[FORM, TINI])), None, rina, clock).counts == {"repair:village-unknown": 1}
