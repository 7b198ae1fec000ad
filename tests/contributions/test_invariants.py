"""Each checker sees the fault that it is there for: the fault is planted past every guard, by hand."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from payung.audit.services import recording
from payung.contributions.invariants import ALL, check_all, number_of
from payung.contributions.models import ClosedMonth, CoveredMonth, Notice, NoticeLine, Payment
from payung.contributions.services import confirm_payment
from payung.enrolment.models import Enrolment, EnrolmentEvent
from payung.kernel.clock import FixedClock
from payung.kernel.month import Month
from payung.registry.models import Worker, WorkerMerger
from payung.sponsors.models import Pledge
from tests.contributions.conftest import add_workers
from tests.planting import run, unguarded, without_checks

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("planted")]


def an_unbalanced_entry() -> None:
    unguarded("contributions_posting", "UPDATE contributions_posting SET amount_rp = amount_rp + 1")


def a_payment_that_gave_out_more_than_it_brought() -> None:
    unguarded("contributions_payment", "UPDATE contributions_payment SET amount_rp = 100")


def a_pledge_beyond_its_quota() -> None:
    Pledge.objects.update(quota=1)


def a_pledge_that_was_beyond_its_quota_for_a_while() -> None:
    """Two months covered at once under a quota of one, the second given back by a later entry."""
    run(
        "INSERT INTO contributions_journalentry (natural_key, kind, effective_on, recorded_at, actor_id, actor_label, "
        "params, corrects_id) SELECT 'release:uji', 'release', effective_on, recorded_at, '', '', '{}', id "
        "FROM contributions_journalentry WHERE kind = 'allocation'",
        "INSERT INTO contributions_coverline (entry_id, notice_line_id, worker_id, month, sign, payment_id, jkk_rp, "
        "jkm_rp, covered_from, is_arrears) SELECT (SELECT MAX(id) FROM contributions_journalentry), notice_line_id, "
        "worker_id, month, -1, payment_id, jkk_rp, jkm_rp, covered_from, is_arrears FROM contributions_coverline",
    )
    Pledge.objects.update(quota=1)


def an_entry_between_two_payers() -> None:
    run(
        "INSERT INTO sponsors_sponsor (public_id, code, name, funds, npp, address, contact_name, contact_email, "
        "is_active, recorded_at) SELECT '00000000000000000000000000000001', 'LAIN', 'Lain', funds, '', '', '', '', "
        "is_active, recorded_at FROM sponsors_sponsor WHERE code = 'PTMAJU'",
        "INSERT INTO contributions_account (kind, sponsor_id) SELECT 'suspens', MAX(id) FROM sponsors_sponsor",
        *(
            "INSERT INTO contributions_posting (entry_id, account_id, amount_rp, payment_id) SELECT p.entry_id, "
            f"(SELECT MAX(id) FROM contributions_account), {sign} * p.amount_rp, p.payment_id "
            "FROM contributions_posting p JOIN contributions_account a ON a.id = p.account_id "
            "WHERE a.kind = 'kliring' AND p.amount_rp > 0"
            for sign in (1, -1)
        ),
    )


def cover_that_cost_more_than_was_paid() -> None:
    CoveredMonth.objects.filter(program="JKM").update(amount_rp=9_999)


def a_payment_that_left_clearing_by_itself() -> None:
    Payment.objects.update(reversed_at="2026-11-22T00:00:00Z")


def a_notice_that_was_never_entered() -> None:
    unguarded(
        "contributions_journalentry", "UPDATE contributions_journalentry SET kind = 'pay_code' WHERE kind = 'notice'"
    )


def a_confirmation_that_was_never_entered() -> None:
    payment = Payment.objects.get()
    Payment.objects.update(confirmed_by="x", confirmed_at=payment.recorded_at)


def a_line_at_a_price_of_no_law() -> None:
    unguarded("contributions_noticeline", "UPDATE contributions_noticeline SET jkk_rp = 4999")


def a_trigger_gone() -> None:
    unguarded("contributions_posting")


def a_reversal_unlike_its_original() -> None:
    run(
        "INSERT INTO contributions_journalentry (natural_key, kind, effective_on, recorded_at, actor_id, actor_label, "
        "params, reverses_id) SELECT 'reversal:uji', 'reversal', effective_on, recorded_at, '', '', '{}', id "
        "FROM contributions_journalentry WHERE kind = 'payment'",
        "INSERT INTO contributions_posting (entry_id, account_id, amount_rp, payment_id) "
        "SELECT (SELECT MAX(id) FROM contributions_journalentry), p.account_id, "
        "CASE WHEN p.amount_rp > 0 THEN -1 ELSE 1 END, p.payment_id FROM contributions_posting p "
        "JOIN contributions_journalentry e ON e.id = p.entry_id WHERE e.kind = 'payment'",
    )


def a_month_taken_twice() -> None:
    run(
        "INSERT INTO contributions_coverline (entry_id, notice_line_id, worker_id, month, sign, payment_id, jkk_rp, "
        "jkm_rp, covered_from, is_arrears) SELECT (SELECT MIN(id) FROM contributions_journalentry), notice_line_id, "
        "worker_id, month, sign, payment_id, jkk_rp, jkm_rp, covered_from, is_arrears FROM contributions_coverline"
    )


def a_covered_month_lost() -> None:
    CoveredMonth.objects.filter(pk=CoveredMonth.objects.first().pk).delete()


def a_covered_month_invented() -> None:
    CoveredMonth.objects.filter(program="JKM").update(month=24_400)


def a_covered_month_unlike_its_line() -> None:
    CoveredMonth.objects.update(state="berlaku")


def a_line_worth_more_than_its_money() -> None:
    unguarded("contributions_coverline", "UPDATE contributions_coverline SET jkm_rp = jkm_rp + 1")


def cover_that_begins_in_another_month() -> None:
    CoveredMonth.objects.update(covered_from=date(2027, 1, 1))


def an_entry_in_a_month_that_was_closed() -> None:
    payment = Payment.objects.get()
    ClosedMonth.objects.create(
        month=Month.of(payment.paid_on), closed_at=payment.recorded_at - timedelta(days=1), closed_by="uji"
    )


def two_persons_of_one_nik() -> None:
    run("DROP INDEX registry_one_person_per_nik")
    Worker.objects.update(nik_index=bytes(32))


def a_record_merged_without_a_merger() -> None:
    one, other = Worker.objects.order_by("pk")[:2]
    Worker.objects.filter(pk=one.pk).update(merged_into=other)


def two_records_of_one_person_with_one_month() -> None:
    one, other = Worker.objects.filter(covered_months__isnull=False).distinct().order_by("pk")[:2]
    Worker.objects.filter(pk=one.pk).update(merged_into=other)
    WorkerMerger.objects.create(worker=one, into=other, recorded_at=one.recorded_at)


def somebody_covered_after_their_death() -> None:
    Worker.objects.update(died_on=date(2026, 11, 30))


def a_death_at_another_record_of_the_person() -> None:
    covered = Worker.objects.filter(covered_months__isnull=False).order_by("pk").first()
    (other,) = add_workers(1, clock=FixedClock.on(date(2026, 11, 22)))
    Worker.objects.filter(pk=other.pk).update(died_on=date(2026, 11, 23))
    Worker.objects.filter(pk=covered.pk).update(merged_into=other)


def a_dead_person_who_is_asked_for() -> None:
    covered = CoveredMonth.objects.values("worker_id")
    asked = NoticeLine.objects.exclude(worker__in=covered).first()
    Worker.objects.filter(pk=asked.worker_id).update(died_on=date(2026, 11, 23))


def a_month_before_its_money() -> None:
    unguarded("contributions_payment", "UPDATE contributions_payment SET paid_on = '2027-06-01'")


def somebody_born_on_another_day_than_the_nik_says() -> None:
    Worker.objects.update(birth_date=date(1981, 1, 1))


def somebody_too_old_to_be_registered() -> None:
    Worker.objects.update(birth_date=date(1961, 11, 22), nik_birth_date=date(1961, 11, 22))


def a_payment_confirmed_by_who_recorded_it() -> None:
    without_checks(
        "contributions_payment",
        "contributions_confirmed_by_another",
        "UPDATE contributions_payment SET confirmed_by = recorded_by, confirmed_at = recorded_at",
    )


def a_step_that_no_table_has() -> None:
    payment = Payment.objects.first()
    EnrolmentEvent.objects.create(
        enrolment=Enrolment.objects.first(),
        from_state="proposed",
        to_state="active",
        effective_on=payment.paid_on,
        recorded_at=payment.recorded_at,
    )


def a_step_that_begins_elsewhere_than_the_last_led() -> None:
    payment, way = Payment.objects.first(), Enrolment.objects.first()
    for before, after in (("checked", "determined"), ("checked", "determined")):
        EnrolmentEvent.objects.create(
            enrolment=way,
            from_state=before,
            to_state=after,
            effective_on=payment.paid_on,
            recorded_at=payment.recorded_at,
        )


def a_withdrawn_notice_that_still_asks() -> None:
    Notice.objects.update(withdrawn_at="2026-11-22T00:00:00Z")


def a_closed_month_that_the_record_forgot() -> None:
    payment = Payment.objects.get()
    ClosedMonth.objects.create(month=24_000, closed_at=payment.recorded_at, closed_by="uji")


def a_payment_that_the_record_forgot() -> None:
    unguarded("audit_auditline", "UPDATE audit_auditline SET object_id = 'x'")


def an_event_rewritten() -> None:
    unguarded("audit_auditevent", "UPDATE audit_auditevent SET reason = 'lain'")


def a_reference_to_nothing() -> None:
    if connection.vendor == "postgresql":
        run("SET CONSTRAINTS ALL IMMEDIATE")
        run("ALTER TABLE contributions_account ADD CONSTRAINT uji CHECK (id > 0) NOT VALID")
    else:
        run("INSERT INTO contributions_account (kind, sponsor_id) VALUES ('titipan', 987654)")


PLANTS: list[tuple[str, Callable[[], None]]] = [
    ("I-1", an_unbalanced_entry),
    ("I-2", a_payment_that_gave_out_more_than_it_brought),
    ("I-2", a_pledge_beyond_its_quota),
    ("I-2", a_pledge_that_was_beyond_its_quota_for_a_while),
    ("I-3", a_payment_that_left_clearing_by_itself),
    ("I-3", an_entry_between_two_payers),
    ("I-3", cover_that_cost_more_than_was_paid),
    ("I-4", a_notice_that_was_never_entered),
    ("I-4", a_confirmation_that_was_never_entered),
    ("I-5", a_line_at_a_price_of_no_law),
    ("I-6", a_trigger_gone),
    ("I-6", a_reversal_unlike_its_original),
    ("I-9", a_month_taken_twice),
    ("I-10", a_covered_month_lost),
    ("I-10", a_covered_month_invented),
    ("I-11", a_covered_month_unlike_its_line),
    ("I-13", a_line_worth_more_than_its_money),
    ("I-14", cover_that_begins_in_another_month),
    ("I-14", an_entry_in_a_month_that_was_closed),
    ("I-15", two_persons_of_one_nik),
    ("I-15", a_record_merged_without_a_merger),
    ("I-15", two_records_of_one_person_with_one_month),
    ("I-16", somebody_covered_after_their_death),
    ("I-16", a_death_at_another_record_of_the_person),
    ("I-16", a_dead_person_who_is_asked_for),
    ("I-17", a_month_before_its_money),
    ("I-19", somebody_born_on_another_day_than_the_nik_says),
    ("I-19", somebody_too_old_to_be_registered),
    ("I-20", a_payment_confirmed_by_who_recorded_it),
    ("I-21", a_step_that_no_table_has),
    ("I-21", a_step_that_begins_elsewhere_than_the_last_led),
    ("I-21", a_withdrawn_notice_that_still_asks),
    ("I-22", a_payment_that_the_record_forgot),
    ("I-22", a_closed_month_that_the_record_forgot),
    ("I-23", an_event_rewritten),
    ("I-29", a_reference_to_nothing),
]
CHECKERS = {number_of(checker): checker for checker in ALL}


def test_every_invariant_has_a_fault_that_is_planted():
    elsewhere = {"I-7"}  # needs files of banks: test_reconciliation.py
    assert {number for number, _ in PLANTS} | elsewhere == set(CHECKERS)


@pytest.mark.parametrize(("number", "plant"), PLANTS, ids=[f"{number} {plant.__name__}" for number, plant in PLANTS])
def test_the_checker_sees_the_planted_fault(number, plant, notice, pay):
    pay(notice, 20_000)
    assert check_all() == []
    plant()
    assert CHECKERS[number]() != []
    # What no rollback of this test may trip over: the database checks references once more at its end.
    if number == "I-29" and connection.vendor == "sqlite":
        unguarded("contributions_account", "DELETE FROM contributions_account WHERE sponsor_id = 987654")


def test_an_empty_ledger_breaks_nothing(db):
    assert check_all() == []


def test_a_ledger_in_force_breaks_nothing(notice, pay, wulan, clock):
    confirm_payment(pay(notice, 20_000), acting_user=wulan, clock=clock)
    confirm_payment(pay(notice, 10_000), acting_user=wulan, clock=clock)
    assert check_all() == []


def test_a_birth_date_unlike_the_niks_is_sound_where_a_waiver_says_why(notice, pay, rina):
    pay(notice, 25_200)
    Worker.objects.update(birth_date=date(1981, 1, 1))
    assert CHECKERS["I-19"]() != []
    with recording(rina.actor, "registry.worker.register") as event:
        event.touch_many("registry.worker.nik_waiver", Worker.objects.values_list("public_id", flat=True))
    assert CHECKERS["I-19"]() == []


def test_a_covered_month_cannot_be_had_twice_even_by_hand(notice, pay):
    pay(notice, 25_200)
    row = CoveredMonth.objects.first()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize(
    "table", ["account", "journalentry", "posting", "coverline", "notice", "noticeline", "payment"]
)
def test_rows_of_the_ledger_are_never_removed(table, notice, pay):
    pay(notice, 25_200)
    with pytest.raises(IntegrityError, match="append only"), transaction.atomic():
        run(f"DELETE FROM contributions_{table}")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no deferred triggers")
def test_the_database_itself_refuses_an_entry_that_does_not_balance(notice):
    with pytest.raises(IntegrityError, match="does not sum to zero"), transaction.atomic():
        run(
            "INSERT INTO contributions_posting (entry_id, account_id, amount_rp, notice_id, payment_id) "
            "SELECT entry_id, account_id, 1, notice_id, payment_id FROM contributions_posting LIMIT 1",
            "SET CONSTRAINTS ALL IMMEDIATE",
        )


def test_the_database_itself_refuses_a_posting_that_names_nothing(notice, pay):
    pay(notice, 25_200)
    for kind in ("kliring", "suspens", "piutang"):
        with pytest.raises(IntegrityError, match="names its payment or notice"), transaction.atomic():
            run(
                "INSERT INTO contributions_posting (entry_id, account_id, amount_rp) SELECT MIN(p.entry_id), a.id, 1 "
                f"FROM contributions_posting p, contributions_account a WHERE a.kind = '{kind}' GROUP BY a.id"
            )


@pytest.mark.parametrize(("day", "refused"), [("2026-10-31", False), ("2026-11-01", True), ("2026-11-30", True)])
def test_the_database_itself_refuses_an_entry_in_a_closed_month(day, refused, notice, clock):
    ClosedMonth.objects.create(month=Month.from_text("2026-11"), closed_at=clock.now(), closed_by="uji")
    enter = (
        "INSERT INTO contributions_journalentry (natural_key, kind, effective_on, recorded_at, actor_id, actor_label, "
        f"params) SELECT 'uji', 'payment', '{day}', recorded_at, '', '', '{{}}' FROM contributions_journalentry"
    )
    if refused:
        with pytest.raises(IntegrityError, match="is closed"), transaction.atomic():
            run(enter)
    else:
        with transaction.atomic():
            run(enter)
            transaction.set_rollback(True)
