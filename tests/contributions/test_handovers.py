"""Workers handed over keep their KPJ and their months; no month is ever asked of two, and nothing is lost between."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from hypothesis import HealthCheck, event, example, given, settings
from hypothesis import strategies as st

from payung.access.errors import NotPermittedError, SamePersonError
from payung.audit.models import AuditEvent
from payung.contributions.errors import HandoverGapError, HandoverRefusedError, LedgerError
from payung.contributions.invariants import check_all
from payung.contributions.models import CoveredMonth, NoticeLine
from payung.contributions.selectors import notice_balances, sponsor_stories
from payung.contributions.selectors.handovers import can_go_on, handovers_visible_to, judged_handover
from payung.contributions.services import (
    approve_handover,
    confirm_payment,
    issue_notice,
    prepare_handover,
    settle_death,
    withdraw_handover,
)
from payung.enrolment.errors import (
    EnrolmentError,
    HandoverDecidedError,
    HandoverPartiesError,
    ListChangedError,
    PledgeFullError,
    ReasonUnknownError,
)
from payung.enrolment.models import Enrolment, Handover, HandoverLine, Wadah
from payung.enrolment.services import leave as end_ways
from payung.enrolment.services import renew_pledge
from payung.papers.models import IssuedNumber
from payung.registry.models import Worker
from payung.sponsors.errors import PledgeRenewedError, SponsorDataError
from payung.sponsors.models import Pledge
from tests.contributions.conftest import DECEMBER, JANUARY, add_workers
from tests.enrolment import people
from tests.enrolment.people import jump, propose

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def activate(ways, *, wadah, by, clock):
    """Everything up to BPJS's KPJ, with each step's event."""
    from_proposed = ("verified", "matched", "checked", "determined")
    for state in from_proposed:
        jump(ways, state, by=by, clock=clock)
    Enrolment.objects.filter(pk__in=ways).update(wadah=wadah)
    for state in ("registered", "sent", "accepted"):
        jump(ways, state, by=by, clock=clock)
    Enrolment.objects.filter(pk__in=ways).update(starts_on=date(2026, 12, 1))
    for pk in ways:
        Enrolment.objects.filter(pk=pk).update(kpj=f"KPJ{pk}")
    jump(ways, "active", by=by, clock=clock)


@pytest.fixture
def wadah(other_pledge, clock):
    old = Wadah.objects.create(number="W-LAMA", name="Lama", type="P", recorded_at=clock.now())
    new = Wadah.objects.create(
        number="W-BARU", name="Baru", type="P", funder=other_pledge.sponsor, recorded_at=clock.now()
    )
    return old, new


@pytest.fixture
def giving(pt_maju, wadah, rina, wulan, clock):
    """PT Maju's pledge with three active workers."""
    pledge = Pledge.objects.create(
        sponsor=pt_maju, quota=3, first_month=DECEMBER, months=6, dasar_upah_rp=1_000_000, pledged_by="uji",
        pledged_on=clock.today(), recorded_at=clock.now(),
    )  # fmt: skip
    ids = people.add_workers(3, clock=clock)
    activate(propose(ids, pt_maju, by=wulan, clock=clock, pledge=pledge), wadah=wadah[0], by=rina, clock=clock)
    return pledge


@pytest.fixture
def prepare(giving, other_pledge, wadah, rina, clock):
    def make(**changed):
        facts = {
            "first_month": JANUARY, "giving_letter": "01/PTMAJU/2026", "taking_letter": "02/CVJAYA/2026",
            "client_key": "k-1", "to_pledge": other_pledge, "to_wadah": wadah[1],
        }  # fmt: skip
        sponsor = changed.pop("sponsor", giving.sponsor)
        return prepare_handover(sponsor, **(facts | changed), acting_user=rina, clock=clock)

    return make


@pytest.fixture
def ask(rina, clock):
    def issue(pledge, first=DECEMBER, months=1):
        return issue_notice(pledge, first_month=first, months=months, acting_user=rina, clock=clock)

    return issue


def approve(handover, by, clock):
    return approve_handover(handover, seen_hash=bytes(handover.content_hash), acting_user=by, clock=clock)


def asked(pledge):
    lines = NoticeLine.objects.filter(notice__pledge=pledge, is_live=True).order_by("worker", "month")
    return list(lines.values_list("worker_id", "month"))


def ways_of(pledge, state):
    return list(Enrolment.objects.filter(pledge=pledge, state=state).order_by("position"))


def test_the_kpj_stays_the_wadah_changes_and_the_order_is_kept(giving, other_pledge, prepare, ask, wulan, clock):
    ask(giving)
    before = ways_of(giving, "active")
    done = approve(prepare(), wulan, clock)
    after = ways_of(other_pledge, "active")
    assert [(way.worker_id, way.kpj, way.starts_on) for way in after] == [
        (way.worker_id, way.kpj, way.starts_on) for way in before
    ]
    assert {(way.wadah.number, way.from_month, way.sponsor.code) for way in after} == {("W-BARU", JANUARY, "CVJAYA")}
    left = ways_of(giving, "left")
    assert {(way.reason, way.since) for way in left} == {("diserahkan", date(2026, 12, 31))}
    assert [line.taken_by_id for line in done.lines.order_by("position")] == [way.pk for way in after]
    assert done.number == IssuedNumber.objects.get(series="BA-ST").text


def test_unpaid_dues_from_the_first_month_on_end_and_those_before_stay(
    giving, other_pledge, prepare, ask, wulan, clock
):
    notice = ask(giving, months=3)
    workers = sorted(way.worker_id for way in ways_of(giving, "active"))
    done = approve(prepare(), wulan, clock)
    assert asked(giving) == [(worker, DECEMBER) for worker in workers]
    assert done.released_rp == notice.total_rp - 3 * 8_400 == notice.total_rp - notice_balances([notice])[notice.pk]
    ask(other_pledge, first=JANUARY, months=2)
    assert asked(other_pledge) == [(worker, month) for worker in workers for month in (JANUARY, JANUARY + 1)]


def test_the_old_payers_month_is_not_dropped_by_a_later_notice_and_can_still_be_paid(
    giving, prepare, ask, pay, wulan, rina, clock
):
    notice = ask(giving)
    approve(prepare(), wulan, clock)
    Pledge.objects.filter(pk=giving.pk).update(quota=9)
    (late,) = propose([add_workers(1, clock=clock)[0].pk], giving.sponsor, by=wulan, clock=clock, pledge=giving)
    for state in ("verified", "matched", "checked", "determined"):
        jump([late], state, by=rina, clock=clock)
    ask(giving)
    assert len(asked(giving)) == 4
    pay(notice, notice.total_rp)
    assert CoveredMonth.objects.filter(month=DECEMBER, sponsor=giving.sponsor).count() == 6


def test_paid_months_stay_with_who_paid_them_and_the_clock_goes_on(
    giving, other_pledge, prepare, ask, pay, wulan, clock
):
    first = ask(giving)
    pay(first, first.total_rp)
    approve(prepare(), wulan, clock)
    second = ask(other_pledge, first=JANUARY)
    pay(second, second.total_rp)
    months = CoveredMonth.objects.filter(program="JKK").order_by("worker", "month")
    assert set(months.values_list("month", "sponsor__code")) == {(DECEMBER, "PTMAJU"), (JANUARY, "CVJAYA")}
    assert months.count() == 6


def test_a_month_that_the_old_payer_paid_is_not_handed_over(giving, prepare, ask, pay, wulan, clock):
    notice = ask(giving, months=2)
    pay(notice, notice.total_rp)
    with pytest.raises(HandoverRefusedError) as refused:
        prepare(enrolment_ids=[way.pk for way in ways_of(giving, "active")])
    assert refused.value.hindered == {"paid_beyond": 3}
    assert approve(prepare(first_month=JANUARY + 1), wulan, clock).row_count == 3


def test_a_payment_between_preparing_and_approving_stops_the_handover(giving, prepare, ask, pay, wulan, clock):
    notice = ask(giving, months=2)
    made = prepare()
    pay(notice, notice.total_rp)
    with pytest.raises(ListChangedError):
        approve(made, wulan, clock)
    assert len(ways_of(giving, "active")) == 3


def test_a_death_between_preparing_and_approving_stops_the_handover(giving, prepare, ask, rina, wulan, clock):
    ask(giving)
    made = prepare()
    worker = Worker.objects.get(pk=ways_of(giving, "active")[0].worker_id)
    settle_death(worker, died_on=clock.today(), reason="surat", acting_user=rina, clock=clock)
    with pytest.raises(ListChangedError):
        approve(made, wulan, clock)
    withdraw_handover(made, reason="seorang meninggal", acting_user=rina, clock=clock)
    assert approve(prepare(client_key="k-2"), wulan, clock).row_count == 2


def test_a_month_that_nobody_is_asked_for_is_refused_unless_it_is_known(giving, prepare, wulan, clock):
    with pytest.raises(HandoverGapError) as refused:
        prepare()
    assert (refused.value.workers, refused.value.months) == (3, (DECEMBER,))
    assert approve(prepare(with_gap=True), wulan, clock).with_gap


def test_who_pays_for_themselves_leaves_with_their_paid_months(giving, prepare, ask, pay, wulan, clock):
    notice = ask(giving, months=1)
    pay(notice, notice.total_rp)
    done = approve(prepare(to_pledge=None, to_wadah=None, taking_letter="pernyataan"), wulan, clock)
    assert {(way.state, way.reason) for way in Enrolment.objects.all()} == {("left", "bayar_sendiri")}
    assert CoveredMonth.objects.filter(program="JKK").count() == 3
    assert [line.paid_until for line in done.lines.all()] == [DECEMBER] * 3


def test_the_same_request_twice_makes_one_list_and_one_approval(giving, prepare, ask, wulan, clock):
    ask(giving)
    made = prepare()
    assert prepare() == made
    assert approve(made, wulan, clock).number == approve(made, wulan, clock).number
    assert Enrolment.objects.filter(state="active").count() == 3
    assert AuditEvent.objects.filter(action="contributions.handover.approve").count() == 1


def test_who_prepared_it_does_not_approve_it_and_the_database_holds_that(giving, prepare, ask, rina, clock):
    ask(giving)
    made = prepare()
    with pytest.raises((NotPermittedError, SamePersonError)):
        approve(made, rina, clock)
    with pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.filter(pk=made.pk).update(approved_by=made.prepared_by, approved_at=clock.now())


def test_a_list_is_never_changed_or_removed(giving, prepare, ask, clock):
    ask(giving)
    made = prepare()
    for wrong in (
        lambda: Handover.objects.filter(pk=made.pk).update(first_month=DECEMBER),
        lambda: HandoverLine.objects.filter(handover=made).update(position=F("position") + 9),
        lambda: HandoverLine.objects.filter(handover=made).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()


@pytest.mark.parametrize(
    ("changed", "part"),
    [
        ({"giving_letter": " "}, "letters"),
        ({"taking_letter": ""}, "letters"),
        ({"first_month": JANUARY + 11}, "pledge"),
        ({"to_wadah": None}, "wadah"),
        ({"to_pledge": None}, "wadah"),
    ],
)
def test_what_does_not_fit_is_refused(giving, prepare, ask, changed, part):
    ask(giving)
    with pytest.raises(HandoverPartiesError) as refused:
        prepare(**changed)
    assert refused.value.params["part"] == part


def test_a_payer_takes_nobody_over_from_itself_nor_beyond_its_places(giving, other_pledge, prepare, ask):
    ask(giving)
    with pytest.raises(HandoverPartiesError):
        prepare(to_pledge=giving)
    Pledge.objects.filter(pk=other_pledge.pk).update(quota=2)
    other_pledge.refresh_from_db()
    with pytest.raises(PledgeFullError):
        prepare()


def test_somebody_stands_on_one_open_list_only(giving, prepare, ask, rina, clock):
    ask(giving)
    ids = [way.pk for way in ways_of(giving, "active")]
    made = prepare()
    with pytest.raises(HandoverRefusedError) as refused:
        prepare(client_key="k-2", enrolment_ids=ids[:1])
    assert refused.value.hindered == {"on_another": 1}
    withdraw_handover(made, reason="salah", acting_user=rina, clock=clock)
    assert prepare(client_key="k-2", enrolment_ids=ids[:1]).row_count == 1


def test_a_decided_list_is_decided(giving, prepare, ask, rina, wulan, clock):
    ask(giving)
    made = approve(prepare(), wulan, clock)
    with pytest.raises(HandoverDecidedError):
        withdraw_handover(made, reason="salah", acting_user=rina, clock=clock)


def test_handing_back_undoes_it_while_nothing_was_paid(giving, other_pledge, wadah, prepare, ask, wulan, clock):
    ask(giving)
    approve(prepare(), wulan, clock)
    back = prepare(
        sponsor=other_pledge.sponsor, to_pledge=giving, to_wadah=wadah[0], client_key="k-2", giving_letter="b"
    )
    approve(back, wulan, clock)
    assert len(ways_of(giving, "active")) == 3
    ask(giving, first=JANUARY)
    assert len(asked(giving)) == 6


def test_nobody_is_handed_over_by_the_door_of_leaving(giving, rina, clock):
    for reason in ("diserahkan", "bayar_sendiri"):
        with pytest.raises(ReasonUnknownError):
            end_ways([ways_of(giving, "active")[0].pk], reason=reason, acting_user=rina, clock=clock)


def test_places_handed_over_do_not_wait_for_a_substitute(giving, prepare, ask, wulan, clock):
    ask(giving)
    approve(prepare(), wulan, clock)
    assert sponsor_stories([giving.sponsor_id], month=DECEMBER)[giving.sponsor_id].to_replace == 0


def test_companies_see_their_own_approved_lists_alone(giving, prepare, ask, joko, tono, wulan, clock):
    ask(giving)
    made = prepare()
    assert not handovers_visible_to(joko).exists()
    approve(made, wulan, clock)
    assert list(handovers_visible_to(joko)) == [made]
    assert not handovers_visible_to(tono).exists()


@pytest.mark.parametrize("who", ["tono", "joko", "agus", "dewi"])
def test_tono_cannot_hand_anybody_over(who, giving, prepare, ask, clock, request):
    ask(giving)
    viewer = request.getfixturevalue(who)
    with pytest.raises(NotPermittedError):
        prepare_handover(
            giving.sponsor, first_month=JANUARY, giving_letter="a", taking_letter="b", client_key="k",
            acting_user=viewer, clock=clock,
        )  # fmt: skip
    with pytest.raises(NotPermittedError):
        approve(prepare(), viewer, clock)
    assert len(ways_of(giving, "active")) == 3


def test_judging_a_list_costs_the_same_however_long_it_is(giving, ask, clock, django_assert_max_num_queries):
    ask(giving)
    ids = list(can_go_on(giving.sponsor).values_list("pk", flat=True))
    with django_assert_max_num_queries(6):
        assert judged_handover(ids, first_month=JANUARY, today=clock.today()).with_gap == 0


STEPS = st.lists(
    st.tuples(st.sampled_from(["ask", "pay", "hand", "back", "renew"]), st.integers(0, 5), st.integers(1, 3)),
    min_size=3,
    max_size=9,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
@example(steps=[("ask", 0, 1), ("pay", 0, 1), ("hand", 1, 1), ("ask", 1, 2), ("renew", 0, 1), ("back", 2, 1)])
def test_renewals_and_handovers_never_give_a_month_two_payers_nor_lose_one(
    steps, giving, other_pledge, wadah, pay, rina, wulan, clock
):
    with transaction.atomic():
        _walk(steps, (giving, other_pledge), wadah, pay, rina, wulan, clock)
        assert check_all() == []
        transaction.set_rollback(True)


def _walk(steps, pledges, wadah, pay, rina, wulan, clock):
    live = dict(enumerate(pledges))
    notices = []
    for number, (step, offset, months) in enumerate(steps):
        month = DECEMBER + offset
        before = set(NoticeLine.objects.filter(is_live=True).values_list("worker_id", "month"))
        paid = set(CoveredMonth.objects.values_list("worker_id", "month", "sponsor_id"))
        try:
            with transaction.atomic():
                if step == "ask":
                    mine = Pledge.objects.filter(sponsor=live[months % 2].sponsor)
                    told = {"first_month": month, "months": months, "acting_user": rina, "clock": clock}
                    notices.extend(issue_notice(pledge, **told) for pledge in mine)
                elif step == "pay" and notices:
                    notice = notices[offset % len(notices)]
                    confirm_payment(pay(notice, notice.total_rp), acting_user=wulan, clock=clock)
                elif step == "renew":
                    done = renew_pledge(live[months % 2], acting_user=rina, clock=clock)
                    live[months % 2] = done.pledge
                elif step in {"hand", "back"}:
                    way = (0, 1) if step == "hand" else (1, 0)
                    taking = Pledge.objects.get(pk=pledges[way[1]].pk)
                    made = prepare_handover(
                        live[way[0]].sponsor, first_month=month, giving_letter="a", taking_letter="b",
                        client_key=f"k{number}", to_pledge=taking, to_wadah=wadah[way[1]], with_gap=True,
                        acting_user=rina, clock=clock,
                    )  # fmt: skip
                    approve(made, wulan, clock)
        except (LedgerError, EnrolmentError, PledgeRenewedError, SponsorDataError):
            continue
        event(step)
        after = set(NoticeLine.objects.filter(is_live=True).values_list("worker_id", "month"))
        now_paid = set(CoveredMonth.objects.values_list("worker_id", "month", "sponsor_id"))
        assert paid <= now_paid  # what was paid stays with who paid it
        lost = before - after - {(worker, of) for worker, of, _ in now_paid}
        assert all(
            step in {"hand", "back"} and of >= month for _, of in lost
        )  # only a handover ends dues, from its month
    kpj = Enrolment.objects.order_by("worker_id").values_list("worker_id", "kpj").distinct()
    assert len({worker for worker, _ in kpj}) == len(list(kpj))
    ongoing = Enrolment.objects.exclude(state__in=Enrolment.ENDED).values_list("worker_id", flat=True)
    assert len(list(ongoing)) == len(set(ongoing)) == 3
