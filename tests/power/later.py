"""What comes after the corrections: the next term, workers who go on elsewhere, a year's budget, BPJS's report."""

from collections.abc import Iterator
from datetime import date

from payung.contributions.models import Notice
from payung.contributions.reconciliation.services import accept_file, decide_line, submit_file, undo_file
from payung.contributions.reconciliation.staging import stage_file
from payung.contributions.selectors.handovers import can_go_on
from payung.contributions.services import approve_handover, prepare_handover, record_pay_code
from payung.enrolment.services import renew_pledge
from payung.kernel.clock import FixedClock
from payung.kernel.funds import SumberDana
from payung.sponsors.services import add_sponsor, record_budget
from tests.contributions.reconciliation_files import report
from tests.contributions.reconciling import Source
from tests.power.stories import CLOSING, DECEMBER, TODAY, Step, Story

CODE = "240000000009"


def later_steps(story: Story) -> Iterator[tuple[str, Step]]:
    """The steps in their order, each one transaction."""
    story.clock = FixedClock.on(CLOSING)  # November is closed by now
    yield from _terms(story)
    yield from _report(story)


def _terms(story: Story) -> Iterator[tuple[str, Step]]:
    made, rina = story.made, story.by(story.rina)

    def sponsor() -> None:
        made["apbd"] = add_sponsor("APBD", name="APBD", funds=SumberDana.APBD, **rina)

    def budget() -> None:
        facts = {"year": 2026, "amount_rp": 90_000_000, "document": "DPA 1", "document_on": date(2026, 1, 2)}
        record_budget(made["apbd"], **facts, **rina)

    def prepare() -> None:
        made["handover"] = prepare_handover(
            story.sponsor,
            first_month=DECEMBER + 5,
            giving_letter="560/1",
            taking_letter="Pernyataan",
            client_key="serah",
            enrolment_ids=list(can_go_on(story.sponsor).values_list("pk", flat=True)[:1]),
            with_gap=True,
            **rina,
        )

    def approve() -> None:
        seen = bytes(made["handover"].content_hash)
        approve_handover(made["handover"], seen_hash=seen, **story.by(story.wulan))

    yield "renew a pledge", lambda: renew_pledge(made["pledge"], client_key="lagi", **rina)
    yield "register a public payer", sponsor
    yield "enter a budget", budget
    yield "prepare a handover", prepare
    yield "approve a handover", approve


def _report(story: Story) -> Iterator[tuple[str, Step]]:
    made, rina, wulan = story.made, story.by(story.rina), story.by(story.wulan)
    april = Notice.objects.filter(first_month=DECEMBER + 4).get()

    def read() -> None:
        content = report([(CODE, april.total_rp, TODAY), ("777", 8_400, TODAY)])
        made["report"] = stage_file(content, name="laporan.csv", source=Source.REPORT, **rina).file

    yield (
        "April's pay code",
        lambda: record_pay_code(
            april, code=CODE, amount_rp=april.total_rp, due_on=date(2027, 4, 15), **story.by(story.dewi)
        ),
    )
    yield "read BPJS's report", read
    yield "record BPJS's report", lambda: submit_file(made["report"], **rina)
    yield "undo BPJS's report", lambda: undo_file(made["report"], reason="keliru", **wulan)
    yield "read it again", read
    yield (
        "leave a line aside",
        lambda: decide_line(made["report"].lines.get(row_number=4), take=False, note="x", **rina),
    )
    yield "record it again", lambda: submit_file(made["report"], **rina)
    yield "accept BPJS's report", lambda: accept_file(made["report"], **wulan)
