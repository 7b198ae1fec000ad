"""Rekonsiliasi: files handed in, what their lines turned out to be, a word on a line, and the steps to acceptance."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payung.access.doors import ViewerRequest, door
from payung.access.errors import NotPermittedError, SamePersonError
from payung.access.permissions import Permission
from payung.contributions.errors import LedgerError
from payung.contributions.models import Outcome, ReconciliationFile, ReconciliationLine
from payung.contributions.reconciliation.selectors import lines_of, outcome_sums, reconciliation_files
from payung.contributions.reconciliation.services import accept_file, decide_line, submit_file, undo_file
from payung.contributions.reconciliation.staging import stage_file
from payung.contributions.reconciliation.texts import FAULTS, NAMES, SOURCES, TODO, refused_text
from payung.contributions.reconciliation.waiting import NEEDS_NOTICE, waiting_lines, waits
from payung.contributions.selectors import notices_visible_to
from payung.kernel.clock import SystemClock
from payung.kernel.month import Month
from payung.sponsors.models import Sponsor
from payung.sponsors.selectors import sponsors_visible_to
from payung.web.frame.lists import asked_page
from payung.web.frame.tags import bulan, rupiah, tanggal

_FILES_BY = {"berkas": "file_name", "baris": "row_count", "jumlah": "total_rp"}
_LINES_BY = {"baris": "row_number", "jumlah": "amount_rp"}
FILE_BYTES = 25 * 1024 * 1024
GOOD = frozenset({Outcome.MATCHED, Outcome.OTHER_DAY, Outcome.DEPOSIT_KNOWN, Outcome.PERSON_MATCHED, Outcome.KPJ_NEW})
CALM = frozenset({Outcome.ALREADY_KNOWN, Outcome.BANK_CHARGE, Outcome.BANK_INTEREST, Outcome.PERSON_TWICE})


class SponsorField(forms.ModelChoiceField):
    """A payer by name."""

    def label_from_instance(self, obj: Any) -> str:
        """Call them by name."""
        return str(obj.name)


class FileForm(forms.Form):
    """Which file, whose view it is, and whose account."""

    source = forms.ChoiceField(label=gettext_lazy("Berkas apa?"), choices=list(SOURCES.items()))
    sponsor = SponsorField(
        label=gettext_lazy("Penyandang"),
        queryset=Sponsor.objects.none(),
        required=False,
        empty_label=gettext_lazy("Pilih bila perlu"),
        help_text=gettext_lazy("Untuk rekening koran: pemilik rekening. Untuk daftar peserta: bila hanya miliknya."),
    )
    file = forms.FileField(label=gettext_lazy("Berkas"))

    def __init__(self, *args: Any, sponsors: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sponsor"].queryset = sponsors  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        """Refuse what no list can be."""
        file = self.cleaned_data["file"]
        if file.size > FILE_BYTES:
            raise forms.ValidationError(_("Berkas ini lebih besar dari 25 MB."))
        return file


@door(GET=Permission.RECONCILIATION_READ, POST=Permission.RECONCILIATION_WRITE)
def index(request: ViewerRequest) -> HttpResponse:
    """The files so far; hand in another."""
    form = FileForm(
        request.POST or None, request.FILES or None, sponsors=sponsors_visible_to(request.viewer).order_by("name")
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            done = stage_file(
                given["file"].read(),
                name=given["file"].name,
                source=ReconciliationFile.Source(given["source"]),
                sponsor=given["sponsor"],
                acting_user=request.viewer,
                clock=SystemClock(),
            )
        except LedgerError as error:
            form.add_error(None, refused_text(error))
        else:
            if done.is_repeat:
                messages.info(request, _("Berkas ini sudah pernah dibaca; tidak ada yang berubah."))
            return HttpResponseRedirect(reverse("reconciliation", args=[done.file.public_id]))
    page = asked_page(request, reconciliation_files(request.viewer), sorts=_FILES_BY)
    facts = {
        "form": form,
        "page": page,
        "rows": [(file, SOURCES[file.source], *_state(file)) for file in page.items],
        "may_write": request.viewer.may(Permission.RECONCILIATION_WRITE),
    }
    return render(request, "contributions/reconciliations.html", facts)


@door(GET=Permission.RECONCILIATION_READ)
def page(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """One file: the sums of each outcome, each leading to its lines; and the next step."""
    file, viewer = _file(request, public_id), request.viewer
    outcome = request.GET.get("hasil", "")
    found = lines_of(file, outcome=outcome if outcome in Outcome.values else "")
    shown = asked_page(request, found, order=("id",), sorts=_LINES_BY)
    words, tone = _state(file)
    left = waiting_lines(file).count()
    is_open = file.undone_at is None
    is_own = file.recorded_by == viewer.actor.id and not viewer.is_operator
    may_accept = is_open and file.submitted_at and not file.accepted_at and viewer.may(Permission.PAYMENT_CONFIRM)
    sums = sorted(outcome_sums(file), key=lambda each: -each.lines)
    facts = {
        "file": file,
        "source": SOURCES[file.source],
        "words": words,
        "tone": tone,
        "waiting": left,
        "sides": [
            (title, [(NAMES[each.outcome], _tone(each.outcome), each) for each in sums if each.side == side])
            for side, title in (("theirs", _("Baris berkas")), ("ours", _("Pada kita, tidak di berkas")))
        ],
        "page": shown,
        "lines": [(line, NAMES[line.outcome], _tone(line.outcome)) for line in shown.items],
        "outcome": NAMES.get(outcome, ""),
        "month": bulan(Month(file.month)) if file.month else "",
        "may_submit": is_open
        and not file.accepted_at
        and not file.submitted_at
        and viewer.may(Permission.RECONCILIATION_WRITE),
        "may_accept": may_accept and not is_own and not left,
        "is_own": may_accept and is_own,
        "may_undo": is_open and viewer.may(Permission.PAYMENT_REVERSE),
    }
    return render(request, "contributions/reconciliation.html", facts)


@door(GET=Permission.RECONCILIATION_READ, POST=Permission.RECONCILIATION_WRITE)
def line(request: ViewerRequest, public_id: UUID, side: str, row_number: int) -> HttpResponse:
    """One line: what was found, what we had expected, what to do; and a word where it waits for one."""
    file = _file(request, public_id)
    found = lines_of(file).filter(side=side, row_number=row_number).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        return _decide(request, file, found)
    facts = {
        "file": file,
        "source": SOURCES[file.source],
        "line": found,
        "name": NAMES[found.outcome],
        "tone": _tone(found.outcome),
        "todo": TODO[found.outcome],
        "expected": _expected(found),
        "faults": [FAULTS.get(code, code) for code in found.facts.get("problems", [])],
        "may_decide": file.accepted_at is None
        and file.undone_at is None
        and request.viewer.may(Permission.RECONCILIATION_WRITE)
        and waits(found),
        "needs_notice": found.outcome in NEEDS_NOTICE,
    }
    return render(request, "contributions/reconciliation_line.html", facts)


@door(POST=Permission.RECONCILIATION_WRITE)
def submit(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """Record what the file says was paid, and hand it to another person."""
    return _step(request, public_id, submit_file, _("Tercatat. Mintalah orang lain menerima berkas ini."))


@door(POST=Permission.PAYMENT_CONFIRM)
def accept(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """Accept it; never by whoever handed it in."""
    return _step(request, public_id, accept_file, _("Berkas diterima."))


@door(POST=Permission.PAYMENT_REVERSE)
def undo(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """Take it back, with the reason."""
    reason = request.POST.get("reason", "").strip()[:500]
    if not reason:
        messages.error(request, _("Tuliskan alasannya."))
        return HttpResponseRedirect(reverse("reconciliation", args=[public_id]))

    def take_back(file: ReconciliationFile, **who: Any) -> ReconciliationFile:
        return undo_file(file, reason=reason, **who)

    return _step(request, public_id, take_back, _("Berkas dibatalkan; catatannya tetap ada."))


def _step(request: ViewerRequest, public_id: UUID, step: Callable[..., Any], told: str) -> HttpResponse:
    file = _file(request, public_id)
    try:
        step(file, acting_user=request.viewer, clock=SystemClock())
    except SamePersonError:
        messages.error(request, _("Anda yang mengunggah berkas ini; mintalah rekan untuk menerimanya."))
    except LedgerError as error:
        messages.error(request, refused_text(error))
    else:
        messages.success(request, told)
    return HttpResponseRedirect(reverse("reconciliation", args=[file.public_id]))


def _decide(request: ViewerRequest, file: ReconciliationFile, found: ReconciliationLine) -> HttpResponse:
    here = HttpResponseRedirect(reverse("reconciliation_line", args=[file.public_id, found.side, found.row_number]))
    choice, note = request.POST.get("putusan", ""), request.POST.get("note", "").strip()
    if choice not in ("terima", "abaikan") or not note:
        messages.error(request, _("Pilih putusannya, dan tulis dari mana Anda tahu."))
        return here
    number = request.POST.get("notice", "").strip()
    notice = notices_visible_to(request.viewer).filter(number=number).first() if number else None
    try:
        decide_line(
            found,
            take=choice == "terima",
            note=note,
            notice=notice,
            acting_user=request.viewer,
            clock=SystemClock(),
        )
    except NotPermittedError:
        messages.error(request, _("Baris ini membatalkan catatan kita; mintalah penyetuju dinas memutuskannya."))
    except LedgerError as error:
        messages.error(request, refused_text(error))
    else:
        messages.success(request, _("Putusan dicatat."))
        return HttpResponseRedirect(reverse("reconciliation", args=[file.public_id]))
    return here


def _file(request: ViewerRequest, public_id: UUID) -> ReconciliationFile:
    found = reconciliation_files(request.viewer).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def _state(file: ReconciliationFile) -> tuple[str, str]:
    if file.undone_at is not None:
        return _("dibatalkan"), "off"
    if file.accepted_at is not None:
        return _("diterima"), "ok"
    return (_("menunggu diterima"), "wait") if file.submitted_at is not None else (_("belum dicatat"), "info")


def _tone(outcome: str) -> str:
    return "ok" if outcome in GOOD else "off" if outcome in CALM else "wait"


def _expected(found: ReconciliationLine) -> list[tuple[str, str]]:
    """What we had on our side, in words."""
    facts = found.facts
    told = [
        (_("Diminta dengan kode ini"), rupiah(facts["expected_rp"]) if "expected_rp" in facts else ""),
        (_("Sudah dibayar sebelumnya"), rupiah(facts["before_rp"]) if facts.get("before_rp") else ""),
        (_("Menurut catatan kita"), rupiah(facts["ours_rp"]) if "ours_rp" in facts else ""),
        (_("Tanggal catatan kita"), facts.get("ours_on", "")),
        (_("Diusulkan untuk kode"), facts.get("code", "") if found.outcome == Outcome.PROPOSED else ""),
        (_("Menurut kita"), facts.get("ours", "")),
        (_("Menurut BPJS, lunas sampai"), facts.get("paid_through", "")),
        (_("Menurut BPJS, mulai"), facts.get("starts_on", "")),
        (_("Menurut BPJS, nama"), facts.get("name", "")),
        (_("Jatuh tempo kode"), tanggal(found.pay_code.due_on) if found.pay_code else ""),
    ]
    return [(label, value) for label, value in told if value]
