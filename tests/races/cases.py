"""The cases C-1 to C-17 that touch money or cover: who does what at once, and what may come of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from django.db.models import Max

from payung.access.permissions import Role
from payung.access.viewer import SYSTEM_VIEWER
from payung.contributions.errors import LedgerError
from payung.contributions.models import ClosedMonth, CoveredMonth, JournalEntry, Notice, NoticeLine, Payment
from payung.contributions.selectors import balances_of
from payung.contributions.services import (
    allocate_payment,
    close_month,
    confirm_payment,
    issue_month,
    record_pay_code,
    reverse_payment,
    settle_death,
    settle_pair,
    withdraw_notice,
)
from payung.enrolment.errors import DeterminationDecidedError, EnrolmentError
from payung.enrolment.models import Determination, Enrolment
from payung.enrolment.services import approve_determination, prepare_determination, renew_pledge
from payung.jobs.models import Job
from payung.jobs.registry import RunningJob, job
from payung.jobs.services import do_job, enqueue
from payung.kernel.clock import FixedClock
from payung.kernel.month import Month
from payung.kernel.public_id import new_public_id
from payung.matching.pairs import Band, Pair
from payung.registry.errors import MergeRefusedError, PairDecidedError
from payung.registry.models import SuspectedPair, Worker
from payung.registry.services import merge_workers, suspect_pairs
from payung.sponsors.errors import PledgeRenewedError
from payung.sponsors.models import Pledge
from payung.sponsors.services import make_pledge
from tests.cast import add_viewer
from tests.contributions.conftest import DECEMBER, JANUARY, enrol, leave
from tests.races.scene import PRICE_RP, Scene
from tests.races.stepping import Deed

CROWD = 16
LONG_AFTER = Month.from_text("2027-05")
BEFORE_IT = date(2026, 11, 30)


@dataclass(frozen=True, slots=True)
class Race:
    """What is done at once; `judge` takes what came of each deed (an exception is a refusal) and asserts the rest."""

    deeds: list[Deed]
    judge: Callable[[list[object]], None]
    refusals: tuple[type[Exception], ...] = (LedgerError,)


@dataclass(frozen=True, slots=True)
class Case:
    """A case by its number, with what may come of it in a sentence."""

    number: str
    allowed: str
    prepare: Callable[[Scene], Race]

    @property
    def name(self) -> str:
        """Its number and what is done."""
        return f"{self.number} {self.prepare.__name__.replace('_', ' ')}"


CASES: list[Case] = []


def case(number: str, allowed: str) -> Callable[[Callable[[Scene], Race]], Callable[[Scene], Race]]:
    """Put a case on the list."""

    def listed(prepare: Callable[[Scene], Race]) -> Callable[[Scene], Race]:
        CASES.append(Case(number, allowed, prepare))
        return prepare

    return listed


def refused(outcomes: list[object]) -> list[Exception]:
    """The refusals among what came out."""
    return [one for one in outcomes if isinstance(one, Exception)]


def december_of(notice: Notice) -> int:
    """How many of a notice's December months are covered."""
    return CoveredMonth.objects.filter(sponsor=notice.sponsor, month=DECEMBER, program="JKK").count()


@case("C-1", "one approves, the other is told that it is decided")
def two_approve_one_list(scene: Scene) -> Race:
    sponsor = scene.company()
    enrol(list(Worker.objects.filter(pk__in=_people(scene))), _pledge_of(scene, sponsor), state="checked")
    made = prepare_determination(
        sponsor,
        basis="surat_komitmen",
        number=f"{sponsor.code}/2026",
        dated_on=scene.clock.today(),
        file=b"%PDF-1.4 surat",
        file_name="surat.pdf",
        **scene.by(scene.rina),
    )
    other = add_viewer(f"Ratna{sponsor.code}", Role.PENYETUJU_DINAS, clock=scene.clock)

    def judge(outcomes: list[object]) -> None:
        assert [type(one) for one in refused(outcomes)] == [DeterminationDecidedError]
        assert Determination.objects.get(pk=made.pk).approved_by is not None

    seen = bytes(made.content_hash)
    return Race(
        [partial(approve_determination, made, seen_hash=seen, **scene.by(who)) for who in (scene.wulan, other)],
        judge,
        (DeterminationDecidedError,),
    )


@case("C-3, C-14, C-15", "one payment, which each of them gets")
def one_payment_sent_again_while_it_runs(scene: Scene) -> Race:
    notice = scene.notice(scene.pledge())
    key = f"sekali-{notice.pk}"

    def judge(outcomes: list[object]) -> None:
        made = Payment.objects.get(client_key=key)
        assert outcomes == [made, made]
        assert december_of(notice) == 3

    return Race([partial(scene.pay, notice, 3 * PRICE_RP, key)] * 2, judge)


@case("C-14", "one pledge, which each of them gets")
def one_pledge_sent_twice(scene: Scene) -> Race:
    sponsor = scene.company()
    wanted = partial(make_pledge, sponsor, workers=3, first_month=DECEMBER, client_key="janji", **scene.by(scene.rina))

    def judge(outcomes: list[object]) -> None:
        made = Pledge.objects.get(sponsor=sponsor)
        assert outcomes == [made, made]

    return Race([wanted, wanted], judge)


@case("C-3", "one notice, which each of them gets")
def one_notice_asked_for_twice(scene: Scene) -> Race:
    pledge = scene.pledge()

    def judge(outcomes: list[object]) -> None:
        made = Notice.objects.get(pledge=pledge)
        assert outcomes == [made, made]
        assert balances_of(pledge.sponsor).due_rp == 3 * PRICE_RP

    return Race([partial(scene.notice, pledge)] * 2, judge)


@case("C-3", "confirmed once; whoever comes second gets what stands")
def one_payment_confirmed_by_two(scene: Scene) -> Race:
    payment = scene.pay(scene.notice(scene.pledge()), 3 * PRICE_RP)

    def judge(outcomes: list[object]) -> None:
        assert outcomes == [payment, payment]
        assert JournalEntry.objects.filter(kind="confirmation", postings__payment=payment).distinct().count() == 1

    return Race([partial(confirm_payment, payment, **scene.by(scene.wulan))] * 2, judge)


@case("C-3", "reversed once; whoever comes second is told so")
def one_payment_reversed_by_two(scene: Scene) -> Race:
    notice = scene.notice(scene.pledge())
    payment = scene.pay(notice, 3 * PRICE_RP)

    def judge(outcomes: list[object]) -> None:
        assert len(refused(outcomes)) == 1
        assert december_of(notice) == 0

    return Race([partial(reverse_payment, payment, reason="uji", **scene.by(scene.wulan))] * 2, judge)


@case("C-4", "one of the two payers covers the month; the other's money stays their credit")
def two_payers_pay_for_one_month(scene: Scene) -> Race:
    old, moved, other = _moved(scene)

    def new_payer() -> object:
        return scene.pay(scene.notice(other), PRICE_RP)

    def judge(outcomes: list[object]) -> None:
        assert CoveredMonth.objects.filter(worker=moved, month=DECEMBER, program="JKK").count() == 1
        paid = sum(
            payment.amount_rp for payment in Payment.objects.filter(sponsor__in=[old.sponsor_id, other.sponsor_id])
        )
        covered = CoveredMonth.objects.filter(sponsor__in=[old.sponsor_id, other.sponsor_id])
        spent = sum(covered.values_list("amount_rp", flat=True))
        credit = sum(balances_of(sponsor).credit_rp for sponsor in (old.sponsor, other.sponsor))
        assert paid == spent + credit

    return Race([partial(scene.pay, old, 3 * PRICE_RP), new_payer], judge)


@case("C-4", "one live line asks for the month")
def two_payers_are_asked_for_one_month(scene: Scene) -> Race:
    old, moved, other = _moved(scene)

    def judge(outcomes: list[object]) -> None:
        assert NoticeLine.objects.filter(worker=moved, month=DECEMBER, is_live=True).count() <= 1

    return Race([partial(scene.notice, old.pledge), partial(scene.notice, other)], judge)


@case("C-3, C-17", "each worker-month is asked for once, by whichever run comes first")
def the_month_asked_of_everybody_twice(scene: Scene) -> Race:
    pledges = [scene.pledge(), scene.pledge()]

    def judge(outcomes: list[object]) -> None:
        assert refused(outcomes) == []
        for pledge in pledges:
            assert NoticeLine.objects.filter(notice__pledge=pledge, month=DECEMBER, is_live=True).count() == 3
            assert Notice.objects.filter(pledge=pledge).count() == 1

    run = partial(issue_month, DECEMBER, **scene.by(scene.rina))
    return Race([run, run, partial(scene.notice, pledges[1])], judge)


@case("C-12, C-17", "nobody is covered, or asked for, after their death")
def a_death_while_everybody_is_asked_for_the_month(scene: Scene) -> Race:
    died = _first_of(scene.pledge())
    return Race([partial(issue_month, DECEMBER, **scene.by(scene.rina)), _death(scene, died)], _judge_death(died))


@case("C-5", "ten places are covered, six payments stay a credit")
def sixteen_payments_for_ten_places(scene: Scene) -> Race:
    notice = scene.notice(scene.pledge(workers=10))

    def judge(outcomes: list[object]) -> None:
        paid = len(outcomes) * PRICE_RP
        covered = min(len(outcomes), 10)
        assert december_of(notice) == covered
        assert balances_of(notice.sponsor).credit_rp == paid - covered * PRICE_RP

    return Race([partial(scene.pay, notice, PRICE_RP)] * CROWD, judge)


@case("C-5", "the last rupiah of a credit is spent once")
def one_credit_used_by_sixteen(scene: Scene) -> Race:
    pledge = scene.pledge()
    payment = scene.pay(scene.notice(pledge), 3 * PRICE_RP + 2 * PRICE_RP)  # from January a month costs twice as much
    later = scene.notice(pledge, month=JANUARY)

    def judge(outcomes: list[object]) -> None:
        assert CoveredMonth.objects.filter(sponsor=pledge.sponsor, month=JANUARY, program="JKK").count() == 1
        assert balances_of(pledge.sponsor).credit_rp == 0

    return Race([partial(allocate_payment, payment, to_notice=later, **scene.by(scene.rina))] * CROWD, judge)


@case("C-5", "three places are asked for, never a fourth")
def sixteen_ask_for_the_last_places(scene: Scene) -> Race:
    pledge = scene.pledge(workers=5, quota=3)

    def judge(outcomes: list[object]) -> None:
        assert NoticeLine.objects.filter(notice__pledge=pledge, is_live=True).count() == 3

    return Race([partial(scene.notice, pledge)] * CROWD, judge)


@case("C-7", "the new money takes the months of the reversed payment, whoever comes first")
def a_payment_reversed_while_another_is_recorded(scene: Scene) -> Race:
    notice = scene.notice(scene.pledge())
    first = scene.pay(notice, 3 * PRICE_RP)

    def judge(outcomes: list[object]) -> None:
        assert refused(outcomes) == []
        assert december_of(notice) == 2
        assert balances_of(notice.sponsor).credit_rp == 0

    return Race(
        [
            partial(reverse_payment, first, reason="uji", **scene.by(scene.wulan)),
            partial(scene.pay, notice, 2 * PRICE_RP),
        ],
        judge,
    )


@case("C-7", "withdrawn and the payment refused, or paid and the withdrawal refused")
def a_notice_withdrawn_while_it_is_paid(scene: Scene) -> Race:
    notice = scene.notice(scene.pledge())

    def judge(outcomes: list[object]) -> None:
        assert len(refused(outcomes)) == 1
        withdrawn = Notice.objects.get(pk=notice.pk).withdrawn_at is not None
        assert december_of(notice) == (0 if withdrawn else 3)

    return Race(
        [
            partial(scene.pay, notice, 3 * PRICE_RP),
            partial(withdraw_notice, notice, reason="uji", **scene.by(scene.rina)),
        ],
        judge,
    )


@case("C-7", "reversed in the end, confirmed before or refused")
def a_payment_confirmed_while_it_is_reversed(scene: Scene) -> Race:
    notice = scene.notice(scene.pledge())
    payment = scene.pay(notice, 3 * PRICE_RP)

    def judge(outcomes: list[object]) -> None:
        assert not isinstance(outcomes[1], Exception)
        assert december_of(notice) == 0

    return Race(
        [
            partial(confirm_payment, payment, **scene.by(scene.wulan)),
            partial(reverse_payment, payment, reason="uji", **scene.by(scene.wulan)),
        ],
        judge,
    )


@case("C-8", "one of the two is merged into the other, the second merger is refused")
def two_records_merged_into_each_other(scene: Scene) -> Race:
    one, other = Worker.objects.filter(pk__in=_people(scene, 2)).order_by("pk")

    def judge(outcomes: list[object]) -> None:
        assert len(refused(outcomes)) == 1
        assert Worker.objects.filter(pk__in=[one.pk, other.pk], merged_into__isnull=True).count() == 1

    merge = partial(merge_workers, reason="uji", **scene.by(scene.wulan))
    return Race([partial(merge, one, other), partial(merge, other, one)], judge, (MergeRefusedError,))


@case("C-8, C-17", "merged before the month is paid, or refused because of it; never a month twice")
def a_pair_settled_while_both_are_paid_for(scene: Scene) -> Race:
    pledge, other = scene.pledge(workers=1), scene.pledge(workers=1)
    left, right = (Worker.objects.get(enrolments__pledge=each) for each in (pledge, other))
    leave(Enrolment.objects.get(pledge=other, worker=right))
    pair = Pair(str(left.public_id), str(right.public_id), 970_000, Band.REVIEW, (), "worker 1")
    suspect_pairs([pair], source="uji", acting_user=SYSTEM_VIEWER, clock=scene.clock)
    waiting = SuspectedPair.objects.get(left=left, right=right)
    notice = scene.notice(pledge)
    settle = partial(settle_pair, waiting, answer="same", reason="KTP", seen_state=waiting.state)

    def judge(outcomes: list[object]) -> None:
        assert december_of(notice) == 1
        assert Worker.objects.get(pk=left.pk).merged_into_id is None

    return Race(
        [partial(scene.pay, notice, PRICE_RP), partial(settle, **scene.by(scene.rina))],
        judge,
        (LedgerError, PairDecidedError, MergeRefusedError),
    )


@case("C-9", "covered at the one price or at the other, never at both for one line; BPJS's price is owed")
def bpjs_names_another_price_while_it_is_paid(scene: Scene) -> Race:
    notice = scene.notice(scene.pledge())
    code = partial(
        record_pay_code,
        notice,
        code=f"{notice.pk:012}",
        amount_rp=2 * notice.total_rp,
        worker_months=3,
        due_on=date(2026, 12, 15),
        **scene.by(scene.dewi),
    )

    def judge(outcomes: list[object]) -> None:
        assert refused(outcomes) == []
        prices = set(CoveredMonth.objects.filter(sponsor=notice.sponsor).values_list("program", "amount_rp"))
        assert len(prices) == 2
        balances = balances_of(notice.sponsor)
        assert december_of(notice) in (1, 2, 3)
        assert balances.due_rp >= 0

    return Race([partial(scene.pay, notice, 3 * PRICE_RP), code], judge)


@case("C-10", "asked for before the month is closed, or refused")
def a_month_closed_while_it_is_asked_for(scene: Scene) -> Race:
    month, late = _last_open_month(scene)
    pledge = _pledge_from(scene, month)

    def judge(outcomes: list[object]) -> None:
        asked = NoticeLine.objects.filter(notice__pledge=pledge).count()
        assert asked == (0 if isinstance(outcomes[0], Exception) else 3)
        assert ClosedMonth.objects.filter(month=month).exists()

    return Race(
        [
            partial(late.notice, pledge, month=month),
            partial(close_month, month, **late.by(late.wulan)),
        ],
        judge,
    )


@case("C-10", "entered in the month, or in the open one; the payment is never lost")
def a_month_closed_while_a_payment_of_it_is_recorded(scene: Scene) -> Race:
    month, late = _last_open_month(scene)
    notice = late.notice(_pledge_from(scene, month), month=month)

    def judge(outcomes: list[object]) -> None:
        assert refused(outcomes) == []
        assert CoveredMonth.objects.filter(sponsor=notice.sponsor, month=month, program="JKM").count() == 3

    return Race(
        [
            partial(late.pay, notice, notice.total_rp, paid_on=month.first_day),
            partial(close_month, month, **late.by(late.wulan)),
        ],
        judge,
    )


@case("C-12", "nobody is covered, or asked for, after their death")
def a_death_while_the_month_is_paid(scene: Scene) -> Race:
    pledge = scene.pledge()
    notice, died = scene.notice(pledge), _first_of(pledge)
    return Race([partial(scene.pay, notice, 3 * PRICE_RP), _death(scene, died)], _judge_death(died))


@case("C-12", "nobody is covered, or asked for, after their death")
def a_death_while_notices_are_made(scene: Scene) -> Race:
    pledge = scene.pledge()
    died = _first_of(pledge)
    return Race([partial(scene.notice, pledge, months=3), _death(scene, died)], _judge_death(died))


@case("C-12", "the dead have no way in the renewed pledge")
def a_death_while_the_pledge_is_renewed(scene: Scene) -> Race:
    pledge = scene.pledge()
    died = _first_of(pledge)
    renewal = partial(renew_pledge, pledge, client_key="lagi", **scene.by(scene.rina))
    return Race([renewal, _death(scene, died)], _judge_death(died), (LedgerError, EnrolmentError))


@case("C-14", "renewed once")
def one_pledge_renewed_twice(scene: Scene) -> Race:
    pledge = scene.pledge()

    def judge(outcomes: list[object]) -> None:
        assert Pledge.objects.filter(renewal_of=pledge).count() == 1

    return Race(
        [partial(renew_pledge, pledge, client_key=key, **scene.by(scene.rina)) for key in ("satu", "dua")],
        judge,
        (PledgeRenewedError,),
    )


@job("races.pay", idempotent=True)
def _pay_as_a_job(running: RunningJob, *, notice: str, key: str) -> dict[str, int]:
    found = Notice.objects.get(number=notice)
    scene = Scene(running.acting_user, running.acting_user, running.acting_user)
    return {"payment": scene.pay(found, PRICE_RP, f"{key}-{new_public_id()}").pk}


@case("C-16", "the job runs once; the other worker leaves it alone")
def two_workers_take_one_job(scene: Scene) -> Race:
    notice = scene.notice(scene.pledge())
    asked = enqueue("races.pay", {"notice": notice.number, "key": "kerja"}, acting_user=scene.rina, clock=scene.clock)

    def judge(outcomes: list[object]) -> None:
        assert Payment.objects.filter(notice=notice).count() == 1
        assert Job.objects.get(pk=asked.pk).state == Job.State.DONE

    return Race([partial(do_job, asked.public_id, clock=scene.clock)] * 2, judge)


@case("C-17", "no deadlock: a death that touches two payers, and a payment of each")
def a_death_between_two_payers(scene: Scene) -> Race:
    old, moved, other = _moved(scene)
    new = scene.notice(other, month=JANUARY)

    pays = [partial(scene.pay, new, PRICE_RP), partial(scene.pay, old, 3 * PRICE_RP)]
    return Race([_death(scene, moved), *pays], _judge_death(moved))


@case("C-17", "no deadlock: payments reversed that paid each other's notices")
def credits_of_two_notices_reversed_crosswise(scene: Scene) -> Race:
    pledge = scene.pledge()
    december, january = scene.notice(pledge), scene.notice(pledge, month=JANUARY)
    one, other = scene.pay(december, 4 * PRICE_RP), scene.pay(january, 3 * PRICE_RP)
    allocate_payment(one, to_notice=january, **scene.by(scene.rina))
    allocate_payment(other, to_notice=december, **scene.by(scene.rina))

    def judge(outcomes: list[object]) -> None:
        assert refused(outcomes) == []
        assert not CoveredMonth.objects.filter(sponsor=pledge.sponsor).exists()

    reverse = partial(reverse_payment, reason="uji", **scene.by(scene.wulan))
    return Race([partial(reverse, one), partial(reverse, other)], judge)


def _pledge_of(scene: Scene, sponsor) -> Pledge:
    return scene.pledge(workers=0, quota=3, sponsor=sponsor)


def _people(scene: Scene, count: int = 3) -> list[int]:
    """Workers on no way."""
    pledge = scene.pledge(workers=count)
    ids = list(pledge.enrolments.values_list("worker_id", flat=True))
    pledge.enrolments.all().delete()
    return ids


def _moved(scene: Scene) -> tuple[Notice, Worker, Pledge]:
    """A notice for three workers, the first of whom has gone to another payer's pledge since."""
    pledge, other = scene.pledge(), scene.pledge(workers=0, quota=3)
    notice, moved = scene.notice(pledge), _first_of(pledge)
    leave(Enrolment.objects.get(pledge=pledge, worker=moved), since=BEFORE_IT)
    enrol([moved], other)
    return notice, moved, other


def _first_of(pledge: Pledge) -> Worker:
    return Enrolment.objects.filter(pledge=pledge).order_by("position")[0].worker


def _death(scene: Scene, worker: Worker) -> Deed:
    return partial(settle_death, worker, died_on=BEFORE_IT, reason="akta", **scene.by(scene.rina))


def _judge_death(worker: Worker) -> Callable[[list[object]], None]:
    def judge(outcomes: list[object]) -> None:
        assert not CoveredMonth.objects.filter(worker=worker).exists()
        assert not NoticeLine.objects.filter(worker=worker, is_live=True).exists()
        assert not Enrolment.objects.filter(worker=worker).exclude(state__in=Enrolment.ENDED).exists()

    return judge


def _last_open_month(scene: Scene) -> tuple[Month, Scene]:
    """A month that nothing else here is about, and the people of the office shortly after it: months stay closed."""
    closed = ClosedMonth.objects.aggregate(last=Max("month"))["last"]
    month = Month(max(closed or 0, LONG_AFTER)) + 1
    return month, replace(scene, clock=FixedClock.on((month + 1).first_day.replace(day=5)))


def _pledge_from(scene: Scene, month: Month) -> Pledge:
    pledge = scene.pledge(months=1)
    Pledge.objects.filter(pk=pledge.pk).update(first_month=month)
    return Pledge.objects.get(pk=pledge.pk)
