"""Each rule sees what it is there for, and stays silent where all is well."""

from datetime import date, timedelta

import pytest

from payung.contributions.models import CoveredMonth, Payment
from payung.contributions.services import confirm_payment, issue_notice, record_payment
from payung.enrolment.models import Enrolment, EnrolmentEvent
from payung.kernel.clock import FixedClock
from payung.kernel.month import Month
from payung.registry.models import Region, Worker, WorkerBlocks
from payung.sponsors.models import Sponsor
from payung.watch.chance import at_least, expected_deaths
from payung.watch.rules import RULES
from tests.cast import add_company
from tests.contributions import conftest as ledger

pytestmark = [pytest.mark.django_db, pytest.mark.database]
BEGUN = FixedClock.on(date(2026, 11, 1))
TODAY = date(2027, 3, 1)
DECEMBER = Month.from_text("2026-12")


def steps(ways, *, actor: str = "rina") -> None:
    for way in ways:
        for before, after in (("", "proposed"), ("proposed", "verified"), ("verified", "matched")):
            EnrolmentEvent.objects.create(
                enrolment=way, from_state=before, to_state=after, effective_on=BEGUN.today(), actor_id=actor,
                actor_label=actor, recorded_at=BEGUN.now(),
            )  # fmt: skip


def pay_for(sponsor: Sponsor, count: int, rina, wulan, *, key: str = "a") -> list[Worker]:
    """A payer's workers, verified, padan, paid and confirmed for December, with KPJ and keys of their own."""
    pledge = ledger.add_pledge(sponsor, quota=count, clock=BEGUN)
    workers = ledger.add_workers(count, clock=BEGUN)
    ledger.enrol(workers, pledge)
    ways = list(Enrolment.objects.filter(pledge=pledge).order_by("pk"))
    steps(ways)
    Enrolment.objects.filter(pledge=pledge).update(kpj="12345678901")
    WorkerBlocks.objects.bulk_create(WorkerBlocks(worker=w, phone=w.pk, made_by=1) for w in workers)
    for worker in workers:
        Worker.objects.filter(pk=worker.pk).update(address=f"Dusun {worker.pk}")
    notice = issue_notice(pledge, first_month=DECEMBER, months=1, acting_user=rina, clock=BEGUN)
    payment = record_payment(
        sponsor, notice=notice, amount_rp=notice.total_rp, paid_on=BEGUN.today(), proof=key.encode(),
        proof_name="x.pdf", client_key=key, acting_user=rina, clock=BEGUN,
    )  # fmt: skip
    confirm_payment(payment, acting_user=wulan, clock=BEGUN)
    return workers


@pytest.fixture
def workers(pt_maju, rina, wulan):
    return pay_for(pt_maju, 20, rina, wulan)


def keys(rule: str, today: date = TODAY) -> list[str]:
    return [found.key for found in RULES[rule](today)]


def test_where_all_is_well_no_rule_finds_anything(workers):
    assert {rule: keys(rule) for rule in RULES if keys(rule)} == {}


def test_whoever_died_before_the_way_began_is_found(workers):
    Worker.objects.filter(pk=workers[0].pk).update(died_on=date(2026, 10, 31))
    (found,) = RULES["after-death"](TODAY)
    assert (found.subject_id, found.figures["began"]) == (str(workers[0].public_id), "2026-11-01")


def test_whoever_died_before_the_first_payment_is_found_and_later_deaths_are_not(workers):
    Worker.objects.filter(pk=workers[0].pk).update(died_on=date(2026, 11, 1))
    Worker.objects.filter(pk=workers[1].pk).update(died_on=date(2026, 12, 31))
    assert keys("after-death") == []
    Enrolment.objects.filter(worker=workers[0]).update(recorded_at=FixedClock.on(date(2026, 10, 1)).now())
    Worker.objects.filter(pk=workers[0].pk).update(died_on=date(2026, 10, 20))
    (found,) = RULES["after-death"](TODAY)
    assert found.figures["paid"] == "2026-11-01"


def bury(workers, count: int, on: date = date(2026, 12, 20)) -> None:
    Worker.objects.filter(pk__in=[worker.pk for worker in workers[:count]]).update(died_on=on)


def test_more_deaths_than_chance_explains_are_found_by_payer_and_by_officer(workers):
    bury(workers, 3)
    payer, officer = RULES["dying"](TODAY)
    assert (payer.subject_type, payer.figures["deaths"], payer.figures["people"]) == ("sponsors.sponsor", 3, 20)
    assert payer.figures["confidence"] == "perlu konfirmasi"
    assert (officer.subject_type, officer.about) == ("access.user", ("rina",))
    assert float(payer.figures["expected"]) < 0.1 < payer.figures["one_in"]


@pytest.mark.parametrize(("count", "on"), [(2, date(2026, 12, 20)), (20, date(2027, 6, 1))])
def test_few_deaths_and_late_ones_are_none_of_it(count, on, workers):
    bury(workers, count, on)
    assert keys("dying", date(2027, 12, 1)) == []


def test_chance_is_the_exact_tail():
    assert at_least(3, 1.0) == pytest.approx(1 - 2.5 / 2.718281828459045)
    assert at_least(40, 2.0) < 1e-30
    assert expected_deaths(62, 90) > expected_deaths(25, 90) > 0


def test_months_paid_without_a_kpj_are_found_once_enough_days_have_passed(workers):
    Enrolment.objects.filter(worker=workers[0]).update(kpj="")
    assert keys("no-kpj", BEGUN.today() + timedelta(days=60)) == []
    (found,) = RULES["no-kpj"](BEGUN.today() + timedelta(days=61))
    assert found.figures["people"] == 1


@pytest.mark.parametrize(("step", "figure"), [("verified", "unverified"), ("matched", "unmatched")])
def test_somebody_covered_whom_nobody_verified_or_matched_is_found(step, figure, workers):
    way = Enrolment.objects.get(worker=workers[1])
    fresh = ledger.add_workers(1, clock=BEGUN)[0]
    Enrolment.objects.filter(pk=way.pk).update(state="left", reason="pindah")
    (unseen,) = ledger.enrol([fresh], way.pledge)
    for after in {"verified", "matched"} - {step}:
        EnrolmentEvent.objects.create(enrolment=unseen, from_state="x", to_state=after, effective_on=TODAY,
                                      recorded_at=BEGUN.now())  # fmt: skip
    CoveredMonth.objects.filter(enrolment=way).update(enrolment=unseen)
    (found,) = RULES["no-steps"](TODAY)
    assert {name: count for name, count in found.figures.items() if count} == {figure: 1}


def test_many_people_on_one_telephone_are_found(workers):
    WorkerBlocks.objects.filter(worker__in=workers[:4]).update(phone=10**9)
    assert keys("one-phone") == []
    WorkerBlocks.objects.filter(worker=workers[4]).update(phone=10**9)
    (found,) = RULES["one-phone"](TODAY)
    assert (found.figures["people"], len(found.figures["workers"])) == (5, 5)


def test_many_people_at_one_address_are_found(workers):
    Worker.objects.filter(pk__in=[worker.pk for worker in workers[:14]]).update(address="Jl. Melati 1")
    assert keys("one-address") == []
    Worker.objects.filter(pk=workers[14].pk).update(address="Jl. Melati 1")
    (found,) = RULES["one-address"](TODAY)
    assert (found.figures["people"], found.figures["address"]) == (15, "Jl. Melati 1")


def test_one_proof_for_two_payments_is_found(workers, rina, wulan, clock):
    other = add_company("CVJAYA", "CV Jaya", clock=clock)
    pay_for(other, 2, rina, wulan, key="b")
    assert keys("paid-twice") == []
    pay_for(other, 2, rina, wulan, key="c")
    record_payment(
        other, amount_rp=1_000, paid_on=BEGUN.today(), proof=b"a", proof_name="y.pdf", client_key="d",
        acting_user=rina, clock=BEGUN,
    )  # fmt: skip
    (found,) = RULES["paid-twice"](TODAY)
    assert (found.figures["how"], found.figures["times"], found.about) == ("proof", 2, (rina.actor.id,))
    Payment.objects.filter(client_key="d").update(reversed_at=BEGUN.now())
    assert keys("paid-twice") == []


def test_one_code_and_amount_and_day_at_two_payers_is_found(pt_maju, rina, clock):
    other = add_company("CVJAYA", "CV Jaya", clock=clock)

    def say(sponsor, amount, key):
        record_payment(sponsor, amount_rp=amount, paid_on=BEGUN.today(), proof=key.encode(), proof_name="x.pdf",
                       client_key=key, pay_code="900", acting_user=rina, clock=BEGUN)  # fmt: skip

    say(pt_maju, 5_000, "a")
    say(other, 6_000, "b")
    assert keys("paid-twice") == []
    say(other, 5_000, "c")
    (found,) = RULES["paid-twice"](TODAY)
    assert (found.figures["how"], found.figures["times"]) == ("code", 2)


def substitute(workers, count: int, *, village: str, after: int, reason: str = "pindah") -> None:
    """So many of the workers replaced by people of a village, some days after they were paid for."""
    Region.objects.get_or_create(code=village, defaults={"name": "Desa lain", "level": 4})
    at = FixedClock.on(BEGUN.today() + timedelta(days=after)).now()
    for old in Enrolment.objects.filter(worker__in=workers[:count]).order_by("pk"):
        new = ledger.add_workers(1, clock=BEGUN)[0]
        Worker.objects.filter(pk=new.pk).update(village=village)
        Enrolment.objects.filter(pk=old.pk).update(state="left", reason=reason)
        Enrolment.objects.create(worker=new, sponsor_id=old.sponsor_id, pledge_id=old.pledge_id, state="determined",
                                 replaces=old, from_month=DECEMBER + 1, since=TODAY, recorded_at=at)  # fmt: skip
        EnrolmentEvent.objects.create(enrolment=old, from_state="determined", to_state="left", reason=reason,
                                      effective_on=TODAY, recorded_at=at, actor_id="rina",
                                      actor_label="Rina")  # fmt: skip


def test_substitutes_of_one_village_that_the_replaced_were_not_of_are_found(workers):
    substitute(workers, 4, village="33.24.09.2002", after=60)
    assert keys("friends") == []
    substitute(workers[4:], 1, village="33.24.09.2002", after=60)
    (found,) = RULES["friends"](TODAY)
    assert (found.figures["gained"], found.figures["before"], found.figures["soon"]) == (5, 0, 0)


def test_substitutes_of_the_same_village_long_after_payment_are_none(workers):
    substitute(workers, 8, village=workers[0].village_id, after=60)
    assert keys("friends") == []


def test_substitutes_soon_after_payment_are_found_and_deaths_are_not(workers):
    substitute(workers, 5, village=workers[0].village_id, after=10, reason="meninggal")
    assert keys("friends") == []
    substitute(workers[5:], 5, village=workers[0].village_id, after=10)
    (found,) = RULES["friends"](TODAY)
    assert (found.figures["soon"], found.figures["substituted"]) == (5, 5)
