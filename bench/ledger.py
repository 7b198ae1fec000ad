"""A month's notices for so many workers under twelve pledges, and the payments that cover them, to the confirmation."""

import argparse
import json
from collections.abc import Sequence

from django.db import transaction

import payung.cli.boot  # noqa: F401  # starts Django before the models below
from bench.home import CLOCK, TODAY
from bench.meter import metered
from payung.access.permissions import Role, ScopeKind
from payung.access.viewer import SYSTEM_VIEWER, GrantedRole, Viewer
from payung.audit.actor import Actor
from payung.contributions.models import CoveredMonth, Notice, NoticeLine
from payung.contributions.services import confirm_payment, issue_notice, record_pay_code, record_payment
from payung.enrolment.models import Enrolment
from payung.kernel.month import Month
from payung.kernel.public_id import new_public_id
from payung.registry.models import Worker
from payung.sponsors.models import Pledge, Sponsor
from payung.store.bulk import bulk_insert

MONTH = Month.of(TODAY)
PLEDGES = 12
CONFIRMER = Viewer(Actor("person", "confirmer", "Dewi"), 0, (GrantedRole(Role.PETUGAS_BPJS, ScopeKind.REGENCY, ""),))
_COLUMNS = (
    *("public_id", "worker_id", "sponsor_id", "pledge_id", "position", "source", "state", "since", "reason", "kpj"),
    "recorded_at",
)


def pledges(workers: int) -> list[Pledge]:
    """Twelve sponsors, each with an equal share of determined workers."""
    ids = list(Worker.objects.order_by("pk").values_list("pk", flat=True)[:workers])
    made = []
    for number in range(PLEDGES):
        sponsor = Sponsor.objects.create(code=f"B{number}", name=f"PT {number}", funds="CSR", recorded_at=CLOCK.now())
        share = ids[number::PLEDGES]
        pledge = Pledge.objects.create(
            sponsor=sponsor,
            quota=len(share),
            first_month=int(MONTH),
            months=6,
            dasar_upah_rp=1_000_000,
            pledged_by="bench",
            pledged_on=TODAY,
            recorded_at=CLOCK.now(),
        )
        enrol(share, pledge)
        made.append(pledge)
    return made


def enrol(worker_ids: Sequence[int], pledge: Pledge) -> None:
    with transaction.atomic():
        bulk_insert(
            Enrolment,
            _COLUMNS,
            (
                (
                    new_public_id(),
                    worker,
                    pledge.sponsor_id,
                    pledge.pk,
                    place,
                    "bench",
                    "determined",
                    TODAY,
                    "",
                    "",
                    CLOCK.now(),
                )
                for place, worker in enumerate(worker_ids, start=1)
            ),
        )


def pay(notice: Notice) -> None:
    code = record_pay_code(
        notice,
        code=f"K{notice.pk:010d}",
        amount_rp=notice.total_rp,
        due_on=TODAY,
        acting_user=SYSTEM_VIEWER,
        clock=CLOCK,
    )
    payment = record_payment(
        notice.sponsor,
        amount_rp=notice.total_rp,
        paid_on=TODAY,
        proof=b"bench",
        proof_name="bukti.pdf",
        client_key=str(notice.public_id),
        pay_code=code.code,
        acting_user=SYSTEM_VIEWER,
        clock=CLOCK,
    )
    confirm_payment(payment, acting_user=CONFIRMER, clock=CLOCK)


def measure(workers: int) -> dict[str, object]:
    promised = pledges(workers)
    figures: dict[str, object] = {"measure": "month", "workers": workers, "pledges": PLEDGES}
    with metered(figures):  # type: ignore[arg-type]
        with metered(figures, "notices"):  # type: ignore[arg-type]
            notices = [
                issue_notice(pledge, first_month=MONTH, months=1, acting_user=SYSTEM_VIEWER, clock=CLOCK)
                for pledge in promised
            ]
        with metered(figures, "covering"):  # type: ignore[arg-type]
            for notice in notices:
                pay(notice)
    figures["lines"] = NoticeLine.objects.count()
    figures["covered"] = CoveredMonth.objects.filter(state="berlaku").count()
    assert figures["covered"] == 2 * workers
    return figures


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--workers", type=int, required=True)
    print(json.dumps(measure(parser.parse_args().workers)))
