"""Each checker sees the fault that it is there for: the fault is planted past every guard, by hand."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from payung.contributions.invariants import ALL, check_all, number_of
from payung.contributions.models import CoveredMonth, Payment
from payung.contributions.services import confirm_payment
from payung.enrolment.models import Enrolment, EnrolmentEvent
from payung.registry.models import Worker, WorkerMerger
from payung.sponsors.models import Pledge

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("planted")]


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def unguarded(table: str, *statements: str) -> None:
    """Change a table that only grows, its triggers taken away."""
    on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
    if connection.vendor == "postgresql":
        run("SET CONSTRAINTS ALL IMMEDIATE")  # a table with unchecked rows cannot lose a trigger
    run(*(f'DROP TRIGGER "{table}_no_{event}"{on}' for event in ("update", "delete")), *statements)


def an_unbalanced_entry() -> None:
    unguarded("contributions_posting", "UPDATE contributions_posting SET amount_rp = amount_rp + 1")


def a_payment_that_gave_out_more_than_it_brought() -> None:
    unguarded("contributions_payment", "UPDATE contributions_payment SET amount_rp = 100")


def a_pledge_beyond_its_quota() -> None:
    Pledge.objects.update(quota=1)


def a_payment_that_left_clearing_by_itself() -> None:
    Payment.objects.update(reversed_at="2026-11-22T00:00:00Z")


def a_notice_that_was_never_entered() -> None:
    unguarded(
        "contributions_journalentry", "UPDATE contributions_journalentry SET kind = 'pay_code' WHERE kind = 'notice'"
    )


def a_line_at_a_price_of_no_law() -> None:
    unguarded("contributions_noticeline", "UPDATE contributions_noticeline SET jkk_rp = 4999")


def a_trigger_gone() -> None:
    unguarded("contributions_posting")


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


def a_month_before_its_money() -> None:
    unguarded("contributions_payment", "UPDATE contributions_payment SET paid_on = '2027-06-01'")


def somebody_born_on_another_day_than_the_nik_says() -> None:
    Worker.objects.update(birth_date=date(1981, 1, 1))


def a_payment_confirmed_by_who_recorded_it() -> None:
    if connection.vendor == "postgresql":
        run("SET CONSTRAINTS ALL IMMEDIATE")
        run("ALTER TABLE contributions_payment DROP CONSTRAINT contributions_confirmed_by_another")
    else:
        run("PRAGMA ignore_check_constraints = ON")
    run("UPDATE contributions_payment SET confirmed_by = recorded_by, confirmed_at = recorded_at")
    if connection.vendor == "sqlite":
        run("PRAGMA ignore_check_constraints = OFF")


def a_step_that_no_table_has() -> None:
    payment = Payment.objects.first()
    EnrolmentEvent.objects.create(
        enrolment=Enrolment.objects.first(),
        from_state="proposed",
        to_state="active",
        effective_on=payment.paid_on,
        recorded_at=payment.recorded_at,
    )


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
    ("I-3", a_payment_that_left_clearing_by_itself),
    ("I-4", a_notice_that_was_never_entered),
    ("I-5", a_line_at_a_price_of_no_law),
    ("I-6", a_trigger_gone),
    ("I-9", a_month_taken_twice),
    ("I-10", a_covered_month_lost),
    ("I-10", a_covered_month_invented),
    ("I-11", a_covered_month_unlike_its_line),
    ("I-13", a_line_worth_more_than_its_money),
    ("I-14", cover_that_begins_in_another_month),
    ("I-15", two_persons_of_one_nik),
    ("I-15", a_record_merged_without_a_merger),
    ("I-15", two_records_of_one_person_with_one_month),
    ("I-16", somebody_covered_after_their_death),
    ("I-17", a_month_before_its_money),
    ("I-19", somebody_born_on_another_day_than_the_nik_says),
    ("I-20", a_payment_confirmed_by_who_recorded_it),
    ("I-21", a_step_that_no_table_has),
    ("I-22", a_payment_that_the_record_forgot),
    ("I-23", an_event_rewritten),
    ("I-29", a_reference_to_nothing),
]
CHECKERS = {number_of(checker): checker for checker in ALL}


def test_every_invariant_has_a_fault_that_is_planted():
    assert {number for number, _ in PLANTS} == set(CHECKERS)


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
            "INSERT INTO contributions_posting (entry_id, account_id, amount_rp) "
            "SELECT entry_id, account_id, 1 FROM contributions_posting LIMIT 1",
            "SET CONSTRAINTS ALL IMMEDIATE",
        )
