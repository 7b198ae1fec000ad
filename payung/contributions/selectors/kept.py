"""Counts over a payer's covered months, kept until an entry moves the payer's books.

Whatever covers a month, gives it back or brings it in force posts to the payer's accounts, under the payer's lock: the
last posting says whether a count still holds. Asking for it costs nothing beside counting the months of ten thousand.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from django.core.cache import cache
from django.db import connection

KEPT_SECONDS = 3600
_T = TypeVar("_T")


def kept_by_payer(
    name: str, sponsor_ids: Sequence[int], count: Callable[[list[int]], Mapping[int, _T]]
) -> Mapping[int, _T]:
    """What `count` says of each payer, asked only for those whose books have moved since.

    `name` says what is counted, and as of when. Inside a transaction nothing is kept: it may be undone.
    """
    ids = list(sponsor_ids)
    if connection.in_atomic_block:
        return count(ids)
    keys = _keys(name, ids)
    found = cache.get_many(keys.values())
    missing = [pk for pk in ids if keys[pk] not in found]
    if missing:
        counted = count(missing)
        fresh = {keys[pk]: counted[pk] for pk in missing}
        cache.set_many(fresh, KEPT_SECONDS)
        found |= fresh
    return {pk: found[keys[pk]] for pk in ids}


def _keys(name: str, ids: list[int]) -> dict[int, str]:
    """By payer, with the last posting and its moment: numbers alone would be given again after a restore."""
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_LAST.format(", ".join(["%s"] * len(ids))), ids)
        last = {pk: f"{posting}:{at}" for pk, posting, at in cursor.fetchall()}
    return {pk: f"books:{name}:{pk}:{last.get(pk, '')}".replace(" ", "T") for pk in ids}


_LAST = """
SELECT a.sponsor_id, MAX(p.id), MAX(e.recorded_at)
FROM contributions_account a JOIN contributions_posting p ON p.account_id = a.id
JOIN contributions_journalentry e ON e.id = p.entry_id WHERE a.sponsor_id IN ({}) GROUP BY a.sponsor_id
"""
