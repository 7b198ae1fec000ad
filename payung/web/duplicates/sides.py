"""Two records side by side, fact by fact: each with a mark that says in a word and a shape whether they differ."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from payung.access.viewer import Viewer
from payung.contributions.selectors import covered_since, covered_until
from payung.enrolment.models import Enrolment
from payung.enrolment.selectors import enrolments_visible_to
from payung.kernel.clock import Clock
from payung.registry.models import SuspectedPair, Worker
from payung.registry.selectors import Likeness, SealedLikeness, likeness, masked_niks, sealed_likeness
from payung.web.duplicates.words import field_words, level_words, weight_words
from payung.web.frame.tags import bulan, tanggal
from payung.web.workers.standings import not_proposed, tell_standing


@dataclass(frozen=True, slots=True)
class Fact:
    """One line: what it is, what either record says, and the mark (`same`, `different`, `missing`, none)."""

    label: str
    left: str
    right: str
    mark: Likeness | str
    word: str
    is_nik: bool = False


@dataclass(frozen=True, slots=True)
class Clue:
    """What one field says for one person or against it."""

    field: str
    level: str
    weight: str
    tone: str


def facts_of(pair: SuspectedPair) -> list[Fact]:
    """Identity first, always shown: that it is alike is the evidence."""
    left, right = pair.left, pair.right
    sealed, niks = sealed_likeness(left, right), masked_niks([left, right])
    return [
        _nik(niks[left.pk], niks[right.pk], sealed),
        _fact(_("Nama"), left.name, right.name, folded=True),
        _fact(_("Tanggal lahir"), tanggal(left.birth_date), tanggal(right.birth_date)),
        _fact(_("Tempat lahir"), left.birth_place, right.birth_place, folded=True),
        _fact(_("Jenis kelamin"), _sex(left), _sex(right)),
        _hidden(_("Nama ibu kandung"), left.mother_sealed, right.mother_sealed, sealed.mother),
        _hidden(_("Nomor KK"), left.kk_sealed, right.kk_sealed, sealed.kk),
        _hidden(_("Nomor telepon"), left.phone_sealed, right.phone_sealed, sealed.phone),
        _fact(_("Desa atau kelurahan"), _place(left), _place(right)),
        _fact(_("Alamat"), left.address, right.address, folded=True),
        _fact(_("Pekerjaan"), _occupation(left), _occupation(right)),
    ]


def background_of(pair: SuspectedPair, *, viewer: Viewer, clock: Clock) -> list[Fact]:
    """What hangs on either record: how far on the way, which months, since when it is here. Nothing to compare."""
    left, right = pair.left, pair.right
    until, since = covered_until([left.pk, right.pk]), covered_since([left.pk, right.pk])
    months = [
        f"{bulan(since[pk])} – {bulan(until[pk].month)}" if pk in until else _("belum ada")
        for pk in (left.pk, right.pk)
    ]  # fmt: skip
    ways = enrolments_visible_to(viewer).filter(worker__in=[left.pk, right.pk]).order_by("pk")
    latest = {way.worker_id: way for way in ways}
    words = [
        tell_standing(latest[pk], on=clock.today()).word if pk in latest else not_proposed().word
        for pk in (left.pk, right.pk)
    ]
    return [
        Fact(_("Kedudukan"), words[0], words[1], "", ""),
        Fact(_("Bulan terlindungi"), months[0], months[1], "", ""),
        Fact(_("Penyandang"), _sponsor(latest.get(left.pk)), _sponsor(latest.get(right.pk)), "", ""),
        Fact(_("Tercatat sejak"), tanggal(left.recorded_at), tanggal(right.recorded_at), "", ""),
    ]


def clues_of(pair: SuspectedPair) -> list[Clue]:
    """The evidence in words, the weightiest first; a rule weighs nothing."""
    rows: list[dict[str, Any]] = sorted(pair.evidence, key=lambda row: -abs(int(row["weight"])))
    return [
        Clue(field_words(str(row["field"])), level_words(str(row["level"])), *_weight(pair, int(row["weight"])))
        for row in rows
    ]


def is_of_a_rule(pair: SuspectedPair) -> bool:
    """Whether a plain rule found the pair, and no model measured how probable it is."""
    return pair.model.startswith("rule ")


def _weight(pair: SuspectedPair, weight: int) -> tuple[str, str]:
    return ("", "") if is_of_a_rule(pair) else weight_words(weight)


def _nik(left: str, right: str, sealed: SealedLikeness) -> Fact:
    count = sealed.nik_digits
    word = ngettext("berbeda {n} angka", "berbeda {n} angka", count).format(n=count) if count else _("sama")
    return Fact(_("NIK"), left, right, "different" if count else "same", word, is_nik=True)


def _fact(label: str, left: str, right: str, *, folded: bool = False) -> Fact:
    shown = (left or "–", right or "–")
    mark = likeness(left.casefold(), right.casefold()) if folded else likeness(left, right)
    return Fact(label, *shown, mark, _word(mark))


def _hidden(label: str, left: object, right: object, mark: Likeness) -> Fact:
    """A sealed fact: whether it is there and whether it is the same, never the value."""
    there, missing = _("ada, tidak ditampilkan"), "–"
    return Fact(label, there if left else missing, there if right else missing, mark, _word(mark))


def _word(mark: str) -> str:
    return {"same": _("sama"), "different": _("berbeda"), "missing": _("tidak lengkap")}[mark]


def _sex(worker: Worker) -> str:
    return _("perempuan") if worker.sex == "P" else _("laki-laki")


def _place(worker: Worker) -> str:
    parent = worker.village.parent
    return f"{worker.village.name}, {parent.name}" if parent else worker.village.name


def _occupation(worker: Worker) -> str:
    return worker.occupation.name if worker.occupation else ""


def _sponsor(way: Enrolment | None) -> str:
    return way.sponsor.name if way else "–"
