"""The business of a company from its pledge to its last correction, each step one of the program's own transactions.

Told by a seed: how many workers, which amounts, who dies. Each story is told once in a database.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from payung.access.permissions import Role
from payung.access.viewer import SYSTEM_VIEWER, Viewer
from payung.contributions.models import Notice
from payung.contributions.services import (
    allocate_payment,
    close_month,
    confirm_payment,
    end_pledge,
    identify_payment,
    issue_month,
    issue_notice,
    record_pay_code,
    record_payment,
    reverse_payment,
    settle_death,
    settle_pair,
    withdraw_notice,
)
from payung.enrolment.answer_files import GivenRow
from payung.enrolment.services import (
    Paper,
    PayOrder,
    export_batch_for_bpjs,
    export_for_dukcapil,
    import_acceptance,
    import_activation,
    import_dukcapil_answer,
    record_bpjs_check,
)
from payung.intake.services import apply_upload, receive_upload, stage_upload, submit_upload
from payung.kernel.clock import FixedClock
from payung.kernel.month import Month
from payung.matching.pairs import Band, Pair
from payung.registry.models import SuspectedPair, Worker
from payung.registry.services import suspect_pairs
from payung.registry.services.blocks import write_missing_blocks
from payung.registry.services.regions import load_occupations, load_regions
from payung.sponsors.models import Sponsor
from payung.sponsors.services import make_pledge
from tests.cast import add_company, add_viewer
from tests.enrolment.papers import workbook
from tests.enrolment.people import (
    add_villages,
    add_workers,
    determine_all,
    nik_of,
    propose,
    register_all,
    verify_all,
)
from tests.intake.formats import as_csv, people

TODAY = date(2026, 11, 22)
CLOSING = date(2026, 12, 1)
DECEMBER = Month.from_text("2026-12")
PRICE_RP = 8_400
Step = Callable[[], Any]


@dataclass(slots=True)
class Story:
    """Who acts, and what was made so far."""

    rng: random.Random
    workers: list[int]
    sponsor: Sponsor
    rina: Viewer
    wulan: Viewer
    dewi: Viewer
    clock: FixedClock = field(default_factory=lambda: FixedClock.on(TODAY))
    made: dict[str, Any] = field(default_factory=dict)

    def by(self, viewer: Viewer) -> dict[str, Any]:
        """Who does it, and when."""
        return {"acting_user": viewer, "clock": self.clock}


def begin(seed: int, *, with_list: bool) -> Story:
    """What stands before the first step: places, people of the office, a company, workers in the registry."""
    rng, clock = random.Random(seed), FixedClock.on(TODAY)
    if with_list:
        load_regions(within="33.24")
        load_occupations()
    add_villages()
    rina = add_viewer("Rina", Role.PETUGAS_DINAS, clock=clock)
    wulan = add_viewer("Wulan", Role.PENYETUJU_DINAS, clock=clock)
    dewi = add_viewer("Dewi", Role.PETUGAS_BPJS, clock=clock)
    workers = _registered(rng.randint(3, 7), 1, clock)
    return Story(rng, workers, add_company("PTMAJU", "PT Maju", clock=clock), rina, wulan, dewi)


def steps(story: Story, *, with_list: bool) -> Iterator[tuple[str, Step]]:
    """The steps in their order; each may be one transaction or a few."""
    yield from _way_in(story)
    yield from _money(story)
    yield from _second_month(story)
    yield from _corrections(story)
    if with_list:
        yield from _list(story)


def _way_in(story: Story) -> Iterator[tuple[str, Step]]:
    quota, rina, made = len(story.workers), story.by(story.rina), story.made
    numbers = range(1, quota + 1)

    def pledge() -> None:
        made["pledge"] = make_pledge(story.sponsor, workers=quota, first_month=DECEMBER, client_key="janji", **rina)

    def dukcapil() -> None:
        export_for_dukcapil(**rina)
        answer = workbook(("NIK", "NAMA_LENGKAP", "HASIL"), [(nik_of(number), "", "Padan") for number in numbers])
        import_dukcapil_answer(answer, file_name="padan.xlsx", **rina)

    def bpjs_check() -> None:
        rows = [GivenRow(number, "belum_terdaftar", enrolment_id=pk) for number, pk in enumerate(made["ways"], 1)]
        record_bpjs_check(rows, paper=Paper(b"%PDF surat", "surat.pdf", "B/12/2026"), **rina)

    def accept() -> None:
        rows = [(nik_of(number), _name(story, number), "02-03-1985", "Diterima", "") for number in numbers]
        import_acceptance(
            made["batch"],
            paper=Paper(workbook(("NIK", "NAMA", "TANGGAL LAHIR", "STATUS", "ALASAN"), rows), "jawaban.xlsx"),
            pay_order=PayOrder("240000000001", PRICE_RP * quota, date(2026, 12, 15)),
            **story.by(story.dewi),
        )

    yield "make a pledge", pledge
    yield (
        "propose workers",
        lambda: made.update(
            ways=propose(story.workers, story.sponsor, by=story.wulan, clock=story.clock, pledge=made["pledge"])
        ),
    )
    yield "verify", lambda: verify_all(by=story.rina, clock=story.clock)
    yield "Dukcapil's answer", dukcapil
    yield "BPJS's check", bpjs_check
    yield "determine", lambda: determine_all(story.sponsor, by=story.rina, approver=story.wulan, clock=story.clock)
    yield (
        "register in a wadah",
        lambda: made.update(wadah=register_all(story.sponsor, by=story.rina, clock=story.clock)),
    )
    yield "send to BPJS", lambda: made.update(batch=export_batch_for_bpjs(made["wadah"], **rina).batch)
    yield "BPJS accepts", accept
    yield (
        "issue a notice",
        lambda: made.update(notice=issue_notice(made["pledge"], first_month=DECEMBER, months=1, **rina)),
    )


def _money(story: Story) -> Iterator[tuple[str, Step]]:
    quota, made = len(story.workers), story.made
    asked = PRICE_RP * quota
    part = story.rng.randrange(PRICE_RP, asked, 100)
    due = {"due_on": date(2026, 12, 15), "worker_months": quota}
    yield (
        "record a pay code",
        lambda: record_pay_code(made["notice"], code="240000000001", amount_rp=asked, **due, **story.by(story.dewi)),
    )
    yield "record a payment", lambda: made.update(first=_pay(story, "satu", part, pay_code="240000000001"))
    yield "record the rest", lambda: made.update(rest=_pay(story, "dua", asked - part, notice=made["notice"]))
    yield "the same again", lambda: _pay(story, "dua", asked - part, notice=made["notice"])
    yield "confirm", lambda: confirm_payment(made["first"], **story.by(story.wulan))
    yield "activate", lambda: _activate(story)


def _second_month(story: Story) -> Iterator[tuple[str, Step]]:
    quota, made, rina = len(story.workers), story.made, story.by(story.rina)

    def january() -> None:
        made["january"] = issue_notice(made["pledge"], first_month=DECEMBER + 1, months=1, **rina)

    def code() -> None:
        record_pay_code(
            made["january"],
            code="240000000002",
            amount_rp=PRICE_RP * quota,
            due_on=date(2027, 1, 15),
            **story.by(story.dewi),
        )

    yield (
        "pay by an unknown code",
        lambda: made.update(
            early=_pay(story, "tiga", PRICE_RP * quota + story.rng.randrange(0, 3 * PRICE_RP), pay_code="240000000002")
        ),
    )
    yield "pay by no code", lambda: made.update(stray=_pay(story, "empat", PRICE_RP + 1, pay_code="999"))
    yield "ask for January", january
    yield "its code finds the payment", code
    yield "identify a payment", lambda: identify_payment(made["stray"], notice=made["notice"], **story.by(story.wulan))
    yield (
        "ask for February",
        lambda: made.update(february=issue_notice(made["pledge"], first_month=DECEMBER + 2, months=1, **rina)),
    )
    yield "use a credit", lambda: allocate_payment(made["early"], to_notice=made["february"], **rina)


def _corrections(story: Story) -> Iterator[tuple[str, Step]]:
    made, rina, wulan = story.made, story.by(story.rina), story.by(story.wulan)
    dies = story.rng.choice(story.workers)

    def other() -> None:
        made["other"] = make_pledge(story.sponsor, workers=2, first_month=DECEMBER + 3, client_key="dua", **rina)

    def march() -> None:
        made["march"] = issue_notice(made["pledge"], first_month=DECEMBER + 3, months=1, **rina)

    def death() -> None:
        worker = Worker.objects.get(pk=dies)
        settle_death(worker, died_on=date(2026, 11, 20), reason="akta", **rina)

    yield "reverse a payment", lambda: reverse_payment(made["rest"], reason="salah catat", **wulan)
    yield "ask for March", march
    yield "withdraw a notice", lambda: withdraw_notice(made["march"], reason="keliru", **rina)
    yield "settle a death", death
    yield "merge two records", lambda: _merge(story, next(pk for pk in story.workers if pk != dies))
    yield "ask everybody for April", lambda: issue_month(DECEMBER + 4, **rina)
    yield "another pledge", other
    yield "end a pledge", lambda: end_pledge(made["other"], reason="batal", **rina)
    yield "close a month", lambda: close_month(DECEMBER - 1, acting_user=story.wulan, clock=FixedClock.on(CLOSING))


def _list(story: Story) -> Iterator[tuple[str, Step]]:
    rina, wulan, made = story.by(story.rina), story.by(story.wulan), story.made
    rows = people(story.rng.randint(20, 60))

    def stage() -> None:
        received = receive_upload(as_csv(rows), file_name="daftar.csv", sponsor=story.sponsor, **rina)
        made["list"] = submit_upload(stage_upload(received.upload, **rina), **rina)

    yield "stage a list", stage
    yield "apply a list", lambda: apply_upload(made["list"], approved_hash=bytes(made["list"].content_hash), **wulan)


@transaction.atomic
def _registered(count: int, first: int, clock: FixedClock) -> list[int]:
    """Workers numbered from `first`, with the keys by which they are found again."""
    made = add_workers(count, clock=clock, first=first)
    write_missing_blocks()
    return made


def _pay(story: Story, key: str, amount_rp: int, *, pay_code: str = "", notice: Notice | None = None) -> Any:
    return record_payment(
        story.sponsor,
        notice=notice,
        pay_code=pay_code,
        amount_rp=amount_rp,
        paid_on=TODAY,
        proof=f"bukti {key}".encode(),
        proof_name="bukti.pdf",
        client_key=key,
        **story.by(story.rina),
    )


def _activate(story: Story) -> None:
    rows = [
        (nik_of(number), _name(story, number), f"1900000{number:04d}", "01-12-2026", "31-12-2026")
        for number in range(1, len(story.workers) + 1)
    ]
    paper = Paper(workbook(("NIK", "NAMA", "NO KPJ", "TANGGAL MULAI", "DIBAYAR SAMPAI"), rows), "kpj.xlsx")
    import_activation(paper=paper, **story.by(story.dewi))


def _name(story: Story, number: int) -> str:
    return Worker.objects.get(pk=story.workers[number - 1]).name


def _merge(story: Story, worker_id: int) -> None:
    worker = Worker.objects.get(pk=worker_id)
    again = Worker.objects.get(pk=_registered(1, 900, story.clock)[0])
    pair = Pair(str(worker.public_id), str(again.public_id), 970_000, Band.REVIEW, (), "worker 1")
    suspect_pairs([pair], source="uji", acting_user=SYSTEM_VIEWER, clock=story.clock)
    for viewer in (story.rina, story.wulan):  # who has paid months asks for two
        waiting = SuspectedPair.objects.get(right=again)
        if waiting.state != "same":
            settle_pair(waiting, answer="same", reason="KTP dilihat", seen_state=waiting.state, **story.by(viewer))
