"""A file handed in: read, held against ours, kept line by line. Nothing of the ledger changes yet.

The file itself is kept sealed with its hash; the same file again changes nothing and says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import content_hash, recording
from payung.contributions.errors import FileRefusedError, StatementWithoutOwnerError
from payung.contributions.models import LineUse, ReconciliationFile, ReconciliationLine
from payung.contributions.reconciliation.codes import load
from payung.contributions.reconciliation.money import Match, match_report, match_statement
from payung.contributions.reconciliation.people import PersonMatch, load_people, match_participants
from payung.contributions.reconciliation.reading import (
    MoneyFile,
    PeopleFile,
    read_participants,
    read_report,
    read_statement,
    told_without_numbers,
)
from payung.kernel.clock import Clock
from payung.kernel.month import Month
from payung.kernel.public_id import new_public_id
from payung.sponsors.models import Sponsor
from payung.store.bulk import bulk_insert
from payung.vault.files import StoredFile, keep
from payung.vault.seal import blind_index

Source = ReconciliationFile.Source
_COLUMNS = (
    *("file_id", "side", "row_number", "line_key", "booked_on", "amount_rp", "code_text", "reference", "told"),
    *("outcome", "facts", "sponsor_id", "pay_code_id", "payment_id", "enrolment_id", "decision", "decided_by", "note"),
)


@dataclass(frozen=True, slots=True)
class Staged:
    """The file, and whether it had been handed in before."""

    file: ReconciliationFile
    is_repeat: bool


def stage_file(
    content: bytes,
    *,
    name: str,
    source: Source,
    sponsor: Sponsor | None = None,
    month: Month | None = None,
    acting_user: Viewer,
    clock: Clock,
) -> Staged:
    """Read a file and keep what it says beside what we have. It is read before any lock is taken."""
    acting_user.require(Permission.RECONCILIATION_WRITE)
    if source == Source.STATEMENT and sponsor is None:
        raise StatementWithoutOwnerError
    stored = keep(content)
    if (standing := _standing(source, stored)) is not None:
        return Staged(standing, True)
    found = _read(source, content, name)
    if found.problems or not found.lines:
        raise FileRefusedError([problem.as_dict() for problem in found.problems] or [{"code": "file:no-rows"}])
    made = ReconciliationFile(
        public_id=new_public_id(),
        source=source,
        sponsor=sponsor,
        month=int(month or Month.of(clock.today())) if source == Source.PARTICIPANTS else None,
        file_name=name[:150],
        format=found.format,
        recorded_by=acting_user.actor.id,
        recorded_at=clock.now(),
    )
    try:
        return Staged(_keep(made, found, stored, acting_user=acting_user), False)
    except IntegrityError:  # handed in twice in the same moment: the first one stands
        standing = _standing(source, stored)
        if standing is None:
            raise
        return Staged(standing, True)


def _standing(source: str, stored: StoredFile) -> ReconciliationFile | None:
    live = ReconciliationFile.objects.filter(undone_at__isnull=True)
    return live.filter(source=source, file_sha256=stored.sha256).first()


def _read(source: str, content: bytes, name: str) -> MoneyFile | PeopleFile:
    if source == Source.PARTICIPANTS:
        return read_participants(content, name=name)
    return read_report(content, name=name) if source == Source.REPORT else read_statement(content, name=name)


@transaction.atomic
def _keep(
    made: ReconciliationFile, found: MoneyFile | PeopleFile, stored: StoredFile, *, acting_user: Viewer
) -> ReconciliationFile:
    with recording(acting_user.actor, "contributions.reconciliation.stage") as event:
        made.file_sha256 = stored.sha256
        rows = _money_rows(made, found) if isinstance(found, MoneyFile) else _people_rows(made, found)
        theirs = [row for row in rows if row[0] == "theirs"]
        made.row_count, made.total_rp = len(theirs), sum(row[4] for row in theirs)
        made.save(force_insert=True)
        bulk_insert(ReconciliationLine, _COLUMNS, ((made.pk, *row, "", "", "") for row in rows))
        event.touch("contributions.reconciliation_file", made.public_id, after=file_hash(made))
    return made


def file_hash(file: ReconciliationFile) -> bytes:
    """The content of a file and how far it is, for the record of deeds."""
    return content_hash(
        {
            "sha256": file.file_sha256,
            "source": str(file.source),
            "rows": file.row_count,
            "submitted": file.submitted_at is not None,
            "accepted_by": file.accepted_by,
            "undone": file.undone_at is not None,
        }
    )


def _money_rows(made: ReconciliationFile, found: MoneyFile) -> list[tuple[Any, ...]]:
    lines = found.lines
    days = [line.day for line in lines if line.day]
    made.first_day, made.last_day = (min(days), max(days)) if days else (None, None)
    if made.source == Source.STATEMENT and made.sponsor_id is not None:
        made.account_index = blind_index(found.account or str(made.sponsor_id), purpose="bank:account")
        made.account_end = found.account[-4:]
        ours = load(lines, role=LineUse.Role.FUNDS, sponsor_id=made.sponsor_id)
        matches = match_statement(lines, ours, sponsor_id=made.sponsor_id)
    else:
        matches = match_report(lines, load(lines, role=LineUse.Role.REPORTS))
    # Of ours: the payments that a line met, wherever their day, and those of these days that none did.
    met = {each.payment.pk: each.payment.amount_rp for each in matches if each.payment is not None}
    made.our_count, made.our_rp = len(met), sum(met.values())
    return [_money_row(number, match) for number, match in _numbered(matches)]


def _money_row(number: int, match: Match) -> tuple[Any, ...]:
    line, payment = match.line, match.payment
    pay_code = match.code.pk if match.code else None
    about = (match.outcome, match.facts, match.sponsor_id, pay_code, payment.pk if payment else None, None)
    if line is None and payment is not None:
        return ("ours", number, "", payment.paid_on, payment.amount_rp, payment.code, "", "", *about)
    if line is None:
        raise LookupError("a match of nothing")
    told = told_without_numbers(line.told)[:250]
    text = line.code or (match.code.code if match.code else "")
    reference = told_without_numbers(line.reference)[:60]
    return ("theirs", line.row_number, line.key, line.day, line.amount_rp, text[:40], reference, told, *about)


def _people_rows(made: ReconciliationFile, found: PeopleFile) -> list[tuple[Any, ...]]:
    month = Month(made.month or 0)
    ours = load_people(found.lines, month=month, sponsor_id=made.sponsor_id)
    matches = match_participants(found.lines, ours, month=month)
    covered = {known.pk for known in ours.uncalled}
    made.our_count, made.our_rp = len(covered), sum(ours.month_rp[pk] for pk in covered)
    return [_people_row(number, match) for number, match in _numbered(matches)]


def _people_row(number: int, match: PersonMatch) -> tuple[Any, ...]:
    line, known = match.line, match.known
    side = "ours" if line is None else "theirs"
    facts = match.facts | (_bpjs_facts(match) if line is not None else {})
    kpj = line.kpj if line is not None else known.kpj if known else ""
    sponsor, pk = (known.sponsor_id, known.pk) if known else (None, None)
    name = line.name if line is not None and known is None else ""
    return (side, number, "", None, match.amount_rp, kpj, "", name, match.outcome, facts, sponsor, None, None, pk)


def _bpjs_facts(match: PersonMatch) -> dict[str, Any]:
    """BPJS's own facts of a person, to be written down once the file is accepted."""
    line = match.line
    if line is None:
        return {}
    facts = {
        "kpj": line.kpj,
        "starts_on": line.starts_on.isoformat() if line.starts_on else "",
        "paid_through": str(line.paid_through) if line.paid_through is not None else "",
        "name": line.name if match.outcome == match.outcome.NAME_DIFFERS else "",
    }
    return {name: value for name, value in facts.items() if value}


def _numbered(matches: Sequence[Any]) -> list[tuple[int, Any]]:
    """A line's number is its row's; what is ours has running numbers."""
    ours = 0
    numbered = []
    for match in matches:
        if match.line is None:
            ours += 1
        numbered.append((match.line.row_number if match.line is not None else ours, match))
    return numbered
