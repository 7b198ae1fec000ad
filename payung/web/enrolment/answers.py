"""What came back: each answer with its counts, every row of it, and the differences that wait for a word."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from payung.access.doors import ViewerRequest, door
from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.enrolment.models import Answer, AnswerRow, BpjsDifference
from payung.enrolment.selectors import answers_visible_to, differences_waiting
from payung.enrolment.services import Received, resolve_row
from payung.enrolment.texts import FIELDS, OUTCOMES, RESOLUTIONS, RESULTS, counts_text, problem_text
from payung.kernel.clock import SystemClock
from payung.registry.selectors.workers import masked_niks
from payung.web.enrolment.doorstep import TROUBLE, one_of, page_of, tell
from payung.web.enrolment.words import KINDS, OUTCOME_TONES, value_text
from payung.web.frame.shapes import BarPart, fate_bar
from payung.web.frame.tags import angka, rupiah, tanggal

# Errors first: what needs a person stands before what went well.
ORDER = (
    AnswerRow.Outcome.SHOWN,
    AnswerRow.Outcome.REFUSED,
    AnswerRow.Outcome.UNKNOWN,
    AnswerRow.Outcome.REPEATED,
    AnswerRow.Outcome.APPLIED,
)


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    """One field, ours beside theirs, and what a person said of it."""

    field: str
    ours: str
    theirs: str
    resolution: str
    note: str


@dataclass(frozen=True, slots=True)
class RowLine:
    """One row of an answer."""

    number: int
    name: str
    nik: str
    person_url: str
    result: str
    outcome: str
    tone: str
    problems: list[str]
    differences: list[DifferenceLine]
    waits: bool


@dataclass(frozen=True, slots=True)
class WaitingDifference:
    """A row that waits for a word, on the list of all of them."""

    name: str
    nik: str
    kind: str
    since: Any
    url: str
    fields: list[DifferenceLine]


@door(GET=Permission.ENROLMENT_READ)
def page(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """An answer: what became of its rows, and each row."""
    answer = one_of(answers_visible_to(request.viewer), public_id)
    outcome = request.GET.get("hasil", "")
    rows = answer.rows.select_related("enrolment__worker")
    if outcome in AnswerRow.Outcome.values:
        rows = rows.filter(outcome=outcome)
    shown = page_of(request, rows, order=("row_number",))
    now = dict(answer.rows.values_list("outcome").annotate(n=Count("pk")).order_by())
    facts = {
        "answer": answer,
        "kind": KINDS[answer.kind],
        "bar": fate_bar(
            BarPart(
                str(OUTCOMES[each]),
                now.get(each, 0),
                OUTCOME_TONES[each],
                f"?{urlencode({'hasil': each})}#baris",
                each == outcome,
            )
            for each in ORDER
        ),
        "page": shown,
        "lines": _row_lines(shown.items),
        "outcome": OUTCOMES.get(outcome, ""),
        "may_settle": request.viewer.may(Permission.BPJS_ANSWER),
    }
    return render(request, "enrolment/answer.html", facts)


@door(POST=Permission.BPJS_ANSWER)
def settle(request: ViewerRequest, public_id: UUID, row_number: int) -> HttpResponse:
    """Say of a row that differs whether it is the same person; our record stays as it is."""
    answer = one_of(answers_visible_to(request.viewer), public_id)
    if not answer.rows.filter(row_number=row_number).exists():
        raise Http404
    choice, note = request.POST.get("putusan", ""), request.POST.get("note", "").strip()
    if choice not in ("sama", "lain") or not note:
        messages.error(request, _("Pilih putusannya, dan tulis dari mana Anda tahu."))
        return HttpResponseRedirect(_row_url(answer, row_number))
    try:
        done = resolve_row(
            answer,
            row_number,
            same_person=choice == "sama",
            note=note,
            acting_user=request.viewer,
            clock=SystemClock(),
        )
    except TROUBLE as error:
        tell(request, error)
    else:
        told = {"row": row_number, "outcome": OUTCOMES[done.outcome]}
        messages.success(request, _("Baris %(row)s: %(outcome)s.") % told)
    return HttpResponseRedirect(_row_url(answer, row_number))


@door(GET=Permission.ENROLMENT_READ)
def differences(request: ViewerRequest) -> HttpResponse:
    """Where BPJS's answers differ from our record and nobody has said a word, oldest first."""
    shown = page_of(request, differences_waiting(request.viewer), order=("id",))
    niks = masked_niks(each.enrolment.worker for each in shown.items)
    groups: dict[tuple[int, int], list[BpjsDifference]] = defaultdict(list)
    for each in shown.items:
        groups[each.answer_id, each.row_number].append(each)
    lines = [
        WaitingDifference(
            group[0].enrolment.worker.name,
            niks[group[0].enrolment.worker_id],
            str(KINDS[group[0].answer.kind]),
            group[0].answer.received_on,
            _row_url(group[0].answer, group[0].row_number),
            [_difference(each) for each in group],
        )
        for group in groups.values()
    ]
    return render(request, "enrolment/differences.html", {"page": shown, "lines": lines})


def answer_lines(viewer: Viewer, *kinds: str, most: int = 10) -> list[tuple[Answer, str, str]]:
    """The latest answers of some kinds: each with its kind in words and what became of its rows."""
    rows = answers_visible_to(viewer).filter(kind__in=kinds).order_by("-id")[:most]
    return [(each, str(KINDS[each.kind]), counts_text(each.counts)) for each in rows]


def tell_received(request: ViewerRequest, done: Received) -> HttpResponse:
    """Say what an answer did, and lead to its page."""
    if done.is_repeat:
        day = tanggal(done.answer.received_at)
        messages.info(request, _("Jawaban ini sudah dibaca %(day)s; tidak ada yang berubah.") % {"day": day})
    else:
        messages.success(request, _("Jawaban dibaca: %(counts)s.") % {"counts": counts_text(done.counts)})
    if done.missing:
        told = {"n": angka(done.missing)}
        messages.warning(request, _("%(n)s orang dari daftar itu belum dijawab.") % told)
    if done.pay_order and not done.is_repeat:
        told = {
            "code": done.pay_order.code,
            "amount": rupiah(done.pay_order.amount_rp),
            "day": tanggal(done.pay_order.due_on),
        }
        messages.info(request, _("Kode iuran %(code)s: %(amount)s, jatuh tempo %(day)s.") % told)
    return HttpResponseRedirect(reverse("enrolment_answer", args=[done.answer.public_id]))


def _row_url(answer: Answer, row_number: int) -> str:
    address = reverse("enrolment_answer", args=[answer.public_id])
    return f"{address}?{urlencode({'hasil': AnswerRow.Outcome.SHOWN})}#baris-{row_number}"


def _row_lines(rows: list[AnswerRow]) -> list[RowLine]:
    """Rows with their differences: two queries, whatever the page holds."""
    niks = masked_niks(row.enrolment.worker for row in rows if row.enrolment)
    found: dict[int, list[DifferenceLine]] = defaultdict(list)
    if rows:
        about = BpjsDifference.objects.filter(answer=rows[0].answer_id, row_number__in=[row.row_number for row in rows])
        for each in about.order_by("pk"):
            found[each.row_number].append(_difference(each))
    return [
        RowLine(
            number=row.row_number,
            name=row.enrolment.worker.name if row.enrolment else "",
            nik=niks[row.enrolment.worker_id] if row.enrolment else "",
            person_url=reverse("enrolment_person", args=[row.enrolment.public_id]) if row.enrolment else "",
            result=str(RESULTS.get(row.result, row.result)),
            outcome=str(OUTCOMES[row.outcome]),
            tone=OUTCOME_TONES[row.outcome],
            problems=[problem_text(each["code"]) for each in row.problems],
            differences=found[row.row_number],
            waits=row.outcome == AnswerRow.Outcome.SHOWN,
        )
        for row in rows
    ]


def _difference(each: BpjsDifference) -> DifferenceLine:
    return DifferenceLine(
        str(FIELDS[each.field]),
        value_text(each.field, each.ours),
        value_text(each.field, each.theirs),
        str(RESOLUTIONS.get(each.resolution, "")),
        each.note,
    )
