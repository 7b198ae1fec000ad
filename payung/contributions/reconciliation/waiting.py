"""Which lines wait for a person's word."""

from django.db.models import Q, QuerySet

from payung.contributions.models import Outcome, ReconciliationFile, ReconciliationLine

# Outcomes on which nothing happens before a person has said a word.
WAITING = frozenset(
    {
        Outcome.PROPOSED,
        Outcome.PAID_TWICE,
        Outcome.UNLIKE_OURS,
        Outcome.CODE_UNKNOWN,
        Outcome.CODE_EXPIRED,
        Outcome.TAKEN_BACK,
        Outcome.OUT_UNKNOWN,
        Outcome.NAME_DIFFERS,
        Outcome.KPJ_DIFFERS,
    }
)
# Those where taking the money means to say which notice it was for.
NEEDS_NOTICE = frozenset({Outcome.CODE_UNKNOWN, Outcome.CODE_EXPIRED})


def waiting_lines(file: ReconciliationFile) -> QuerySet[ReconciliationLine]:
    """A file's lines that wait. An unknown code of a known payer goes to suspense, an expired one to its notice."""
    return file.lines.filter(
        Q(outcome__in=WAITING - NEEDS_NOTICE)
        | Q(outcome=Outcome.CODE_UNKNOWN, sponsor__isnull=True)
        | Q(outcome=Outcome.CODE_EXPIRED, facts__has_key="withdrawn"),
        side="theirs",
        decision="",
    )


def waits(line: ReconciliationLine) -> bool:
    """Whether this line waits."""
    return waiting_lines(line.file).filter(pk=line.pk).exists()
