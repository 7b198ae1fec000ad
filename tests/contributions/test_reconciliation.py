"""Three sides held against ours: what BPJS reports, what a collecting account shows, whom BPJS covers."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Count, Sum

from payung.access.errors import NotPermittedError, SamePersonError
from payung.access.viewer import Viewer
from payung.contributions.errors import (
    FileAcceptedError,
    FileRefusedError,
    FileUndoneError,
    NoticeNeededError,
    NotWaitingError,
    NotYetSubmittedError,
    StatementWithoutOwnerError,
    StillWaitingError,
)
from payung.contributions.invariants import I_07
from payung.contributions.models import (
    CoveredMonth,
    JournalEntry,
    LineUse,
    Notice,
    PayCode,
    Payment,
    Posting,
    ReconciliationFile,
    ReconciliationLine,
)
from payung.contributions.reconciliation.services import accept_file, decide_line, submit_file, undo_file
from payung.contributions.reconciliation.staging import stage_file
from payung.contributions.selectors import balances_of
from payung.contributions.services import issue_notice, record_pay_code, reverse_payment
from payung.contributions.within_line import NAME as WITHIN_LINE
from payung.kernel.clock import FixedClock
from payung.sponsors.models import Sponsor
from payung.vault.files import read as kept
from tests.contributions.conftest import JANUARY
from tests.contributions.reconciliation_files import report
from tests.contributions.reconciling import DUE_RP, TODAY, Source, finish, line_of, outcomes, stage
from tests.tabular.bank_files import Move, bca, mt940

pytestmark = [pytest.mark.django_db, pytest.mark.database]

CODE = "900123456789"
__all__ = ("finish", "stage")


@pytest.fixture
def code(notice: Notice, dewi: Viewer, clock: FixedClock) -> PayCode:
    """BPJS's code for December's notice: 25.200, due at the end of November."""
    return record_pay_code(
        notice, code=CODE, amount_rp=DUE_RP, due_on=date(2026, 11, 30), acting_user=dewi, clock=clock
    )


def titipan(sponsor: Sponsor) -> int:
    return balances_of(sponsor).entrusted_rp


# BPJS's report of payments


def test_payment_that_nobody_had_recorded_is_recorded_and_in_force(code, stage, finish):
    file = finish(stage(report([(CODE, DUE_RP, TODAY)], total=DUE_RP)).file)
    payment = Payment.objects.get()
    assert outcomes(file) == ["cocok"]
    assert (payment.amount_rp, payment.confirmed_by is not None) == (DUE_RP, True)
    assert CoveredMonth.objects.filter(state="berlaku").count() == 6


def test_payment_of_ours_is_met_and_only_confirmed(code, pay, stage, finish, joko):
    ours = pay(code.notice, DUE_RP, pay_code=CODE, acting_user=joko)
    file = finish(stage(report([(CODE, DUE_RP, TODAY)])).file)
    ours.refresh_from_db()
    assert (outcomes(file), Payment.objects.count(), ours.confirmed_at is not None) == (["cocok"], 1, True)


def test_payment_recorded_on_its_notice_without_its_code_is_met(code, pay, stage, finish, joko):
    ours = pay(code.notice, DUE_RP, acting_user=joko)
    assert ours.pay_code == code
    file = finish(stage(report([(CODE, DUE_RP, TODAY)])).file)
    assert (outcomes(file), Payment.objects.get().confirmed_at is not None) == (["cocok"], True)


def test_payment_recorded_before_its_code_came_is_met(notice, pay, stage, finish, joko, dewi, clock):
    ours = pay(notice, DUE_RP, acting_user=joko)
    record_pay_code(notice, code=CODE, amount_rp=DUE_RP, due_on=date(2026, 11, 30), acting_user=dewi, clock=clock)
    ours.refresh_from_db()
    assert ours.pay_code.code == CODE
    finish(stage(report([(CODE, DUE_RP, TODAY)])).file)
    assert Payment.objects.count() == 1


def test_instalment_of_which_no_report_spoke_leaves_room_for_the_next(code, pay, stage, joko):
    pay(code.notice, 16_800, paid_on=TODAY - timedelta(days=9), pay_code=CODE, acting_user=joko)
    line = line_of(stage(report([(CODE, 8_400, TODAY)])).file, "cocok")
    assert (line.payment, line.facts["before_rp"]) == (None, 16_800)


def test_what_we_recorded_that_day_at_another_figure_is_told_though_an_earlier_instalment_leaves_room(
    code, pay, stage, joko
):
    pay(code.notice, 8_400, paid_on=TODAY - timedelta(days=9), pay_code=CODE, acting_user=joko)
    mistyped = pay(code.notice, 16_000, pay_code=CODE, acting_user=joko)
    line = line_of(stage(report([(CODE, 16_800, TODAY)])).file, "beda_dengan_catatan")
    assert line.payment == mistyped


def test_nothing_changes_before_somebody_records_and_another_accepts(code, stage, rina, dewi, clock):
    file = stage(report([(CODE, DUE_RP, TODAY)])).file
    assert Payment.objects.count() == 0
    with pytest.raises(NotYetSubmittedError):
        accept_file(file, acting_user=dewi, clock=clock)
    submit_file(file, acting_user=rina, clock=clock)
    assert Payment.objects.get().confirmed_at is None


def test_who_handed_it_in_does_not_accept_it(code, stage, rina, clock):
    file = stage(report([(CODE, DUE_RP, TODAY)])).file
    submit_file(file, acting_user=rina, clock=clock)
    with pytest.raises(SamePersonError):
        accept_file(file, acting_user=rina, clock=clock)


def test_database_itself_refuses_the_same_person(code, stage, rina, clock):
    file = stage(report([(CODE, DUE_RP, TODAY)])).file
    submit_file(file, acting_user=rina, clock=clock)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReconciliationFile.objects.filter(pk=file.pk).update(accepted_by=file.recorded_by, accepted_at=clock.now())


def test_stranger_may_neither_hand_in_nor_accept_nor_undo(code, stage, tono, clock):
    with pytest.raises(NotPermittedError):
        stage(report([(CODE, DUE_RP, TODAY)]), acting_user=tono)
    file = stage(report([(CODE, DUE_RP, TODAY)])).file
    for deed in (submit_file, accept_file):
        with pytest.raises(NotPermittedError):
            deed(file, acting_user=tono, clock=clock)
    with pytest.raises(NotPermittedError):
        undo_file(file, reason="coba", acting_user=tono, clock=clock)


def test_same_file_again_changes_nothing_and_says_so(code, stage):
    first, again = (stage(report([(CODE, DUE_RP, TODAY)])) for _ in range(2))
    assert (again.is_repeat, again.file.pk, ReconciliationLine.objects.count()) == (True, first.file.pk, 1)


def test_original_is_kept_sealed_under_its_hash(code, stage):
    content = report([(CODE, DUE_RP, TODAY)])
    assert kept(stage(content).file.file_sha256) == content


def test_same_payment_in_a_later_report_is_known(code, stage, finish):
    finish(stage(report([(CODE, DUE_RP, TODAY)])).file)
    later = finish(stage(report([(CODE, DUE_RP, TODAY)], total=DUE_RP)).file)
    assert (outcomes(later), Payment.objects.count()) == (["sudah_tercatat"], 1)


@pytest.mark.parametrize(
    ("amount_rp", "day", "outcome"),
    [
        (16_800, TODAY, "kurang_bayar"),
        (30_000, TODAY, "lebih_bayar"),
        (DUE_RP, TODAY, "cocok"),
    ],
)
def test_too_little_and_too_much_have_their_names_and_their_place(
    code, stage, finish, amount_rp, day, outcome, pt_maju
):
    file = finish(stage(report([(CODE, amount_rp, day)])).file)
    assert outcomes(file) == [outcome]
    assert balances_of(pt_maju).credit_rp == max(0, amount_rp - DUE_RP)
    assert balances_of(pt_maju).due_rp == max(0, DUE_RP - amount_rp)


def test_two_instalments_are_no_double_payment(code, stage, finish):
    file = finish(stage(report([(CODE, 8_400, TODAY), (CODE, 16_800, TODAY)])).file)
    assert outcomes(file) == ["kurang_bayar", "cocok"]
    assert CoveredMonth.objects.filter(state="berlaku").count() == 6


def test_paid_twice_waits_for_a_word_and_is_the_payers_credit(code, stage, rina, dewi, clock, finish, pt_maju):
    file = stage(report([(CODE, DUE_RP, TODAY), (CODE, DUE_RP, TODAY)])).file
    assert outcomes(file) == ["cocok", "dibayar_dua_kali"]
    submit_file(file, acting_user=rina, clock=clock)
    with pytest.raises(StillWaitingError):
        accept_file(file, acting_user=dewi, clock=clock)
    decide_line(line_of(file, "dibayar_dua_kali"), take=True, note="bank memastikan", acting_user=rina, clock=clock)
    finish(file)
    assert balances_of(pt_maju).credit_rp == DUE_RP


def test_line_left_aside_brings_no_payment(code, stage, rina, clock, finish):
    file = stage(report([(CODE, DUE_RP, TODAY), (CODE, DUE_RP, TODAY)])).file
    decide_line(line_of(file, "dibayar_dua_kali"), take=False, note="baris kembar", acting_user=rina, clock=clock)
    finish(file)
    assert Payment.objects.count() == 1


def test_bpjs_figure_wins_over_ours_with_the_difference_kept(code, pay, stage, finish, joko, wulan, clock, pt_maju):
    ours = pay(code.notice, 16_800, pay_code=CODE, acting_user=joko)
    file = stage(report([(CODE, DUE_RP, TODAY)])).file
    line = line_of(file, "beda_dengan_catatan")
    assert line.facts["ours_rp"] == 16_800
    decide_line(line, take=True, note="angka BPJS", acting_user=wulan, clock=clock)
    finish(file)
    ours.refresh_from_db()
    assert ours.reversed_at is not None
    assert balances_of(pt_maju).due_rp == balances_of(pt_maju).credit_rp == 0


def test_only_who_may_reverse_takes_bpjs_figure(code, pay, stage, joko, rina, clock):
    pay(code.notice, 16_800, pay_code=CODE, acting_user=joko)
    file = stage(report([(CODE, DUE_RP, TODAY)])).file
    with pytest.raises(NotPermittedError):
        decide_line(line_of(file, "beda_dengan_catatan"), take=True, note="x", acting_user=rina, clock=clock)


def test_expired_code_is_named_and_paid_all_the_same(code, rina, dewi):
    later = FixedClock.on(date(2026, 12, 5))
    content = report([(CODE, DUE_RP, date(2026, 12, 1))])
    file = stage_file(content, name="l.csv", source=Source.REPORT, acting_user=rina, clock=later).file
    submit_file(file, acting_user=rina, clock=later)
    accept_file(file, acting_user=dewi, clock=later)
    assert (outcomes(file), Payment.objects.get().amount_rp) == (["kode_kedaluwarsa"], DUE_RP)


def test_unknown_code_of_nobody_waits_until_its_notice_is_named(notice, stage, rina, clock, finish):
    file = stage(report([("888", 8_400, TODAY)])).file
    line = line_of(file, "kode_tidak_dikenal")
    with pytest.raises(NoticeNeededError):
        decide_line(line, take=True, note="?", acting_user=rina, clock=clock)
    decide_line(line, take=True, note="menurut BPJS", notice=notice, acting_user=rina, clock=clock)
    finish(file)
    assert Payment.objects.get().notice_id == notice.pk


def test_amount_and_day_alone_are_a_proposal(code, stage, rina, dewi, clock, finish):
    file = stage(report([("888", DUE_RP, TODAY)])).file
    line = line_of(file, "usulan")
    submit_file(file, acting_user=rina, clock=clock)
    assert Payment.objects.count() == 0
    decide_line(line, take=True, note="BPJS: kode lama", acting_user=rina, clock=clock)
    finish(file)
    assert Payment.objects.get().pay_code_id == code.pk


def test_word_is_said_once(code, stage, rina, clock):
    file = stage(report([("888", DUE_RP, TODAY)])).file
    line = line_of(file, "usulan")
    decide_line(line, take=False, note="bukan", acting_user=rina, clock=clock)
    with pytest.raises(NotWaitingError):
        decide_line(line, take=True, note="ya", acting_user=rina, clock=clock)


def test_payment_that_bpjs_does_not_report_is_told(code, pay, stage, joko):
    pay(code.notice, DUE_RP, pay_code=CODE, acting_user=joko)
    file = stage(report([("888", 8_400, TODAY)])).file
    assert outcomes(file, "ours") == ["belum_dilaporkan"]


def test_money_taken_back_by_bpjs_is_no_payment(code, stage, finish, rina, clock):
    file = stage(report([(CODE, "-25.200", TODAY)])).file
    assert (outcomes(file), file.total_rp) == (["ditarik_kembali"], -DUE_RP)
    decide_line(line_of(file, "ditarik_kembali"), take=False, note="dibahas", acting_user=rina, clock=clock)
    finish(file)
    assert Payment.objects.count() == 0


def test_row_that_cannot_be_read_stays_and_says_why(code, stage):
    file = stage(report([(CODE, "dua puluh", TODAY), (CODE, DUE_RP, TODAY)])).file
    line = line_of(file, "tidak_terbaca")
    assert (line.amount_rp, line.facts["problems"], file.row_count) == (0, ["statement:amount"], 2)


def test_report_whose_total_is_another_is_refused(code, stage):
    with pytest.raises(FileRefusedError):
        stage(report([(CODE, DUE_RP, TODAY)], total=99_999))
    assert ReconciliationFile.objects.count() == 0


def test_damaged_file_is_refused(stage):
    with pytest.raises(FileRefusedError):
        stage(b"PK\x03\x04 rusak", name="l.xlsx")


def test_undo_reverses_what_it_brought_and_the_file_may_come_again(code, stage, finish, wulan, clock, pt_maju):
    content = report([(CODE, DUE_RP, TODAY)])
    file = finish(stage(content).file)
    undo_file(file, reason="berkas bulan lain", acting_user=wulan, clock=clock)
    assert CoveredMonth.objects.count() == 0
    assert (balances_of(pt_maju).due_rp, balances_of(pt_maju).unconfirmed_rp) == (DUE_RP, 0)
    with pytest.raises(FileUndoneError):
        undo_file(file, reason="lagi", acting_user=wulan, clock=clock)
    again = finish(stage(content).file)
    assert (outcomes(again), CoveredMonth.objects.count()) == (["cocok"], 6)


def test_accepted_file_takes_no_more_words(code, stage, finish, rina, clock):
    file = finish(stage(report([(CODE, DUE_RP, TODAY)])).file)
    with pytest.raises(FileAcceptedError):
        decide_line(line_of(file, "cocok"), take=True, note="x", acting_user=rina, clock=clock)


# A collecting account


MOVES = (
    Move(date(2026, 11, 2), 20_000_00, "SETORAN PNS DINKES"),
    Move(date(2026, 11, 3), 20_000_00, "SETORAN CVJAYA01 NOVEMBER"),
    Move(date(2026, 11, 10), -DUE_RP * 100, f"BAYAR BPJSTK {CODE}"),
    Move(date(2026, 11, 12), -2_500_00, "BIAYA ADM"),
    Move(date(2026, 11, 13), 100_00, "BUNGA"),
)


def test_entrusted_money_comes_in_and_goes_to_bpjs(code, stage, finish, pt_maju):
    file = finish(stage(bca(MOVES), Source.STATEMENT, sponsor=pt_maju).file)
    assert outcomes(file) == ["setoran_belum_dikenal", "setoran_belum_dikenal", "cocok", "biaya_bank", "bunga_bank"]
    told = balances_of(pt_maju)
    assert told.entrusted_rp == 40_000 - DUE_RP - 2_500 + 100
    assert (told.unconfirmed_rp, told.due_rp, told.credit_rp) == (DUE_RP, 0, told.entrusted_rp)
    assert Payment.objects.get().confirmed_at is None


def test_deposit_of_a_known_payer_says_who(code, stage, pt_maju, other_pledge):
    other = replace(MOVES[0], told="SETORAN PTMAJU02 NOVEMBER")
    Sponsor.objects.filter(pk=other_pledge.sponsor_id).update(code="PTMAJU02")
    file = stage(bca((other,)), Source.STATEMENT, sponsor=pt_maju).file
    assert (outcomes(file), line_of(file, "setoran_dikenal").facts["payer"]) == (
        ["setoran_dikenal"],
        other_pledge.sponsor_id,
    )


def test_statement_and_report_meet_in_one_payment(code, stage, finish, pt_maju):
    finish(stage(bca(MOVES), Source.STATEMENT, sponsor=pt_maju).file)
    finish(stage(report([(CODE, DUE_RP, date(2026, 11, 11))])).file)
    payment = Payment.objects.get()
    assert payment.confirmed_at is not None
    assert sorted(payment.line_uses.values_list("role", flat=True)) == ["funds", "reports"]
    assert balances_of(pt_maju).unconfirmed_rp == 0


def test_same_days_in_another_format_move_nothing_twice(code, stage, finish, pt_maju):
    finish(stage(bca(MOVES), Source.STATEMENT, sponsor=pt_maju).file)
    before = titipan(pt_maju)
    content = mt940(MOVES).replace(b"BMRIIDJA/1350012345678", b"0123456789")
    again = finish(stage(content, Source.STATEMENT, sponsor=pt_maju, name="m.txt").file)
    assert set(outcomes(again)) == {"sudah_tercatat"}
    assert titipan(pt_maju) == before


def test_two_statements_of_the_same_days_handed_in_at_once_move_money_once(code, stage, rina, dewi, clock, pt_maju):
    content = mt940(MOVES).replace(b"BMRIIDJA/1350012345678", b"0123456789")
    one = stage(bca(MOVES), Source.STATEMENT, sponsor=pt_maju).file
    two = stage(content, Source.STATEMENT, sponsor=pt_maju, name="m.txt").file
    for file in (one, two):
        submit_file(file, acting_user=rina, clock=clock)
    for file in (one, two):
        accept_file(file, acting_user=dewi, clock=clock)
    assert titipan(pt_maju) == 40_000 - DUE_RP - 2_500 + 100
    assert Payment.objects.count() == 1


def test_reversed_payment_gives_the_money_back_to_the_account(code, stage, finish, wulan, clock, pt_maju):
    finish(stage(bca(MOVES), Source.STATEMENT, sponsor=pt_maju).file)
    before = titipan(pt_maju)
    reverse_payment(Payment.objects.get(), reason="retur bank", acting_user=wulan, clock=clock)
    assert titipan(pt_maju) == before + DUE_RP


def test_undone_statement_leaves_nothing_in_the_account(code, stage, finish, wulan, clock, pt_maju):
    file = finish(stage(bca(MOVES), Source.STATEMENT, sponsor=pt_maju).file)
    undo_file(file, reason="rekening lain", acting_user=wulan, clock=clock)
    assert Posting.objects.filter(account__kind="titipan").aggregate(rp=Sum("amount_rp"))["rp"] == 0
    assert balances_of(pt_maju).due_rp == DUE_RP


def test_money_out_that_nobody_knows_waits_for_a_word(code, stage, rina, clock, pt_maju, finish):
    moves = (MOVES[0], Move(date(2026, 11, 9), -7_000_00, "TRF KE REK LAIN"))
    file = stage(bca(moves), Source.STATEMENT, sponsor=pt_maju).file
    decide_line(line_of(file, "keluar_belum_dikenal"), take=True, note="salah transfer", acting_user=rina, clock=clock)
    finish(file)
    assert titipan(pt_maju) == 13_000


def test_payment_of_the_movement_that_did_not_leave_its_account_is_told(code, pay, stage, joko, pt_maju):
    pay(code.notice, 8_400, pay_code=CODE, acting_user=joko, paid_on=date(2026, 11, 5))
    moves = (MOVES[0], Move(date(2026, 11, 20), 50_000_00, "SETORAN"))
    assert outcomes(stage(bca(moves), Source.STATEMENT, sponsor=pt_maju).file, "ours") == ["tidak_di_rekening"]


def test_statement_needs_its_movement(stage):
    with pytest.raises(StatementWithoutOwnerError):
        stage(bca(MOVES), Source.STATEMENT)


def test_account_numbers_and_niks_are_not_kept_in_the_clear(code, stage, pt_maju):
    move = replace(MOVES[0], told="TRF 3324090101800001 DARI 1234567890123")
    line = stage(bca((move,)), Source.STATEMENT, sponsor=pt_maju).file.lines.get()
    assert line.told == "TRF ••••0001 DARI ••••0123"


# One line, one use


def _accepted_line(stage: Any, finish: Any, pt_maju: Sponsor) -> ReconciliationLine:
    file = finish(stage(bca(MOVES[:2]), Source.STATEMENT, sponsor=pt_maju).file)
    return file.lines.order_by("row_number")[0]


def test_database_refuses_more_than_a_line_holds(code, stage, pt_maju, clock):
    line = stage(bca(MOVES[:1]), Source.STATEMENT, sponsor=pt_maju).file.lines.get()
    entry = JournalEntry.objects.first()
    for amount_rp in (line.amount_rp + 1, -1):
        with pytest.raises(IntegrityError), transaction.atomic():
            LineUse.objects.create(
                line=line,
                line_key=line.line_key,
                role="funds",
                amount_rp=amount_rp,
                entry=entry,
                recorded_at=clock.now(),
            )


def test_database_refuses_a_second_use_of_a_line(code, stage, finish, pt_maju, clock):
    line = _accepted_line(stage, finish, pt_maju)
    with pytest.raises(IntegrityError), transaction.atomic():
        LineUse.objects.create(
            line=line,
            line_key=line.line_key,
            role="funds",
            amount_rp=1,
            entry=JournalEntry.objects.first(),
            recorded_at=clock.now(),
        )


def _drop(trigger: str, table: str) -> None:
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {trigger}{on}")


def test_checker_sees_a_line_that_funds_more_than_it_holds(planted, code, stage, pt_maju, clock):
    line = stage(bca(MOVES[:1]), Source.STATEMENT, sponsor=pt_maju).file.lines.get()
    _drop(WITHIN_LINE, "contributions_lineuse")
    entry = JournalEntry.objects.first()
    LineUse.objects.create(
        line=line,
        line_key=line.line_key,
        role="reports",
        amount_rp=line.amount_rp + 1,
        entry=entry,
        recorded_at=clock.now(),
    )
    assert [found.object_id for found in I_07()] == [str(line.pk)]


def test_checker_sees_a_movement_claimed_by_two_lines(planted, code, stage, finish, pt_maju, clock):
    line = _accepted_line(stage, finish, pt_maju)
    other = line.file.lines.order_by("row_number")[1]
    _drop(WITHIN_LINE, "contributions_lineuse")
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX contributions_movement_used_once")
        cursor.execute("DROP INDEX contributions_line_used_once")
    LineUse.objects.create(
        line=other,
        line_key=line.line_key,
        role="reports",
        amount_rp=1,
        entry=JournalEntry.objects.first(),
        recorded_at=clock.now(),
    )
    assert "claimed=2" in {found.found for found in I_07()}


def test_checker_sees_a_line_that_vanished(planted, code, stage):
    file = stage(report([(CODE, DUE_RP, TODAY), ("888", 1_000, TODAY)])).file
    _drop("contributions_reconciliationline_no_delete", "contributions_reconciliationline")
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM contributions_reconciliationline WHERE row_number = %s", [file.lines.last().row_number]
        )
    assert [found.object_id.replace("-", "") for found in I_07()] == [file.public_id.hex]


def test_checker_sees_entrusted_money_that_no_line_brought(planted, code, stage, finish, pt_maju, clock):
    file = finish(stage(bca(MOVES[:2]), Source.STATEMENT, sponsor=pt_maju).file)
    LineUse.objects.filter(line__file=file).update(undone_at=clock.now())
    assert [found.object_type for found in I_07()] == ["sponsors.sponsor"]


# What always holds


def test_outcomes_add_up_to_the_lines_and_the_rupiah(code, pay, stage, joko, dewi, rina, clock, pt_maju):
    """Random reports over some codes: lines, rupiah and our payments are all accounted for, whatever comes."""
    chance = Random(20261123)
    january = issue_notice(code.notice.pledge, first_month=JANUARY, months=1, acting_user=rina, clock=clock)
    record_pay_code(january, code="900777", amount_rp=DUE_RP, due_on=TODAY, acting_user=dewi, clock=clock)
    for _ in range(4):
        pay(
            None,
            chance.choice([DUE_RP, 8_400]),
            sponsor=pt_maju,
            pay_code=chance.choice([CODE, "900777", "555"]),
            acting_user=joko,
        )
    for trial in range(12):
        rows = [
            (chance.choice([CODE, "900777", "888"]), chance.choice([DUE_RP, 8_400, 16_800, "-8.400", "x"]), TODAY)
            for _ in range(chance.randint(1, 9))
        ]
        file = stage(report([*rows, (f"T{trial}", 1_000 + trial, TODAY)])).file
        theirs = file.lines.filter(side="theirs")
        by_outcome = theirs.values("outcome").annotate(n=Count("pk"), rp=Sum("amount_rp")).order_by()
        assert sum(each["n"] for each in by_outcome) == file.row_count == len(rows) + 1
        assert sum(each["rp"] for each in by_outcome) == file.total_rp
        met = list(theirs.filter(payment__isnull=False).values_list("payment_id", flat=True))
        unmet = list(file.lines.filter(side="ours").values_list("payment_id", flat=True))
        assert len(met) == len(set(met))
        assert len(met) + len(unmet) == Payment.objects.filter(reversed_at__isnull=True).count()


def test_ten_thousand_rows_ask_no_more_than_ten(code, stage, pt_maju, django_assert_max_num_queries):
    few = report([(f"F{n:06d}", 1_000 + n, TODAY) for n in range(10)])
    many = report([(f"M{n:06d}", 1_000 + n, TODAY) for n in range(600)])
    with django_assert_max_num_queries(60):
        stage(few)
    with django_assert_max_num_queries(60):
        stage(many)
