"""What has to be asked of a file before it is read: which sheet, with or without hidden rows, whose letters."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payung.access.doors import ViewerRequest, door
from payung.access.permissions import Permission
from payung.intake.models import Upload
from payung.intake.sentences import Told, told
from payung.intake.services import keep_choices
from payung.intake.tasks import TROUBLE
from payung.kernel.problem import Problem
from payung.registry.selectors import villages_by_kecamatan
from payung.tabular.asking import ENCODING, HIDDEN, QUESTIONS, SEVERAL_LISTS, TOTAL, VILLAGE
from payung.tabular.registers import OF_EACH_ROW
from payung.web.intake.found import OPEN, find
from payung.web.intake.lists import check, tell_trouble

_NAMES = {SEVERAL_LISTS: "sheet", HIDDEN: "hidden", ENCODING: "encoding", TOTAL: "total", VILLAGE: "village"}
_MOST_BELOW = 12
_HIDDEN_WORDS = (
    ("with", gettext_lazy("Ikut dibaca, seperti baris lain")),
    ("without", gettext_lazy("Tidak dibaca")),
)
_TOTAL_WORDS = (("leave", gettext_lazy("Daftarnya lengkap; jumlah di bawahnya yang keliru")),)
_ENCODING_WORDS: Mapping[str, str | Promise] = {
    "cp1252": "Windows (1252)",
    "latin-1": "ISO 8859-1",
    "cp850": "MS-DOS (850)",
    "cp437": "MS-DOS (437)",
    "mac-roman": "Macintosh",
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
}


@dataclass(frozen=True, slots=True)
class Question:
    """One question with the answers to choose from."""

    name: str
    text: Told
    answers: tuple[tuple[str, str], ...]

    @property
    def is_long(self) -> bool:
        """Whether its answers are too many to stand below each other."""
        return len(self.answers) > _MOST_BELOW


def questions_of(upload: Upload) -> list[Question]:
    """What is still to be asked of a file, with its answers."""
    found = (Problem.from_dict(each) for each in upload.problems)
    return [
        Question(_NAMES[each.code], told(each), _villages(upload) if each.code == VILLAGE else _answers(each))
        for each in found
        if each.code in QUESTIONS
    ]


def _villages(upload: Upload) -> tuple[tuple[str, str], ...]:
    """The village whose list it is first, then every village of the regency; or none for the whole file."""
    of_kecamatan = villages_by_kecamatan(settings.PAYUNG_REGENCY)
    every = [(code, f"{name}, {kecamatan}") for kecamatan, found in of_kecamatan.items() for code, name in found]
    own = upload.village_id
    first = [each for each in every if each[0] == own]
    others = sorted((each for each in every if each[0] != own), key=lambda each: each[1])
    return (*first, *others, (OF_EACH_ROW, _("Tidak satu desa; periksa tiap baris")))


@door(GET=Permission.LIST_UPLOAD, POST=Permission.LIST_UPLOAD)
def questions(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """Ask, and read the file anew with the answers."""
    upload = find(request, public_id, Permission.LIST_UPLOAD)
    asked = questions_of(upload) if upload.state in OPEN else []
    if not asked:
        raise Http404
    chosen = {each.name: request.POST.get(each.name, "") for each in asked}
    if request.method != "POST" or not _all_answered(asked, chosen):
        facts = {"upload": upload, "questions": asked, "is_missing": request.method == "POST"}
        return render(request, "intake/questions.html", facts)
    try:
        upload = keep_choices(upload, acting_user=request.viewer, **chosen)
    except TROUBLE as error:
        tell_trouble(request, error)
    else:
        check(request, upload)
    return HttpResponseRedirect(reverse("list_page", args=[upload.public_id]))


def _all_answered(asked: list[Question], chosen: Mapping[str, Any]) -> bool:
    return all(chosen[each.name] in dict(each.answers) for each in asked)


def _answers(problem: Problem) -> tuple[tuple[str, str], ...]:
    if problem.code == SEVERAL_LISTS:
        return tuple((name, _('Lembar "{sheet}"').format(sheet=name)) for name in problem.params["sheets"])
    if problem.code == ENCODING:
        offered = problem.params.get("encodings", list(_ENCODING_WORDS))
        return tuple((name, str(_ENCODING_WORDS.get(name, name))) for name in offered)
    return tuple((name, str(words)) for name, words in (_HIDDEN_WORDS if problem.code == HIDDEN else _TOTAL_WORDS))
