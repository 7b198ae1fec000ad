"""A stage for deeds: the people of the office, and companies with pledges and determined workers."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

from django.core.management import call_command
from django.db import transaction

from payung.access.permissions import Role
from payung.access.viewer import Viewer
from payung.contributions.models import Notice, Payment
from payung.contributions.services import issue_notice, record_payment
from payung.kernel.clock import FixedClock
from payung.kernel.month import Month
from payung.registry.models import Worker
from payung.sponsors.models import Pledge, Sponsor
from payung.vault.seal import seal
from tests.cast import add_company, add_viewer
from tests.contributions.conftest import DECEMBER, add_pledge, add_workers, enrol

PRICE_RP = 8_400
TODAY = date(2026, 12, 10)
_numbers = count(1)


@dataclass(slots=True)
class Scene:
    """Who acts, and when."""

    rina: Viewer
    wulan: Viewer
    dewi: Viewer
    clock: FixedClock = field(default_factory=lambda: FixedClock.on(TODAY))

    def by(self, viewer: Viewer) -> dict[str, Any]:
        """Who does it, and when."""
        return {"acting_user": viewer, "clock": self.clock}

    def company(self) -> Sponsor:
        """Another company."""
        number = next(_numbers)
        return add_company(f"PT{number}", f"PT {number}", clock=self.clock)

    @transaction.atomic
    def pledge(self, *, workers: int = 3, quota: int = 0, months: int = 6, sponsor: Sponsor | None = None) -> Pledge:
        """A pledge from December 2026 on, with so many determined workers whose NIKs can be opened."""
        made = add_pledge(sponsor or self.company(), quota=quota or workers, months=months, clock=self.clock)
        if workers:
            people = add_workers(workers, clock=self.clock)
            sign(people)
            enrol(people, made)
        return made

    def notice(self, pledge: Pledge, *, month: Month = DECEMBER, months: int = 1) -> Notice:
        """What the pledge's workers are asked for."""
        return issue_notice(pledge, first_month=month, months=months, **self.by(self.rina))

    def pay(
        self,
        notice: Notice | None,
        amount_rp: int,
        key: str = "",
        *,
        sponsor: Sponsor | None = None,
        pay_code: str = "",
        paid_on: date | None = None,
    ) -> Payment:
        """Record a payment; without a key it is another one."""
        payer = sponsor or (notice.sponsor if notice else None)
        assert payer is not None
        return record_payment(
            payer,
            notice=notice,
            pay_code=pay_code,
            amount_rp=amount_rp,
            paid_on=paid_on or self.clock.today(),
            proof=b"bukti",
            proof_name="bukti.pdf",
            client_key=key or f"kunci-{next(_numbers)}",
            **self.by(self.rina),
        )


def set_up_scene(name: str = "") -> Scene:
    """People of the office in a standing database; a second office there needs a name."""
    clock = FixedClock.on(TODAY)
    return Scene(
        add_viewer(f"Rina{name}", Role.PETUGAS_DINAS, clock=clock),
        add_viewer(f"Wulan{name}", Role.PENYETUJU_DINAS, clock=clock),
        add_viewer(f"Dewi{name}", Role.PETUGAS_BPJS, clock=clock),
    )


def sign(people: Iterable[Worker]) -> None:
    """Give workers NIKs that can be opened, as recording a death does."""
    for worker in people:
        sealed = seal("3324010101800001", table="registry_worker", column="nik_sealed", public_id=str(worker.public_id))
        Worker.objects.filter(pk=worker.pk).update(nik_sealed=sealed)


def clear() -> None:
    """Empty every table, past the triggers of those that only grow (`tests.flush`)."""
    call_command("flush", verbosity=0, interactive=False)
