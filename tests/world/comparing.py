"""The program held against the account, in sets: a little each month, everything at the end."""

from collections import Counter, defaultdict

from django.db.models import Count, Sum

from payung.contributions.models import Account, CoveredMonth, NoticeLine, Posting
from tests.world.office import WorldBrokenError

Kind = Account.Kind
WINDOW = 6


def month(world) -> None:
    """Every balance, what is left of every payment and open on every notice, who is covered now, and how many since."""
    _balances(world)
    _remainders(world)
    _cover_of(world, int(world.month), int(world.month))
    _counts(world, int(world.month) - WINDOW)


def everything(world) -> None:
    """All months of all workers, and all that is asked for."""
    _cover_of(world, 0, 10**6)
    _counts(world, 0)
    _lines(world)


def same(what: str, found: dict, wanted: dict) -> None:
    """Raise with the first differences."""
    if found == wanted:
        return
    keys = [key for key in {**wanted, **found} if found.get(key) != wanted.get(key)]
    told = "; ".join(f"{key}: program {found.get(key)}, account {wanted.get(key)}" for key in keys[:4])
    raise WorldBrokenError(f"{what}: {len(keys)} differ: {told}")


def _balances(world) -> None:
    rows = Posting.objects.order_by().values_list("account__sponsor__code", "account__kind")
    rp = {(code, kind): int(total) for code, kind, total in rows.annotate(rp=Sum("amount_rp"))}
    signs = ((Kind.PIUTANG, 1), (Kind.SUSPENS, -1), (Kind.KLIRING, 1), (Kind.IURAN, -1))
    found = {code: tuple(sign * rp.get((code, kind), 0) for kind, sign in signs) for code in world.books.payers}
    same("balances", found, world.books.balances())


def _remainders(world) -> None:
    suspense = Posting.objects.filter(account__kind=Kind.SUSPENS).order_by().values_list("payment_id")
    left = {pk: -total for pk, total in suspense.annotate(rp=Sum("amount_rp")) if total}
    same(
        "left of payments",
        left,
        {paid.handle.pk: paid.left_rp for paid in world.books.payments.values() if paid.left_rp},
    )
    owing = Posting.objects.filter(account__kind=Kind.PIUTANG).order_by().values_list("notice_id")
    found = {pk: total for pk, total in owing.annotate(rp=Sum("amount_rp")) if total}
    same("open on notices", found, {one.handle.pk: one.open_rp for one in world.books.notices.values() if one.open_rp})


def _cover_of(world, first: int, last: int) -> None:
    """Row by row: who, which month, by whom, under which way, for how much, since when, how sure."""
    rows = CoveredMonth.objects.filter(month__gte=first, month__lte=last).order_by()
    found = {
        (worker, month, program): rest
        for worker, month, program, *rest in rows.values_list(
            *("worker_id", "month", "program", "sponsor_id", "enrolment_id", "payment_id", "amount_rp"),
            *("covered_from", "state", "is_arrears"),
        )
    }
    wanted = {}
    for at, record, due in _covered(world, first, last):
        facts = (due.way.payer.handle.pk, due.way.pk, next(reversed(due.paid)).handle.pk)
        for program, rp in (("JKK", due.paid_jkk), ("JKM", due.paid_jkm)):
            wanted[record.pk, at, program] = [*facts, rp, due.since, _state(due), due.arrears]
    same("covered months", found, wanted)


def _covered(world, first: int, last: int):
    """The worker-months of the account between two months."""
    for at, those in world.books.covered.items():
        if first <= at <= last:
            yield from ((at, record, due) for record, due in those.items())


def _state(due) -> str:
    return "berlaku" if all(paid.confirmed for paid in due.paid) else "sementara"


def _counts(world, first: int) -> None:
    rows = CoveredMonth.objects.filter(month__gte=first).order_by().values_list("sponsor__code", "month", "state")
    found = {tuple(key): (n, rp) for *key, n, rp in rows.annotate(n=Count("pk"), rp=Sum("amount_rp"))}
    count, money = Counter(), Counter()
    for at, _, due in _covered(world, first, 10**6):
        key = (due.way.payer.code, at, _state(due))
        count[key] += 2
        money[key] += due.paid_jkk + due.paid_jkm
    same("worker-months counted", found, {key: (count[key], money[key]) for key in count})


def _lines(world) -> None:
    rows = NoticeLine.objects.order_by("notice_id", "month", "position", "pk").values_list(
        "notice__number", "worker_id", "month", "jkk_rp", "jkm_rp", "is_live"
    )
    found, wanted = defaultdict(list), {}
    for number, *line in rows:
        found[number].append(tuple(line))
    for number, notice in world.books.notices.items():
        lines = [(due.way.record.pk, due.month, due.jkk_rp, due.jkm_rp, due.live) for due in notice.dues]
        wanted[number] = lines
    same("lines of notices", found, wanted)
