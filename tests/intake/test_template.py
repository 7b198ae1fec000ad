"""The template that a company fills in: it checks itself, and comes back as it went out."""

import io
from datetime import date

import openpyxl
import pytest

from payung.access.errors import NotPermittedError
from payung.audit.models import AuditEvent
from payung.intake.services import (
    apply_upload,
    empty_template,
    hand_out_template,
    receive_upload,
    stage_upload,
    undo_upload,
)
from payung.intake.services.template import village_choice
from payung.intake.template import GUIDE_SHEET, LIST_SHEET
from payung.registry.models import Region
from payung.registry.selectors import occupation_named, villages_of
from payung.tabular.columns import apply_column_map, propose_column_map
from payung.tabular.reading import read_rows
from tests.intake.formats import as_xlsx, people

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("kendal")]
FIRST = 5


@pytest.fixture
def hand_in(kendal, pt_maju, joko, clock):
    """`hand_in(content)`: PT Maju's list, received and staged."""

    def take(content, *, sponsor=pt_maju, by=joko):
        received = receive_upload(content, file_name="t.xlsx", sponsor=sponsor, acting_user=by, clock=clock)
        assert not received.is_repeat
        return stage_upload(received.upload, acting_user=by, clock=clock)

    return take


@pytest.fixture
def with_workers(hand_in, wulan, clock):
    """PT Maju with twelve workers on their way."""
    upload = hand_in(as_xlsx(people(12)))
    apply_upload(upload, approved_hash=bytes(upload.content_hash), acting_user=wulan, clock=clock)
    return upload


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def fill(sheet, row, **cells):
    headings = {cell.value: cell.column for cell in sheet[FIRST - 1]}
    for heading, value in cells.items():
        sheet.cell(row, headings[heading]).value = value


NEW = {
    "NIK": "3324094203850001",
    "Nama Lengkap": "Sari Lestari",
    "Tanggal Lahir": date(1985, 3, 2),
    "Jenis Kelamin (L/P)": "P",
    "Desa/Kelurahan": "Brangsong, Kec. Brangsong",
    "Pekerjaan": "Tukang becak",
}


def test_the_empty_template_names_nobody_and_is_no_list_yet(hand_in, clock):
    content = empty_template(clock=clock)
    upload = hand_in(content)
    assert (upload.row_count, [each["code"] for each in upload.problems]) == (0, ["file:no-rows"])


def test_what_is_filled_in_is_read_and_nothing_else_is(hand_in, clock):
    book = opened(empty_template(clock=clock))
    fill(book[LIST_SHEET], FIRST, **NEW)
    fill(book[LIST_SHEET], FIRST + 1, **NEW | {"NIK": "3324094203850002", "Nama Lengkap": "Wati Rahayu"})
    upload = hand_in(saved(book))
    assert upload.counts == {"accepted": 2}
    assert list(upload.rows.values_list("name", flat=True)) == ["Sari Lestari", "Wati Rahayu"]
    assert {each["field"] for each in upload.column_map["columns"]} >= {"nik", "name", "birth_date", "village"}


@pytest.mark.usefixtures("with_workers")
def test_its_own_workers_come_back_as_themselves_beside_new_ones(pt_maju, joko, wulan, hand_in, clock):
    content = hand_out_template(pt_maju, acting_user=joko, clock=clock)
    book = opened(content)
    fill(book[LIST_SHEET], FIRST + 12, **NEW)
    upload = hand_in(saved(book))
    assert upload.counts == {"accepted": 13}
    assert list(upload.rows.order_by("row_number").values_list("known", flat=True)) == [True] * 12 + [False]
    applied = apply_upload(upload, approved_hash=bytes(upload.content_hash), acting_user=wulan, clock=clock)
    assert (applied.registered, applied.enrolled, applied.standing) == (1, 1, 12)


@pytest.mark.usefixtures("with_workers")
def test_untouched_it_says_what_its_own_workers_are(pt_maju, joko, hand_in, clock):
    upload = hand_in(hand_out_template(pt_maju, acting_user=joko, clock=clock))
    assert upload.counts == {"accepted": 12}
    assert set(upload.rows.values_list("known", flat=True)) == {True}


@pytest.mark.usefixtures("with_workers")
def test_no_nik_leaves_in_it_and_it_is_recorded(pt_maju, joko, clock):
    book = opened(hand_out_template(pt_maju, acting_user=joko, clock=clock))
    cells = [str(cell.value) for sheet in book for row in sheet for cell in row if cell.value is not None]
    niks = {row[0] for row in people(12)}
    assert not [text for text in cells if any(nik in text for nik in niks)]
    assert sum("••••••••" in text and text.startswith("3324") for text in cells) == 12
    event = AuditEvent.objects.get(action="intake.template.hand-out")
    assert event.lines.filter(object_type="registry.worker").count() == 12


def test_who_left_stands_in_it_no_more(with_workers, pt_maju, joko, wulan, clock):
    undo_upload(with_workers, reason="Keliru", acting_user=wulan, clock=clock)
    sheet = opened(hand_out_template(pt_maju, acting_user=joko, clock=clock))[LIST_SHEET]
    assert sheet.cell(FIRST, 3).value is None


@pytest.mark.usefixtures("with_workers")
def test_tono_cannot_have_it_and_its_codes_tell_him_nothing(pt_maju, joko, tono, hand_in, clock):
    with pytest.raises(NotPermittedError):
        hand_out_template(pt_maju, acting_user=tono, clock=clock)
    (lain,) = type(pt_maju).objects.exclude(pk=pt_maju.pk)
    upload = hand_in(hand_out_template(pt_maju, acting_user=joko, clock=clock), sponsor=lain, by=tono)
    assert upload.counts == {"repair:nik-characters": 12}
    assert not upload.rows.filter(known=True).exists()
    assert not upload.rows.exclude(worker=None).exists()


@pytest.mark.usefixtures("with_workers")
def test_a_row_that_was_altered_says_what_is_wrong(pt_maju, joko, hand_in, clock):
    altered = [
        ({"Kode Pekerja": "PK-TIDAKADA"}, {"repair:nik-characters", "repair:worker-code"}),
        ({"Kode Pekerja": None}, {"repair:nik-characters"}),
        (
            {"NIK": NEW["NIK"]},
            {"repair:worker-code", "repair:birth-disagrees-with-nik", "repair:sex-disagrees-with-nik"},
        ),
        ({"Nama Lengkap": "Orang Lain Sekali"}, {"repair:nik-belongs-to-another-name"}),
        ({"NIK": None}, set()),
    ]
    book = opened(hand_out_template(pt_maju, acting_user=joko, clock=clock))
    for place, (change, _codes) in enumerate(altered):
        fill(book[LIST_SHEET], FIRST + place, **change)
    rows = hand_in(saved(book)).rows.order_by("row_number")
    found = [{each["code"] for each in row.problems} for row in rows]
    assert found == [codes for _change, codes in altered] + [set()] * 7


def test_every_village_and_occupation_that_can_be_picked_is_read(kendal, clock):
    villages = villages_of(kendal)
    found = Region.objects.filter(parent__parent_id=kendal, level=4).values_list("code", "name", "parent__name")
    wrong = []
    for code, name, kecamatan in found:
        village, kec = village_choice(name, kecamatan).split(", Kec. ")
        if villages.find(village, kec).code != code:
            wrong.append(code)
    assert wrong == []
    sheet = opened(empty_template(clock=clock))["Pilihan"]
    offered = [cell.value for cell in sheet["B"] if cell.value]
    assert [text for text in offered if occupation_named(text) is None] == []
    assert len([cell for cell in sheet["A"] if cell.value]) == 286


def test_a_picked_village_is_read_through_the_whole_way(hand_in, kendal, clock):
    book = opened(empty_template(clock=clock))
    picked = [cell.value for cell in book["Pilihan"]["A"]][::9]
    for place, village in enumerate(picked):
        nik = f"3324094203{70 + place // 3:02d}{place + 1:04d}"
        born = date(1970 + place // 3, 3, 2)
        fill(book[LIST_SHEET], FIRST + place, **NEW | {"NIK": nik, "Desa/Kelurahan": village, "Tanggal Lahir": born})
    upload = hand_in(saved(book))
    assert upload.counts == {"accepted": len(picked)}
    read = [f"{row.village.name}, Kec. {row.village.parent.name}" for row in upload.rows.order_by("row_number")]
    assert read == picked


def test_the_workbook_checks_itself(clock):
    book = opened(empty_template(clock=clock))
    sheet = book[LIST_SHEET]
    rules = {str(each.sqref).split(":")[0]: each for each in sheet.data_validations.dataValidation}
    assert {place: rule.type for place, rule in rules.items()} == {
        "B5": "custom", "E5": "date", "F5": "list", "I5": "list", "J5": "list", "K5": "whole"
    }  # fmt: skip
    assert (rules["F5"].formula1, rules["I5"].formula1) == ('"L,P"', "Pilihan!$A$1:$A$286")
    assert "LEN(B5)=16" in rules["B5"].formula1
    assert (rules["I5"].errorStyle or "stop", rules["J5"].errorStyle) == ("stop", "warning")
    (marked,) = sheet.conditional_formatting
    assert "COUNTIF($B$5:$B$1004" in marked.rules[0].formula[0]
    assert sheet.column_dimensions["B"].number_format == "@" or sheet["B5"].number_format == "@"
    assert (book["Pilihan"].sheet_state, book[GUIDE_SHEET].sheet_state) == ("hidden", "visible")


def test_help_and_title_above_the_headings_are_nobodys_rows(clock):
    book = opened(empty_template(clock=clock))
    fill(book[LIST_SHEET], FIRST, **NEW)
    table = read_rows(saved(book), name="t.xlsx")
    assert table.sheet == LIST_SHEET
    assert [raw.row_number for raw in apply_column_map(table, propose_column_map(table))] == [FIRST]
