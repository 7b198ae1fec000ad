"""The canonical state: every row of the ledger by natural keys and public ids, the same on either database.

Numbers that a database gives (ids, and keys that hold one) are left out, and so is whatever hangs on the installation's
keys (sealed facts, blind indexes, hashes over them). Rows are sorted, then hashed.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Model

from payung.audit.models import AuditEvent, AuditLine
from payung.contributions.models import (
    ClosedMonth,
    CoveredMonth,
    CoverLine,
    JournalEntry,
    Notice,
    NoticeLine,
    PayCode,
    Payment,
    Posting,
)
from payung.enrolment.models import Enrolment, EnrolmentEvent
from payung.registry.models import PairDecision, Worker, WorkerMerger
from payung.sponsors.models import Pledge, Sponsor

TOLD: tuple[tuple[type[Model], tuple[str, ...]], ...] = (
    (Sponsor, ("public_id", "code", "name", "funds", "is_active")),
    (Pledge, ("public_id", "sponsor__code", "quota", "first_month", "months", "dasar_upah_rp", "state", "client_key",
              "renewal_of__public_id", "pledged_on", "recorded_at")),
    (Worker, ("public_id", "name", "birth_date", "village_id", "occupation_id", "died_on", "merged_into__public_id",
              "recorded_at")),
    (WorkerMerger, ("worker__public_id", "into__public_id", "reason", "actor_label", "recorded_at")),
    (PairDecision, ("pair__public_id", "answer", "is_final", "actor_label", "decided_at")),
    (Enrolment, ("public_id", "worker__public_id", "sponsor__code", "pledge__public_id", "position", "state", "since",
                 "reason", "from_month", "replaces__public_id", "recorded_at")),
    (EnrolmentEvent, ("enrolment__public_id", "from_state", "to_state", "effective_on", "recorded_at", "actor_label",
                      "reason", "params")),
    (Notice, ("public_id", "number", "pledge__public_id", "first_month", "months", "funds", "sequence", "line_count",
              "total_rp", "issued_on", "due_on", "recorded_at", "withdrawn_at")),
    (NoticeLine, ("notice__number", "enrolment__public_id", "month", "position", "sector", "jkk_rp", "jkm_rp",
                  "is_live")),
    (PayCode, ("public_id", "notice__number", "code", "amount_rp", "worker_months", "our_amount_rp", "difference",
               "recorded_at", "replaced_at")),
    (Payment, ("public_id", "sponsor__code", "notice__number", "pay_code__code", "code_text", "amount_rp", "paid_on",
               "client_key", "recorded_at", "confirmed_at", "reversed_at")),
    (CoverLine, ("notice_line__enrolment__public_id", "month", "sign", "payment__public_id", "jkk_rp", "jkm_rp",
                 "covered_from", "is_arrears")),
    (CoveredMonth, ("worker__public_id", "program", "month", "sponsor__code", "enrolment__public_id",
                    "payment__public_id", "amount_rp", "covered_from", "state", "is_arrears")),
    (ClosedMonth, ("month", "closed_at")),
    (AuditEvent, ("sequence", "at", "actor_label", "action", "reason", "outcome", "line_count")),
    (AuditLine, ("event__sequence", "object_type", "object_id")),
)  # fmt: skip

# Done before the world begins, at the moment of this machine's clock.
INSTALLING = ("registry.regions.load", "registry.occupations.load")


def state_hash() -> str:
    """SHA-256 of the canonical state."""
    digest = hashlib.sha256()
    for model, names in TOLD:
        rows = model._base_manager.exclude(action__in=INSTALLING) if model is AuditEvent else model._base_manager.all()
        digest.update(_block(model._meta.label, _plain(rows.values_list(*names).iterator())))
    digest.update(_block("journal", _journal()))
    return digest.hexdigest()


def _plain(rows: Iterable[tuple[Any, ...]]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(row, default=str, sort_keys=True)


def _journal() -> Iterator[str]:
    """Each entry with its postings, and what it reverses or corrects by that entry's own content."""
    postings = defaultdict(list)
    told = Posting.objects.values_list(
        "entry_id", "account__kind", "account__sponsor__code", "amount_rp", "notice__number", "payment__public_id"
    )
    for entry, *posting in told:
        postings[entry].append(json.dumps(posting, default=str))
    seen: dict[int, str] = {}
    names = ("pk", "kind", "effective_on", "recorded_at", "actor_label", "params", "reverses_id", "corrects_id")
    for pk, *facts, reverses, corrects in JournalEntry.objects.order_by("pk").values_list(*names):
        told_of = (*facts, sorted(postings[pk]), seen.get(reverses), seen.get(corrects))
        text = json.dumps(told_of, default=str, sort_keys=True)
        seen[pk] = hashlib.sha256(text.encode()).hexdigest()
        yield text


def _block(label: str, rows: Iterable[str]) -> bytes:
    digest = hashlib.sha256(label.encode())
    for row in sorted(rows):
        digest.update(row.encode() + b"\n")
    return digest.digest()
