"""Every number that a page shows, by the selectors that the pages call, beside the model's."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from payung.contributions.invariants import check_all
from payung.contributions.models import Account, CoveredMonth, Notice, Payment
from payung.contributions.selectors import (
    balances_of,
    cover_grid,
    covered_since,
    covered_until,
    explain_payment,
    months_on_time,
    notice_months,
    sponsor_month_strip,
    sponsor_stories,
    unexplained_differences,
    vacant_places,
    with_standing,
)
from payung.coverage.counting import falling_off, one_programme_only
from payung.coverage.models import CoverageRollup
from payung.coverage.recomputed import recompute
from payung.coverage.selectors.lapsing import lapsing
from payung.coverage.selectors.standing import total_in
from payung.coverage.services import rebuild_summary
from payung.kernel.funds import Program as Programme
from payung.kernel.month import Month
from tests.oracle import pages, reading
from tests.oracle.model import Model
from tests.oracle.prices import month_of
from tests.oracle.program import Program


class DiffersError(AssertionError):
    """A page shows another number than the model."""


def same(what: str, shown: Any, expected: Any) -> None:
    """Raise where the page differs, with both."""
    if shown != expected:
        raise DiffersError(f"{what}: the page shows {shown!r}, the model {expected!r}")


def after_each_step(model: Model, program: Program, step: int) -> None:
    """What is cheap is asked for whole; pages of single objects in turn, so that all of them come by."""
    _books(model, program)
    _standing(model, program, reading.standings())
    _cover(model, program)
    turn = step % 5
    if turn == 0:
        payer = sorted(program.cast.sponsors)[step // 5 % len(program.cast.sponsors)]
        _balances(model, program, payer)
        _sponsor(model, program, payer)
    elif turn in (1, 3) and program.payments:
        name = list(program.payments)[-1 - step // 5 % min(len(program.payments), 5)]
        _explanation(model, name, _payments().get(pk=program.payments[name].pk))
    elif turn == 2 and program.notices:
        _notice(model, program, list(program.notices)[-1 - step // 5 % min(len(program.notices), 5)])
    elif turn == 4 and program.workers:
        _person(model, program, list(program.workers)[step // 5 % len(program.workers)])


def _balances(model: Model, program: Program, payer: str) -> None:
    shown = balances_of(program.cast.sponsors[payer])
    found = (shown.due_rp, shown.credit_rp, shown.unconfirmed_rp, shown.owed_rp)
    same(f"balances of {payer}", found, pages.balances(model, payer))


def _books(model: Model, program: Program) -> None:
    """The accounts of all payers, to which the balances of a page must add up."""
    shown = {(payer, kind): rp for payer, kind, rp in reading.balances() if rp}
    signs = ((Account.Kind.PIUTANG, 1), (Account.Kind.SUSPENS, -1), (Account.Kind.KLIRING, 1), (Account.Kind.IURAN, -1))
    expected = {
        (sponsor.pk, kind): sign * rp
        for payer, sponsor in program.cast.sponsors.items()
        for (kind, sign), rp in zip(signs, pages.balances(model, payer), strict=True)
        if rp
    }
    same("accounts", shown, expected)


def _standing(model: Model, program: Program, found: Iterable[tuple[int, str, int]]) -> None:
    names = {notice.pk: name for name, notice in program.notices.items()}
    standing = {names[pk]: (stands, owing_rp) for pk, stands, owing_rp in found}
    same("standing of notices", standing, {name: pages.standing(model, name) for name in model.notices})


def _cover(model: Model, program: Program) -> None:
    workers = {worker.pk: name for name, worker in program.workers.items()}
    payments = {payment.pk: name for name, payment in program.payments.items()}
    payers = {sponsor.pk: name for name, sponsor in program.cast.sponsors.items()}
    ways = {pk: name for name, pk in program.ways.items()}
    shown: dict[tuple[str, int], Any] = {}
    for worker, month, payer, way, payment, *told, amount_rp in reading.covered_months():
        key = (workers[worker], month)
        before = shown.get(key)
        money = (amount_rp,) if before is None else (*before[-1], amount_rp)
        shown[key] = (payers[payer], ways[way], payments[payment], *told, money)
    same("covered months", shown, pages.covered_rows(model))


def _sponsor(model: Model, program: Program, payer: str) -> None:
    sponsor, now = program.cast.sponsors[payer], month_of(model.today)
    story = sponsor_stories([sponsor.pk], month=Month(now))[sponsor.pk]
    told = (story.pledged, story.listed, story.paid, story.active, story.to_replace)
    same(f"story of {payer}", told, pages.story(model, payer))
    first = Month(now - 4)
    strip = [
        (each.asked, each.asked_rp, each.sementara, each.berlaku, each.covered_rp)
        for each in sponsor_month_strip(sponsor, first_month=first)
    ]
    same(f"months of {payer}", strip, [pages.strip(model, payer, month) for month in range(first, first + 12)])


def _notice(model: Model, program: Program, name: str) -> None:
    groups = notice_months(program.notices[name])
    found = {(g.month, g.sector, g.jkk_rp, g.jkm_rp): (g.workers, g.covered) for g in groups}
    same(f"months of {name}", found, pages.notice_months(model, name))


def _payments() -> QuerySet[Payment]:
    """With what a page of them reads at once."""
    return Payment.objects.select_related("notice__pledge")


def _explanation(model: Model, name: str, payment: Payment) -> None:
    told = explain_payment(payment)
    shown = {
        "amount": told.amount_rp,
        "used": told.used_rp,
        "remainder": told.remainder_rp,
        "asked": told.asked_rp,
        "short": told.short_rp,
        "in_suspense": told.in_suspense,
        "confirmed": told.confirmed,
        "reversed": told.reversed,
        "covered": [(each.month, each.workers, each.amount_rp) for each in told.covered],
        "missed": sorted((each.month, str(each.obstacle), each.workers) for each in told.not_covered),
    }
    same(f"explanation of {name}", shown, pages.explanation(model, name))


def _person(model: Model, program: Program, name: str) -> None:
    if model.workers[name]["merged"]:
        return
    worker, first = program.workers[name], Month(month_of(model.today) - 12)
    payers = {sponsor.pk: payer for payer, sponsor in program.cast.sponsors.items()}
    cells = [
        (c.month, c.state, payers[c.sponsor_id], c.covered_from, c.is_arrears, c.amount_rp)
        for c in cover_grid(worker, first_month=first)
        if c.sponsor_id is not None
    ]
    same(f"grid of {name}", cells, pages.grid(model, name, first))
    paid = model.paid_months(name)
    until, since = covered_until([worker.pk]), covered_since([worker.pk])
    same(f"{name} covered until", until[worker.pk].month if until else None, max(paid, default=None))
    same(f"{name} covered since", since.get(worker.pk), min(paid, default=None))


def now_and_then(model: Model, program: Program) -> None:
    """What costs more: every payment and person, what waits to be explained, the counts of coverage, the invariants."""
    for payer in program.cast.sponsors:
        _balances(model, program, payer)
        _sponsor(model, program, payer)
    _standing(model, program, with_standing(Notice.objects.all()).values_list("pk", "standing", "owing_rp"))
    for name in program.notices:
        _notice(model, program, name)
    payments = _payments().in_bulk([payment.pk for payment in program.payments.values()])
    for name, payment in program.payments.items():
        _explanation(model, name, payments[payment.pk])
    for name in program.workers:
        _person(model, program, name)
    _waiting(model, program)
    _coverage(model, program)
    same("parts that differ from the journal", [part.name for part in recompute() if not part.agrees], [])
    same("invariants", check_all(), [])


def _waiting(model: Model, program: Program) -> None:
    ids = {str(payment.public_id): name for name, payment in program.payments.items()}
    ids |= {str(notice.public_id): name for name, notice in program.notices.items()}
    shown = [
        (each.kind, ids[each.public_id], each.amount_rp)
        for each in unexplained_differences(program.cast.rina)
        if each.kind != "pay_code"
    ]
    same("differences", sorted(shown), pages.differences(model))
    month = month_of(model.today)
    vacant = {each.sponsor_code: each.count for each in vacant_places(program.cast.rina, month=Month(month))}
    expected = Counter(f"UJI{way['payer']}" for way in model.ways.values() if pages.is_vacant(model, way, month))
    same("vacant places", vacant, dict(expected))
    for payer, sponsor in program.cast.sponsors.items():
        same(f"{payer} on time", months_on_time(sponsor, today=model.today), pages.on_time(model, payer))


def _coverage(model: Model, program: Program) -> None:
    now = month_of(model.today)
    wanted = sorted({month for _, month in model.cover} | {now})
    rebuild_summary(wanted, clock=program.clock)
    by_id = {str(sponsor.pk): payer for payer, sponsor in program.cast.sponsors.items()}
    for month in wanted:
        rows = CoverageRollup.objects.filter(month=month, dimension=CoverageRollup.Dimension.SPONSOR)
        shown = Counter[str](), Counter[str]()
        for row in rows:
            shown[0][by_id[row.key]] += row.berlaku
            shown[1][by_id[row.key]] += row.sementara
        expected = pages.covered_in(model, month)
        same(f"covered in {month}", {p: (shown[0][p], shown[1][p]) for p in shown[0]}, expected)
        total = total_in(month)
        sums = tuple(map(sum, zip(*expected.values(), strict=True))) or (0, 0)
        same(f"total of {month}", (total.berlaku, total.sementara), sums)
        same(f"one programme only in {month}", one_programme_only(month), 0)
        off = lapsing(program.cast.rina, month=Month(month + 1))
        lapse = {line.code.removeprefix("UJI"): line.workers for line in off.sponsors}
        same(f"falling off in {month + 1}", lapse, dict(pages.falling_off(model, month + 1)))
        same(f"rows falling off in {month + 1}", falling_off(month + 1).count(), off.workers)
    same("programmes", CoveredMonth.objects.exclude(program__in=list(Programme)).count(), 0)
