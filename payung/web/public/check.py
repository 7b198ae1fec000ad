"""Am I protected? Answered to whoever holds a slip's code, and to nobody else: a NIK opens nothing.

A wrong code, an unknown person and an ended slip get the same page. The code comes by POST, so that it stands in no
address and no log, and is not written into the answer.
"""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from payung.access.doors import ViewerRequest, door
from payung.access.permissions import Permission
from payung.coverage.errors import TooManyTriesError
from payung.coverage.selectors.protection import Protection
from payung.coverage.services import ask_protection
from payung.kernel.clock import SystemClock
from payung.kernel.funds import Program

LONGEST = 100
TOO_MANY = 429
PROGRAM_NAMES = {
    Program.JKK: gettext_lazy("Jaminan Kecelakaan Kerja (JKK)"),
    Program.JKM: gettext_lazy("Jaminan Kematian (JKM)"),
}


class CodeForm(forms.Form):
    """A slip's code, as somebody types it from paper."""

    kode = forms.CharField(
        label=gettext_lazy("Kode pada slip"),
        max_length=LONGEST,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "data-from-address": "",
            }
        ),
    )


@door(GET=Permission.PUBLIC, POST=Permission.PUBLIC)
@sensitive_post_parameters("kode")
def page(request: ViewerRequest) -> HttpResponse:
    """Ask, and be answered."""
    if request.method != "POST":
        return render(request, "public/check.html", {"form": CodeForm()})
    code = request.POST.get("kode", "").strip()[:LONGEST]
    if not code:
        return _answer(request, {"form": CodeForm(request.POST)})
    try:
        found = ask_protection(code, source=request.META.get("REMOTE_ADDR", ""), clock=SystemClock())
    except TooManyTriesError as error:
        minutes = -(-error.retry_after_seconds // 60)
        answer = _answer(request, {"form": CodeForm(), "wait_minutes": minutes}, status=TOO_MANY)
        answer.headers["Retry-After"] = str(error.retry_after_seconds)
        return answer
    return _answer(request, {"form": CodeForm(), "asked": True} | _told(found))


def _told(found: Protection | None) -> dict[str, Any]:
    if found is None:
        return {}
    return {
        "found": found,
        "programs": [PROGRAM_NAMES[program] for program in found.programs],
        "branch": found.branch or _("BPJS Ketenagakerjaan"),
        "today": SystemClock().today(),
    }


def _answer(request: ViewerRequest, facts: dict[str, Any], *, status: int = 200) -> HttpResponse:
    answer = render(request, "public/check.html", facts, status=status)
    answer.headers["Cache-Control"] = "no-store"
    return answer
