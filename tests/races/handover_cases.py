"""Handovers at once: two lists of the same people, two approvals, payments, notices and deaths between them."""

from datetime import date
from functools import partial

from payung.access.permissions import Role
from payung.contributions.errors import HandoverRefusedError, LedgerError
from payung.contributions.models import CoveredMonth, NoticeLine
from payung.contributions.selectors import balances_of
from payung.contributions.services import approve_handover, prepare_handover, settle_death
from payung.enrolment.errors import EnrolmentError, HandoverDecidedError, ListChangedError
from payung.enrolment.models import Enrolment, Handover, HandoverLine, Wadah
from payung.kernel.public_id import new_public_id
from payung.sponsors.models import Pledge
from tests.cast import add_viewer
from tests.contributions.conftest import JANUARY
from tests.races.cases import BEFORE_IT, Race, case, december_of, refused
from tests.races.scene import PRICE_RP, Scene
from tests.races.stepping import Deed

JANUARY_PRICE_RP = 2 * PRICE_RP


@case("C-4", "one list has them, the other is refused")
def two_handovers_of_the_same_workers(scene: Scene) -> Race:
    giving, taking, another = _active(scene), _next(scene), _next(scene)
    ways = list(giving.enrolments.values_list("pk", flat=True))
    named = [partial(_prepare, scene, giving, to, ways=ways) for to in (taking, another)]

    def judge(outcomes: list[object]) -> None:
        assert [type(one) for one in refused(outcomes)] == [HandoverRefusedError]
        assert HandoverLine.objects.filter(enrolment__in=ways, is_open=True).count() == 3

    return Race(list(named), judge)


@case("C-1, C-3", "one approves, the other is told that it is decided; handed over once")
def one_handover_approved_by_two(scene: Scene) -> Race:
    giving, taking = _active(scene), _next(scene)
    made = _prepare(scene, giving, taking)
    ratna = add_viewer(f"Ratna{giving.sponsor.code}", Role.PENYETUJU_DINAS, clock=scene.clock)

    def judge(outcomes: list[object]) -> None:
        assert [type(one) for one in refused(outcomes)] == [HandoverDecidedError]
        assert _states(giving) == ["left"] * 3
        assert _states(taking) == ["active"] * 3

    return Race([_approve(scene, made), _approve(scene, made, by=ratna)], judge, (EnrolmentError,))


@case("C-4, C-7", "paid before and refused, or handed over and January's money a credit")
def a_handover_approved_while_its_months_are_paid(scene: Scene) -> Race:
    giving, taking = _active(scene), _next(scene)
    notice = scene.notice(giving, months=2)
    made = _prepare(scene, giving, taking)

    def judge(outcomes: list[object]) -> None:
        done = not isinstance(outcomes[0], ListChangedError)
        assert not isinstance(outcomes[1], Exception)
        assert december_of(notice) == 3
        assert _january_of(giving) == (0 if done else 3)
        assert _states(taking) == (["active"] * 3 if done else [])
        assert balances_of(giving.sponsor).credit_rp == (3 * JANUARY_PRICE_RP if done else 0)

    return Race([_approve(scene, made), partial(scene.pay, notice, notice.total_rp)], judge, (EnrolmentError,))


@case("C-4", "January is asked of one of the two payers, December of the first")
def a_handover_approved_while_both_payers_are_asked(scene: Scene) -> Race:
    giving, taking = _active(scene), _next(scene)
    made = _prepare(scene, giving, taking)
    asked = [partial(scene.notice, giving, months=2), partial(scene.notice, taking, month=JANUARY)]

    def judge(outcomes: list[object]) -> None:
        assert not isinstance(outcomes[0], Exception)
        assert _states(taking) == ["active"] * 3
        lines = NoticeLine.objects.filter(notice__pledge__in=[giving, taking], is_live=True)
        assert not lines.filter(month=JANUARY, notice__pledge=giving).exists()
        assert lines.count() == len(set(lines.values_list("worker_id", "month")))

    return Race([_approve(scene, made), *asked], judge)


@case("C-12", "nobody is asked for after their death, nor goes on to the next payer")
def a_death_while_a_handover_is_approved(scene: Scene) -> Race:
    giving, taking = _active(scene), _next(scene)
    scene.notice(giving, months=2)
    made = _prepare(scene, giving, taking)
    died = giving.enrolments.order_by("position")[0].worker
    death = partial(settle_death, died, died_on=BEFORE_IT, reason="akta", **scene.by(scene.rina))

    def judge(outcomes: list[object]) -> None:
        assert not isinstance(outcomes[1], Exception)
        assert not NoticeLine.objects.filter(worker=died, is_live=True).exists()
        assert not Enrolment.objects.filter(worker=died).exclude(state__in=Enrolment.ENDED).exists()

    return Race([_approve(scene, made), death], judge, (LedgerError, EnrolmentError))


@case("C-17", "no deadlock: two payers hand workers over to each other")
def handovers_crosswise(scene: Scene) -> Race:
    one, other = _active(scene, quota=6), _active(scene, quota=6)
    lists = [_prepare(scene, one, other), _prepare(scene, other, one)]

    def judge(outcomes: list[object]) -> None:
        assert refused(outcomes) == []
        assert _states(one) == _states(other) == ["active"] * 3 + ["left"] * 3

    return Race([_approve(scene, each) for each in lists], judge)


def _active(scene: Scene, *, quota: int = 3) -> Pledge:
    """A pledge with three workers to whom BPJS gave a KPJ, asked for in December."""
    pledge = scene.pledge(quota=quota)
    for way in pledge.enrolments.all():
        wadah = {"wadah": _wadah(scene, pledge), "kpj": f"KPJ{way.pk}", "starts_on": date(2026, 12, 1)}
        Enrolment.objects.filter(pk=way.pk).update(state="active", **wadah)
    return pledge


def _next(scene: Scene) -> Pledge:
    """Another payer's pledge, with three free places."""
    return scene.pledge(workers=0, quota=3)


def _wadah(scene: Scene, pledge: Pledge) -> Wadah:
    number = f"W-{pledge.sponsor.code}"
    return Wadah.objects.get_or_create(number=number, name="Uji", type="P", recorded_at=scene.clock.now())[0]


def _prepare(scene: Scene, giving: Pledge, taking: Pledge, *, ways: list[int] | None = None) -> Handover:
    return prepare_handover(
        giving.sponsor,
        first_month=JANUARY,
        giving_letter="01/2026",
        taking_letter="02/2026",
        client_key=f"serah-{new_public_id()}",
        to_pledge=taking,
        to_wadah=_wadah(scene, taking),
        enrolment_ids=ways,
        with_gap=True,
        **scene.by(scene.rina),
    )


def _approve(scene: Scene, made: Handover, *, by: object = None) -> Deed:
    return partial(approve_handover, made, seen_hash=bytes(made.content_hash), **scene.by(by or scene.wulan))


def _states(pledge: Pledge) -> list[str]:
    return sorted(pledge.enrolments.values_list("state", flat=True))


def _january_of(pledge: Pledge) -> int:
    return CoveredMonth.objects.filter(sponsor=pledge.sponsor, month=JANUARY, program="JKK").count()
