"""A month for so many workers: notices, BPJS's codes, payments, what they cover, confirmations; and their floor.

The floor is one bulk write of the rows that this wrote, with the same indexes and constraints, in one synchronous
commit, into a copy of the database as it was before.
"""

import argparse
import json
import pickle
import time
from collections.abc import Sequence
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models, transaction

import payung.cli.boot  # noqa: F401  # starts Django before the models below
from bench.crowd import MONTH
from bench.home import CLOCK, TODAY
from bench.meter import metered
from payung.access.permissions import Role, ScopeKind
from payung.access.viewer import SYSTEM_VIEWER, GrantedRole, Viewer
from payung.audit.actor import Actor
from payung.audit.models import AuditEvent, AuditHead, AuditLine
from payung.contributions.models import (
    Account,
    CoveredMonth,
    CoverLine,
    JournalEntry,
    Notice,
    NoticeLine,
    PayCode,
    Payment,
    Posting,
)
from payung.contributions.services import confirm_payment, issue_month, record_pay_code, record_payment
from payung.sponsors.models import Pledge
from payung.store.bulk import bulk_insert

WRITTEN: tuple[type[models.Model], ...] = (
    *(Account, Notice, NoticeLine, PayCode, Payment, JournalEntry, Posting, CoverLine, CoveredMonth),
    *(AuditEvent, AuditLine),
)
CONFIRMER = Viewer(Actor("person", "confirmer", "Dewi"), 0, (GrantedRole(Role.PETUGAS_BPJS, ScopeKind.REGENCY, ""),))


def measure() -> dict[str, object]:
    """The whole month, step by step."""
    before = {model: highest(model) for model in WRITTEN}
    figures: dict[str, object] = {"measure": "month", "pledges": Pledge.objects.count()}
    with metered(figures):  # type: ignore[arg-type]
        with metered(figures, "notices"):  # type: ignore[arg-type]
            issue_month(MONTH, acting_user=SYSTEM_VIEWER, clock=CLOCK)
        notices = list(Notice.objects.select_related("sponsor").order_by("pk"))
        with metered(figures, "codes"):  # type: ignore[arg-type]
            for notice in notices:
                give_code(notice)
        with metered(figures, "payments"):  # type: ignore[arg-type]
            payments, longest = paid(notices)
        with metered(figures, "confirmations"):  # type: ignore[arg-type]
            for payment in payments:
                confirm_payment(payment, acting_user=CONFIRMER, clock=CLOCK)
    figures["workers"] = NoticeLine.objects.count()
    figures["covered"] = CoveredMonth.objects.filter(state="berlaku").count()
    figures["longest_payment_s"] = longest
    assert figures["covered"] == 2 * NoticeLine.objects.count()
    with (Path(settings.PAYUNG_HOME) / "month.pickle").open("wb") as file:
        pickle.dump({model._meta.label: rows_since(model, before[model]) for model in WRITTEN}, file)
    return figures


def give_code(notice: Notice) -> None:
    record_pay_code(
        notice,
        code=f"K{notice.pk:010d}",
        amount_rp=notice.total_rp,
        due_on=TODAY,
        acting_user=SYSTEM_VIEWER,
        clock=CLOCK,
    )


def paid(notices: Sequence[Notice]) -> tuple[list[Payment], float]:
    """The payments, and the seconds of the longest."""
    made, longest = [], 0.0
    for notice in notices:
        start = time.perf_counter()
        made.append(pay(notice))
        longest = max(longest, time.perf_counter() - start)
    return made, round(longest, 3)


def pay(notice: Notice) -> Payment:
    return record_payment(
        notice.sponsor,
        amount_rp=notice.total_rp,
        paid_on=TODAY,
        proof=b"bench",
        proof_name="bukti.pdf",
        client_key=str(notice.public_id),
        pay_code=f"K{notice.pk:010d}",
        acting_user=SYSTEM_VIEWER,
        clock=CLOCK,
    )


def measure_floor(source: Path) -> dict[str, object]:
    """The same rows, written at once."""
    written = pickle.loads((source / "month.pickle").read_bytes())  # our own file of a minute ago
    AuditHead.objects.get_or_create(pk=1, defaults={"sequence": 0, "hash": bytes(32)})
    figures: dict[str, object] = {"measure": "month_floor"}
    with metered(figures), transaction.atomic():  # type: ignore[arg-type]
        for label, (columns, content) in written.items():
            bulk_insert(apps.get_model(label), columns, content)
    figures["written"] = {label: len(content) for label, (_, content) in written.items()}
    return figures


def highest(model: type[models.Model]) -> int:
    return model._base_manager.aggregate(top=models.Max("pk"))["top"] or 0


def rows_since(model: type[models.Model], pk: int) -> tuple[Sequence[str], list[tuple[object, ...]]]:
    columns = [field.attname for field in model._meta.concrete_fields]
    return columns, list(model._base_manager.filter(pk__gt=pk).order_by("pk").values_list(*columns))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--floor", type=Path, help="write the rows of the run in this home")
    given = parser.parse_args()
    print(json.dumps(measure_floor(given.floor) if given.floor else measure()))
