"""The journal, what is asked and paid, and the months that are covered.

The journal (entries, postings, cover lines) is append-only and double entry; every figure is computed from it.
`CoveredMonth` is its projection: its rows can be rebuilt from the cover lines, and a reversal removes them.

    notice       piutang +  / iuran -      what a payer is asked for is what BPJS is owed
    pay_code     piutang ±  / iuran ∓      the difference between BPJS's figure and ours
    payment      kliring +  / suspens -    money says where it went, not yet what for
    allocation   suspens +  / piutang -    ... and now what for: cover lines, one a worker and month
    deposit      titipan +  / suspens -    a movement's account took money in; whose months it pays for is not said yet
    transfer     suspens +  / titipan -    ... and paid BPJS (its payment then stands in kliring), or the bank's charge
    confirmation iuran   +  / kliring -    BPJS says it has the money
    release      as an allocation, reversed for some of its lines (a death)
    due_release  as a notice, reversed for some of its lines
    reversal     an entry mirrored, once
"""

from payung.contributions.models.cover import CoveredMonth, CoverLine
from payung.contributions.models.journal import Account, ClosedMonth, JournalEntry, Posting
from payung.contributions.models.notices import Notice, NoticeLine, PayCode
from payung.contributions.models.payments import Payment
from payung.contributions.models.reconciliation import LineUse, Outcome, ReconciliationFile, ReconciliationLine

__all__ = (
    "Account",
    "ClosedMonth",
    "CoverLine",
    "CoveredMonth",
    "JournalEntry",
    "LineUse",
    "Notice",
    "NoticeLine",
    "Outcome",
    "PayCode",
    "Payment",
    "Posting",
    "ReconciliationFile",
    "ReconciliationLine",
)
