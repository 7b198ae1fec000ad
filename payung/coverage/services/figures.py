"""Entering what others published: BPJS's monthly letter, the regent's figures, a statistics office's."""

from datetime import date
from pathlib import Path

import yaml
from django.db import transaction

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import content_hash, recording
from payung.coverage.errors import FigureRefusedError
from payung.coverage.models import OfficialFigure
from payung.kernel.clock import Clock
from payung.kernel.funds import Keyakinan

KENDAL = Path(__file__).resolve().parent.parent / "kendal.yaml"
_PART_OF = {
    OfficialFigure.Kind.BPU_AKTIF: OfficialFigure.Kind.PEKERJA_INFORMAL,
    OfficialFigure.Kind.UCJ_AKTIF: OfficialFigure.Kind.PENDUDUK_BEKERJA,
}
_WHOLE_PERCENT = 10_000
_TARGETS = (OfficialFigure.Kind.TARGET_UCJ_RPJMD, OfficialFigure.Kind.TARGET_UCJ_RPJPD)


@transaction.atomic
def record_official_figure(
    kind: str,
    value: int,
    *,
    as_of: date,
    document_on: date,
    source: str,
    document: str = "",
    confidence: Keyakinan = Keyakinan.TINGGI,
    acting_user: Viewer,
    clock: Clock,
) -> OfficialFigure:
    """Enter a published figure with the day it speaks of and the day of its paper; raise `FigureRefusedError`.

    A figure is never changed: entered again for the same day, the later entry counts and the earlier one stays.
    """
    acting_user.require(Permission.COVERAGE_WRITE)
    _check(kind, value, as_of=as_of, document_on=document_on, source=source, today=clock.today())
    with recording(acting_user.actor, "coverage.figure.record") as event:
        figure = OfficialFigure.objects.create(
            kind=kind,
            value=value,
            as_of=as_of,
            document_on=document_on,
            source=source.strip(),
            document=document.strip(),
            confidence=confidence.value,
            entered_by=acting_user.actor.id,
            entered_label=acting_user.actor.label,
            recorded_at=clock.now(),
        )
        after = content_hash(
            {"kind": kind, "value": value, "as_of": as_of, "document_on": document_on, "source": source}
        )
        event.touch("coverage.figure", figure.public_id, after=after)
    return figure


@transaction.atomic
def load_known_figures(*, acting_user: Viewer, clock: Clock, path: Path = KENDAL) -> int:
    """Enter the known figures of the regency from a file, those that are not there yet; return how many."""
    cards = yaml.safe_load(path.read_text(encoding="utf-8"))["figures"]
    there = set(OfficialFigure.objects.values_list("kind", "value", "as_of", "source"))
    missing = [c for c in cards if (c["kind"], c["value"], c["as_of"], c["source"]) not in there]
    due = [card for card in missing if card["document_on"] <= clock.today()]
    with recording(acting_user.actor, "coverage.figure.load"):
        for card in due:
            record_official_figure(
                card["kind"],
                card["value"],
                as_of=card["as_of"],
                document_on=card["document_on"],
                source=card["source"],
                document=card.get("document", ""),
                confidence=Keyakinan(card["confidence"]),
                acting_user=acting_user,
                clock=clock,
            )
    return len(due)


def _check(kind: str, value: int, *, as_of: date, document_on: date, source: str, today: date) -> None:
    if kind not in OfficialFigure.Kind.values:
        raise FigureRefusedError("figure:kind-unknown", kind=kind)
    if value < 1:
        raise FigureRefusedError("figure:not-positive", value=value)
    if kind in _TARGETS and value > _WHOLE_PERCENT:
        raise FigureRefusedError("figure:over-hundred-percent", value=value)
    if not source.strip():
        raise FigureRefusedError("figure:source-missing")
    if max(as_of, document_on) > today:
        raise FigureRefusedError("figure:in-the-future", day=max(as_of, document_on))
    whole = _whole_beside(kind, as_of)
    if whole is not None and value > whole:
        raise FigureRefusedError("figure:more-than-everybody", value=value, whole=whole)


def _whole_beside(kind: str, as_of: date) -> int | None:
    """The newest denominator that a numerator will stand over."""
    whole = _PART_OF.get(OfficialFigure.Kind(kind))
    if whole is None:
        return None
    newest = OfficialFigure.objects.filter(kind=whole, as_of__lte=as_of).order_by("-as_of", "-id")
    return newest.values_list("value", flat=True).first()
