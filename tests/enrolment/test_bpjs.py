"""BPJS: the batch by a column map, the answers, and the differences that are shown and never overwritten."""

from datetime import date

import pytest

from payung.access.errors import NotPermittedError
from payung.enrolment.answer_files import GivenRow
from payung.enrolment.bpjs_columns import default_columns
from payung.enrolment.errors import AnswerRefusedError, ColumnMapError, DifferenceResolvedError, NoPledgeError
from payung.enrolment.models import AnswerRow, BpjsDifference, Enrolment, EnrolmentEvent
from payung.enrolment.selectors import batches_visible_to, differences_waiting, pledges_of, unanswered
from payung.enrolment.services import (
    Paper,
    PayOrder,
    export_batch_for_bpjs,
    import_acceptance,
    import_activation,
    record_bpjs_check,
    resolve_row,
    set_column_map,
)
from payung.kernel.month import Month
from payung.kernel.nik import mask
from payung.registry.models import Worker
from payung.vault.files import read
from tests.enrolment.papers import cells_of, workbook
from tests.enrolment.people import (
    add_pledge,
    add_workers,
    determine_all,
    jump,
    nik_of,
    propose,
    register_all,
    states,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ORDER = PayOrder("240000123456", 25_200, date(2026, 12, 15))
FIRST = ("NIK", "NAMA", "TANGGAL LAHIR", "STATUS", "ALASAN")
SECOND = ("NIK", "NAMA", "NO KPJ", "TANGGAL MULAI", "DIBAYAR SAMPAI")


@pytest.fixture
def pledge(pt_maju, clock):
    return add_pledge(pt_maju, quota=4, clock=clock)


@pytest.fixture
def matched(pt_maju, pledge, wulan, clock):
    enrolments = propose(add_workers(4, clock=clock), pt_maju, by=wulan, clock=clock, pledge=pledge)
    for state in ("verified", "matched"):
        jump(enrolments, state, by=wulan, clock=clock)
    return enrolments


@pytest.fixture
def registered(pt_maju, matched, rina, wulan, clock):
    jump(matched, "checked", by=wulan, clock=clock)
    determine_all(pt_maju, by=rina, approver=wulan, clock=clock)
    return register_all(pt_maju, by=rina, clock=clock)


@pytest.fixture
def sent(registered, rina, clock):
    return export_batch_for_bpjs(registered, acting_user=rina, clock=clock).batch


def _name(number):
    return Worker.objects.get(nik_birth_date=date(1985, 3, 2), name__endswith=f" {number}").name


def _row(number, status="Diterima", why="", *, name="", born="02-03-1985", nik=""):
    return (nik or nik_of(number), name or _name(number), born, status, why)


def _accept(batch, rows, by, clock, **given):
    paper = Paper(workbook(FIRST, rows), "jawaban.xlsx")
    return import_acceptance(batch, paper=paper, **{"pay_order": ORDER, **given}, acting_user=by, clock=clock)


def _activate(rows, by, clock, **given):
    paper = Paper(workbook(SECOND, rows), "kpj.xlsx")
    return import_activation(paper=paper, **given, acting_user=by, clock=clock)


def test_the_batch_goes_out_by_the_column_map(registered, matched, rina, clock):
    made = export_batch_for_bpjs(registered, acting_user=rina, clock=clock)
    heading, first, *others = cells_of(made.content)
    person = dict(zip(heading, first, strict=True))
    assert heading == [column.heading for column in default_columns()]
    assert (person["NIK"], person["TANGGAL_LAHIR"], person["PENGHASILAN"]) == (nik_of(1), "02-03-1985", "1000000")
    assert (person["PROGRAM"], person["PERIODE_AWAL"], person["JUMLAH_BULAN"]) == ("JKK,JKM", "12-2026", "6")
    assert (person["DESA_KELURAHAN"], person["KODE_POS"], person["NPW"]) == ("Brangsong", "51371", registered.number)
    assert len(others) == 3
    assert states(matched) == ["sent"] * 4
    assert read(made.batch.file_sha256) == made.content
    assert made.batch.number == "NPW240001/20261122/1"


def test_a_branch_has_columns_of_its_own(registered, rina, clock):
    own = [
        {"heading": "No. KTP", "field": "nik"},
        {"heading": "Nama", "field": "name"},
        {"heading": "Jenis", "field": "constant", "value": "BPU"},
    ]
    set_column_map("Kendal", own, acting_user=rina, clock=clock)
    heading, first, *_ = cells_of(export_batch_for_bpjs(registered, acting_user=rina, clock=clock).content)
    assert heading == ["No. KTP", "Nama", "Jenis"]
    assert (first[0], first[2]) == (nik_of(1), "BPU")


@pytest.mark.parametrize(
    "columns",
    [
        [{"heading": "NIK", "field": "nik"}],
        [{"heading": "NIK", "field": "nik"}, {"heading": "NIK", "field": "name"}],
        [
            {"heading": "NIK", "field": "nik"},
            {"heading": "Nama", "field": "name"},
            {"heading": "X", "field": "rahasia"},
        ],
    ],
    ids=["no name", "a heading twice", "an unknown field"],
)
def test_a_column_map_that_cannot_work_is_refused(columns, rina, clock):
    with pytest.raises(ColumnMapError):
        set_column_map("Kendal", columns, acting_user=rina, clock=clock)


def test_nobody_is_sent_without_a_pledge(registered, matched, rina, clock):
    Enrolment.objects.filter(pk=matched[0]).update(pledge=None)
    with pytest.raises(NoPledgeError):
        export_batch_for_bpjs(registered, acting_user=rina, clock=clock)


def test_the_check_stops_whom_bpjs_knows(matched, rina, clock):
    results = ["belum_terdaftar", "pernah_terdaftar", "aktif_mandiri", "pu"]
    rows = [
        GivenRow(n, result, enrolment_id=pk) for n, (pk, result) in enumerate(zip(matched, results, strict=True), 1)
    ]
    paper = Paper(b"%PDF surat", "surat.pdf", "B/12/2026")
    done = record_bpjs_check(rows, paper=paper, acting_user=rina, clock=clock)
    assert done.counts["applied"] == 4
    assert states(matched) == ["checked", "checked", "rejected", "rejected"]
    assert Enrolment.objects.get(pk=matched[2]).reason == "aktif_mandiri"
    assert record_bpjs_check(rows, paper=paper, acting_user=rina, clock=clock).is_repeat


def test_accepted_and_rejected_come_back_with_the_pay_code(sent, pledge, matched, rina, dewi, clock):
    rows = [_row(1), _row(2), _row(3, "Ditolak", "Aktif Mandiri"), _row(4, "Ditolak", "Usia")]
    done = _accept(sent, rows, dewi, clock)
    assert states(matched) == ["accepted", "accepted", "rejected", "rejected"]
    assert done.pay_order == ORDER
    assert (done.answer.pay_code, done.answer.pay_amount_rp) == ("240000123456", 25_200)
    assert list(pledges_of(sent)) == [pledge]


def test_the_pay_code_may_stand_in_the_rows(sent, dewi, clock):
    headings = (*FIRST, "KODE IURAN", "JUMLAH IURAN")
    rows = [(*_row(number), "240000777", "Rp 8.400") for number in (1, 2)]
    done = import_acceptance(sent, paper=Paper(workbook(headings, rows), "a.xlsx"), acting_user=dewi, clock=clock)
    assert (done.pay_order.code, done.pay_order.amount_rp) == ("240000777", 16_800)


def test_a_row_that_differs_is_shown_and_nothing_is_overwritten(sent, matched, rina, dewi, clock):
    before = Worker.objects.get(enrolments=matched[0]).name
    done = _accept(sent, [_row(1, name="Nama Yang Lain Sama Sekali"), _row(2, born="03-03-1985"), _row(3)], dewi, clock)
    assert done.counts == {"applied": 1, "repeated": 0, "shown": 2, "refused": 0, "unknown": 0}
    assert done.missing == 1
    assert states(matched) == ["sent", "sent", "accepted", "sent"]
    assert Worker.objects.get(enrolments=matched[0]).name == before
    shown = list(differences_waiting(dewi).values_list("field", "ours", "theirs"))
    assert shown == [("name", before, "Nama Yang Lain Sama Sekali"), ("birth_date", "1985-03-02", "1985-03-03")]
    assert list(unanswered(sent, rina).values_list("pk", flat=True)) == [matched[0], matched[1], matched[3]]


def test_a_word_that_it_is_the_same_person_takes_the_step(sent, matched, rina, dewi, clock):
    done = _accept(sent, [_row(1, born="03-03-1985"), _row(2, born="03-03-1985")], dewi, clock)
    numbers = list(
        AnswerRow.objects.filter(answer=done.answer).order_by("row_number").values_list("row_number", flat=True)
    )
    resolve_row(done.answer, numbers[0], same_person=True, note="KTP dilihat", acting_user=rina, clock=clock)
    resolve_row(done.answer, numbers[1], same_person=False, note="orang lain", acting_user=rina, clock=clock)
    assert states(matched[:2]) == ["accepted", "sent"]
    assert not differences_waiting(dewi).exists()
    with pytest.raises(DifferenceResolvedError):
        resolve_row(done.answer, numbers[0], same_person=True, note="lagi", acting_user=rina, clock=clock)
    late = _activate([(nik_of(1), _name(1), "26000000001", "01-12-2026", "2026-12")], dewi, clock)
    assert late.counts["applied"] == 1


def test_a_difference_that_was_settled_is_not_shown_again(sent, matched, rina, dewi, clock):
    other = "Nama Di Kartu"
    done = _accept(sent, [_row(1, name=other)], dewi, clock)
    number = AnswerRow.objects.get(answer=done.answer).row_number
    resolve_row(done.answer, number, same_person=True, note="KTP dilihat", acting_user=rina, clock=clock)
    late = _activate([(nik_of(1), other, "26000000001", "01-12-2026", "2026-12")], dewi, clock)
    assert late.counts["applied"] == 1


def test_another_nik_under_our_reference_is_shown_masked(sent, matched, dewi, clock):
    reference = str(Enrolment.objects.get(pk=matched[0]).public_id)
    rows = [(*_row(1, nik=nik_of(77)), reference), (*_row(2, nik=nik_of(78), name="Orang Yang Lain"), reference)]
    paper = Paper(workbook((*FIRST, "REF"), rows), "a.xlsx")
    done = import_acceptance(sent, paper=paper, pay_order=ORDER, acting_user=dewi, clock=clock)
    assert (done.counts["shown"], done.counts["unknown"]) == (1, 1)
    one = BpjsDifference.objects.get(answer=done.answer)
    assert (one.field, one.ours, one.theirs) == ("nik", mask(nik_of(1)), mask(nik_of(77)))


def test_after_payment_they_are_active_with_what_bpjs_gives(sent, matched, dewi, clock):
    _accept(sent, [_row(number) for number in (1, 2, 3, 4)], dewi, clock)
    rows = [
        (nik_of(1), _name(1), "26000000001", "01-12-2026", "2027-05"),
        (nik_of(2), _name(2), "A6000000002", "3 Desember 2026", "Mei 2027"),
        (nik_of(3), _name(3), "", "01-12-2026", "2027-05"),
        (nik_of(88), "Orang Asing", "26000000088", "01-12-2026", "2027-05"),
    ]
    done = _activate(rows, dewi, clock)
    assert done.counts == {"applied": 2, "repeated": 0, "shown": 0, "refused": 1, "unknown": 1}
    assert states(matched) == ["active", "active", "accepted", "accepted"]
    second = Enrolment.objects.get(pk=matched[1])
    assert (second.kpj, second.starts_on, second.paid_through) == (
        "A6000000002",
        date(2026, 12, 3),
        Month.from_text("2027-05"),
    )


def test_a_later_month_is_taken_over_and_another_kpj_is_shown(sent, matched, dewi, clock):
    _accept(sent, [_row(number) for number in (1, 2)], dewi, clock)
    people = [(nik_of(n), _name(n), f"2600000000{n}", "01-12-2026") for n in (1, 2)]
    _activate([(*person, "2026-12") for person in people], dewi, clock)
    since = Enrolment.objects.get(pk=matched[0]).since
    later = _activate(
        [(*people[0], "2027-01"), (nik_of(2), _name(2), "99999999999", "01-12-2026", "2027-01")], dewi, clock
    )
    assert later.counts == {"applied": 1, "repeated": 0, "shown": 1, "refused": 0, "unknown": 0}
    first, second = (Enrolment.objects.get(pk=pk) for pk in matched[:2])
    assert (first.paid_through, first.since) == (Month.from_text("2027-01"), since)
    assert (second.kpj, second.paid_through) == ("26000000002", Month.from_text("2026-12"))
    assert EnrolmentEvent.objects.filter(enrolment=first, reason="dibayar").count() == 1


def test_a_person_of_another_batch_is_unknown_to_this_one(sent, pt_maju, wulan, dewi, clock):
    propose(add_workers(1, first=60, clock=clock), pt_maju, by=wulan, clock=clock)
    assert _accept(sent, [_row(60)], dewi, clock).counts["unknown"] == 1


def test_typed_rows_need_a_known_result_and_their_letter(sent, matched, dewi, clock):
    paper = Paper(b"%PDF surat", "surat.pdf", "B/14/2026")
    with pytest.raises(AnswerRefusedError):
        import_acceptance(
            sent, [GivenRow(1, "entah", enrolment_id=matched[0])], paper=paper, acting_user=dewi, clock=clock
        )
    rows = [GivenRow(1, "diterima", enrolment_id=matched[0]), GivenRow(2, "usia", enrolment_id=matched[1])]
    done = import_acceptance(sent, rows, paper=paper, pay_order=ORDER, acting_user=dewi, clock=clock)
    assert (done.counts["applied"], done.missing, done.answer.letter_number) == (2, 2, "B/14/2026")
    assert states(matched) == ["accepted", "rejected", "sent", "sent"]


@pytest.mark.parametrize("who", ["tono", "joko", "agus"])
def test_tono_cannot_send_answer_or_see_a_batch(who, sent, registered, clock, request):
    by = request.getfixturevalue(who)
    with pytest.raises(NotPermittedError):
        export_batch_for_bpjs(registered, acting_user=by, clock=clock)
    with pytest.raises(NotPermittedError):
        _accept(sent, [_row(1)], by, clock)
    with pytest.raises(NotPermittedError):
        _activate([(nik_of(1), _name(1), "26", "01-12-2026", "2026-12")], by, clock)
    assert batches_visible_to(by).exists() == (who == "agus")


def test_a_batch_of_many_asks_no_more_often_than_one_of_few(
    pt_maju, registered, wulan, rina, clock, django_assert_max_num_queries
):
    many = propose(add_workers(300, first=100, clock=clock), pt_maju, by=wulan, clock=clock)
    pledge = add_pledge(pt_maju, quota=300, clock=clock)
    Enrolment.objects.filter(pk__in=many).update(state="registered", wadah=registered, pledge=pledge)
    with django_assert_max_num_queries(45):
        made = export_batch_for_bpjs(registered, acting_user=rina, clock=clock)
    assert made.batch.row_count == 304
