"""What people said of a pair and what came of it, newest first."""

from django.utils import timezone
from django.utils.translation import gettext as _

from payung.registry.models import PairDecision, SuspectedPair, WorkerMerger
from payung.web.duplicates.sides import is_of_a_rule
from payung.web.duplicates.words import ANSWERS
from payung.web.frame.shapes import Event
from payung.web.frame.tags import tanggal

TONES = {"same": "ok", "different": "off", "unsure": "wait"}


def story_of(pair: SuspectedPair) -> list[Event]:
    """Found, decided, confirmed, merged, taken apart."""
    told = [Event(pair.found_at, _day(pair.found_at), _found(pair))]
    told += [_decision(each) for each in pair.decisions.order_by("pk")]
    told += [_merger(each) for each in pair.mergers.select_related("worker", "into").order_by("pk")]
    return sorted(told, key=lambda event: event.at, reverse=True)


def _found(pair: SuspectedPair) -> str:
    if is_of_a_rule(pair):
        return _("Ditemukan karena nama dan tanggal lahirnya sama dan NIK-nya hampir sama.")
    return _("Ditemukan oleh pencocokan ({model}).").format(model=pair.model)


def _decision(decision: PairDecision) -> Event:
    text = _("Dipastikan: {answer}. {reason}") if decision.confirms_id else "{answer}. {reason}"
    words = text.format(answer=ANSWERS[decision.answer], reason=decision.reason)
    return Event(decision.decided_at, _day(decision.decided_at), words, decision.actor_label, TONES[decision.answer])


def _merger(merger: WorkerMerger) -> Event:
    if merger.undoes_id:
        words = _("Penggabungan dibatalkan: keduanya berdiri sendiri lagi. {reason}").format(reason=merger.reason)
    else:
        words = _("Digabung: {kept} mewakili keduanya.").format(kept=merger.into.name)
    return Event(merger.recorded_at, _day(merger.recorded_at), words, merger.actor_label, "info")


def _day(at: object) -> str:
    return tanggal(timezone.localtime(at))  # type: ignore[arg-type]
