"""What pages of sponsors and workers are shown with: people on their way, and months that were paid for."""

from datetime import date

from payung.access.viewer import Viewer
from payung.audit.services import recording
from payung.contributions.services import confirm_payment, issue_notice, record_payment
from payung.enrolment.models import Enrolment, Wadah
from payung.enrolment.transitions import move
from payung.kernel.clock import Clock
from payung.kernel.month import Month
from payung.registry.models import Worker
from payung.sponsors.models import Pledge, Sponsor
from tests.enrolment.people import add_pledge, add_workers, jump, propose

DECEMBER = Month.from_text("2026-12")


def protect(
    sponsor: Sponsor, *, officer: Viewer, approver: Viewer, clock: Clock, count: int = 3, first: int = 1
) -> tuple[Pledge, list[Worker]]:
    """A pledge whose people all came through, paid for and confirmed from December 2026 to May 2027."""
    pledge = add_pledge(sponsor, quota=count, clock=clock)
    ids = add_workers(count, clock=clock, first=first)
    ways = propose(ids, sponsor, by=officer, clock=clock, pledge=pledge)
    for state in ("verified", "matched", "checked", "determined"):
        jump(ways, state, by=officer, clock=clock)
    wadah, _ = Wadah.objects.get_or_create(
        number="W-1", defaults={"name": "Rentan", "type": "P", "recorded_at": clock.now()}
    )
    with recording(officer.actor, "test.jump") as event:
        told = {"event": event, "effective_on": clock.today(), "acting_user": officer, "clock": clock}
        move(ways, "registered", changes={"wadah_id": wadah.pk}, **told)
        move(ways, "sent", **told)
        move(ways, "accepted", **told)
        known = {"kpj": "KPJ-1", "starts_on": date(2026, 12, 1), "paid_through": int(DECEMBER) + 5}
        move(ways, "active", changes=known, **told)
    notice = issue_notice(pledge, first_month=DECEMBER, months=6, acting_user=officer, clock=clock)
    payment = record_payment(
        sponsor,
        notice=notice,
        amount_rp=notice.total_rp,
        paid_on=clock.today(),
        proof=b"bukti",
        proof_name="bukti.pdf",
        client_key=f"kunci-{sponsor.code}",
        acting_user=officer,
        clock=clock,
    )
    confirm_payment(payment, acting_user=approver, clock=clock)
    return pledge, list(Worker.objects.filter(pk__in=ids).order_by("pk"))


def way_of(worker: Worker) -> Enrolment:
    """The one way of somebody."""
    return Enrolment.objects.select_related("worker", "wadah").get(worker=worker)
