"""Finding a worker by name or by NIK, among those that the viewer may see."""

import re

from django.db.models import Q, QuerySet

from payung.access.viewer import Viewer
from payung.matching.names import fold_name
from payung.registry.models import Worker
from payung.registry.selectors.workers import workers_by_nik_index, workers_visible_to
from payung.vault.seal import blind_index

_NIK = re.compile(r"[0-9]{16}")
_TYPED_BETWEEN = re.compile(r"[\s.'-]")


def search_workers(viewer: Viewer, text: str) -> QuerySet[Worker]:
    """Those whose NIK this is, or whose name has, for each word, a part that begins with it; in the order of names.

    A NIK is found whole or not at all: parts of it would answer whose it is by trial.
    """
    visible = workers_visible_to(viewer)
    digits = _TYPED_BETWEEN.sub("", text)
    if _NIK.fullmatch(digits):
        return visible.filter(pk__in=[known.id for known in workers_by_nik_index([blind_index(digits)]).values()])
    words = fold_name(text).split()
    if not words or digits.isdigit():
        return visible.none()
    for word in words:
        visible = visible.filter(Q(name_folded__startswith=word) | Q(name_folded__contains=f" {word}"))
    return visible.order_by("name_folded", "id")
