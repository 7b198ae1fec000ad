"""What the page of one worker shows: the person, the standing, the months by payer, and what happened."""

from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.contributions.models import CoveredMonth
from payung.contributions.selectors import CoverCell, cover_grid, cover_grid_as_known_on, cover_visible_to
from payung.contributions.selectors.continuity import continuity_clocks
from payung.enrolment.models import Enrolment, EnrolmentEvent
from payung.enrolment.selectors import enrolments_visible_to
from payung.kernel.clock import Clock
from payung.kernel.funds import Program
from payung.kernel.month import Month
from payung.registry.models import Worker
from payung.registry.selectors import masked_niks, mergers_into, records_of
from payung.sponsors.selectors import sponsors_visible_to
from payung.web.frame.links import link_to
from payung.web.frame.shapes import Event, LegendItem, MonthCell, month_grid
from payung.web.frame.tags import bulan, tanggal
from payung.web.workers.standings import not_proposed, tell_standing
from payung.web.workers.steps import step_words

YEARS_SHOWN = 3
PAYER_TONES = ("1", "2", "3", "4", "5", "6")


@dataclass(frozen=True, slots=True)
class Continuity:
    """How long somebody has been covered without a hole: now, up to a month that is over, or from one that comes."""

    months: int
    since: Month
    until: Month
    when: str


def page_facts(worker: Worker, *, viewer: Viewer, clock: Clock, known_on: date | None = None) -> dict[str, Any]:
    """Everything of one worker that this viewer may see; the months as they were known on a day, where one is named."""
    today = clock.today()
    now = Month.of(today)
    records = list(records_of([worker.pk]))
    ways = list(enrolments_visible_to(viewer).filter(worker__in=records).order_by("-pk"))
    current = next((way for way in ways if way.state not in Enrolment.ENDED), ways[0] if ways else None)
    first = Month.of_year(now.year - 1, 1)
    span: dict[str, Any] = {"first_month": first, "months": 12 * YEARS_SHOWN}
    cells = cover_grid_as_known_on(worker, known_on, **span) if known_on else cover_grid(worker, **span)
    payers = {cell.sponsor_id for cell in cells if cell.sponsor_id}
    known = set(sponsors_visible_to(viewer).filter(pk__in=payers).values_list("pk", flat=True))
    known |= {way.sponsor_id for way in ways}
    tones = _payer_tones(cells, known)
    in_row = continuity_clocks([worker.pk], now=now).get(worker.pk)
    return {
        "worker": worker,
        "nik": masked_niks([worker])[worker.pk],
        "reveal_url": reverse("worker_reveal", args=[worker.public_id]) if _may_reveal(viewer, worker) else "",
        "age": _age(worker, today),
        "told": tell_standing(current, on=today) if current else not_proposed(),
        "current": current,
        "ways": [(way, link_to("enrolment_person", way.public_id)) for way in ways],
        "years": month_grid(_cell(cell, now, tones, known) for cell in cells),
        "legend": _legend(cells, tones, known),
        "continuity": continuity(cells, now, since=in_row.since if in_row and not known_on else None),
        "clock": in_row,
        "events": _story(worker, records, ways, viewer),
        "merged": mergers_into(worker) if viewer.may(Permission.DUPLICATE_READ) else [],
        "may_write": viewer.scope_of(Permission.WORKER_WRITE).covers_village(worker.village_id),
    }


def continuity(cells: list[CoverCell], now: Month, *, since: Month | None = None) -> Continuity | None:
    """Walk from this month, or from the covered month nearest to it, to the holes before and after.

    `since` is where the row began, which may lie before the first of the months given.
    """
    covered = {cell.month for cell in cells if cell.state}
    if not covered:
        return None
    past = [month for month in covered if month <= now]
    until = first = max(past) if past else min(covered)
    while Month(first - 1) in covered:
        first = Month(first - 1)
    while until + 1 in covered:
        until = until + 1
    if since is not None and first == cells[0].month:
        first = min(first, since)
    if not past:
        return Continuity(0, first, until, "coming")
    return Continuity(max(past) - first + 1, first, until, "now" if max(past) == now else "over")


def _may_reveal(viewer: Viewer, worker: Worker) -> bool:
    return viewer.scope_of(Permission.WORKER_REVEAL).covers_village(worker.village_id)


def _age(worker: Worker, today: Any) -> int:
    end = worker.died_on or today
    born = worker.birth_date
    return int(end.year - born.year - ((end.month, end.day) < (born.month, born.day)))


def _payer_tones(cells: list[CoverCell], known: set[int]) -> dict[int, str]:
    """A tone a payer, in the order in which they appear; those whom the viewer may not see share none."""
    payers = dict.fromkeys(cell.sponsor_id for cell in cells if cell.sponsor_id in known)
    return {payer: PAYER_TONES[at % len(PAYER_TONES)] for at, payer in enumerate(payers) if payer is not None}


def _payer_name(cell: CoverCell, known: set[int]) -> str:
    return cell.sponsor_name if cell.sponsor_id in known else _("penyandang lain")


def _cell(cell: CoverCell, now: Month, tones: dict[int, str], known: set[int]) -> MonthCell:
    is_now = cell.month == now
    if not cell.state:
        return MonthCell(cell.month, _("tidak terlindungi"), "", "·" if cell.month < now else "", now=is_now)
    in_force = cell.state == CoveredMonth.State.BERLAKU
    state = _("berlaku") if in_force else _("sementara, menunggu konfirmasi BPJS")
    parts = [state, _payer_name(cell, known), *([_("dibayar sebagai tunggakan")] if cell.is_arrears else [])]
    tone = tones.get(cell.sponsor_id or 0, "off")
    return MonthCell(cell.month, ", ".join(parts), tone, "●" if in_force else "◐", filled=True, now=is_now)


def _legend(cells: list[CoverCell], tones: dict[int, str], known: set[int]) -> list[LegendItem]:
    names = {cell.sponsor_id: cell.sponsor_name for cell in cells if cell.sponsor_id in known}
    payers = [LegendItem(tone, names[payer]) for payer, tone in tones.items()]
    if any(cell.state and cell.sponsor_id not in known for cell in cells):
        payers.append(LegendItem("off", _("penyandang lain")))
    if not payers:
        return []
    return [*payers, LegendItem("off", _("berlaku"), "●"), LegendItem("off", _("sementara"), "◐")]


def _story(worker: Worker, records: list[int], ways: list[Enrolment], viewer: Viewer) -> list[Event]:
    """Steps of the ways, months that were paid, and the death, newest first."""
    names = {way.pk: way.sponsor.name for way in ways}
    steps = EnrolmentEvent.objects.filter(enrolment__in=names).order_by("pk")
    told = [Event(worker.recorded_at, tanggal(worker.recorded_at), _("Dicatat dalam daftar pekerja."), tone="info")]
    told += [_step(event, names[event.enrolment_id]) for event in steps]
    told += _paid(records, viewer)
    if worker.died_on:
        told.append(Event(worker.died_on, tanggal(worker.died_on), _("Meninggal dunia."), tone="bad"))
    return sorted(told, key=lambda event: _moment(event.at))[::-1]


def _step(event: EnrolmentEvent, sponsor: str) -> Event:
    text, tone = step_words(event, sponsor)
    return Event(event.recorded_at, tanggal(event.effective_on), text, event.actor_label, tone)


def _paid(records: list[int], viewer: Viewer) -> list[Event]:
    rows = cover_visible_to(viewer).filter(worker__in=records, program=Program.JKK).order_by("payment", "month")
    facts = ("payment_id", "payment__recorded_at", "payment__paid_on", "payment__confirmed_at", "sponsor__name")
    found = []
    for paid, group in groupby(rows.values_list(*facts, "month"), key=lambda row: row[:-1]):
        months = [Month(row[-1]) for row in group]
        _payment, recorded_at, paid_on, confirmed_at, sponsor = paid
        count = len(months)
        span = bulan(months[0]) if count == 1 else f"{bulan(months[0])} – {bulan(months[-1])}"
        told = ngettext(
            "Iuran {n} bulan dibayar: {span}.", "Iuran {n} bulan dibayar: {span}.", count
        ).format(n=count, span=span)  # fmt: skip
        found.append(Event(recorded_at, tanggal(paid_on), told, sponsor, "ok" if confirmed_at else "wait"))
    return found


def _moment(at: Any) -> datetime:
    return at if isinstance(at, datetime) else timezone.make_aware(datetime.combine(at, time.max))
