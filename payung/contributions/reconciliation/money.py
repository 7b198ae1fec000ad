"""Each line of money against our pay codes and payments: exactly one outcome of the closed list, nothing guessed.

The pay code first, then who paid, and only then amount and day: those two alone are a proposal that a person takes or
leaves. Payments of one code are counted together, so that instalments are no double payment.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from payung.contributions.models import Outcome
from payung.contributions.reconciliation.codes import NEAR, CodeFact, Ours, PaymentFact, nips_in, tokens_of
from payung.contributions.reconciliation.reading import MoneyLine

_CHARGE = re.compile(
    r"\b(?:biaya|adm|admin|administrasi|pajak|materai|meterai|fee|charge|provisi|tax)\b", re.IGNORECASE
)
_INTEREST = re.compile(r"\b(?:bunga|jasa giro|interest)\b", re.IGNORECASE)


@dataclass(slots=True)
class Match:
    """What was found for one line, or for one thing of ours without a line (`line` is None)."""

    outcome: Outcome
    line: MoneyLine | None = None
    code: CodeFact | None = None
    payment: PaymentFact | None = None
    sponsor_id: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)


def match_report(lines: Sequence[MoneyLine], ours: Ours) -> list[Match]:
    """BPJS's report: each of its lines, then each payment of ours in its days that it does not have."""
    found = [_of_report(line, ours) for line in lines]
    return [*found, *_not_met(found, ours, Outcome.NOT_REPORTED)]


def match_statement(lines: Sequence[MoneyLine], ours: Ours, *, sponsor_id: int) -> list[Match]:
    """A collecting account: each of its lines, then each payment of its movement that did not leave it."""
    found = [_of_statement(line, ours, sponsor_id) for line in lines]
    return [*found, *_not_met(found, ours, Outcome.NOT_IN_ACCOUNT)]


def _of_report(line: MoneyLine, ours: Ours) -> Match:
    if line.problems:
        return Match(Outcome.UNREADABLE, line, facts={"problems": list(line.problems)})
    if line.key in ours.known_keys:
        return Match(Outcome.ALREADY_KNOWN, line)
    code = ours.codes.get(line.code)
    if line.amount_rp < 0:
        return Match(Outcome.TAKEN_BACK, line, code, sponsor_id=code.sponsor_id if code else None)
    if code is not None:
        return _of_code(line, line.amount_rp, code, ours)
    payer = ours.payers.get(line.payer.upper()) if line.payer else None
    return _proposed(line, ours, payer) or Match(Outcome.CODE_UNKNOWN, line, sponsor_id=payer)


def _of_statement(line: MoneyLine, ours: Ours, sponsor_id: int) -> Match:
    if line.problems:
        return Match(Outcome.UNREADABLE, line, sponsor_id=sponsor_id, facts={"problems": list(line.problems)})
    if line.key in ours.known_keys:
        return Match(Outcome.ALREADY_KNOWN, line, sponsor_id=sponsor_id)
    tokens = tokens_of(line)
    code = next((ours.codes[token] for token in tokens if token in ours.codes), None)
    if line.amount_rp > 0:
        return _deposit(line, ours, code, sponsor_id, tokens)
    if code is not None:
        return _of_code(line, -line.amount_rp, code, ours)
    if _CHARGE.search(line.told):
        return Match(Outcome.BANK_CHARGE, line, sponsor_id=sponsor_id)
    return _proposed(line, ours, sponsor_id) or Match(Outcome.OUT_UNKNOWN, line, sponsor_id=sponsor_id)


def _deposit(line: MoneyLine, ours: Ours, code: CodeFact | None, sponsor_id: int, tokens: Sequence[str]) -> Match:
    """Money in. Who gave it is known by a pay code, a payer's own code or a civil servant's NIP, or not at all."""
    if _INTEREST.search(line.told):
        return Match(Outcome.BANK_INTEREST, line, sponsor_id=sponsor_id)
    if code is not None:
        return Match(Outcome.DEPOSIT_KNOWN, line, code, sponsor_id=sponsor_id)
    servant = next((ours.civil_servants[nip] for nip in nips_in(line) if nip in ours.civil_servants), None)
    if servant is not None:
        return Match(Outcome.DEPOSIT_KNOWN, line, sponsor_id=sponsor_id, facts={"civil_servant": servant})
    payer = next((ours.payers[token] for token in tokens if token in ours.payers), None)
    if payer is not None:
        return Match(Outcome.DEPOSIT_KNOWN, line, sponsor_id=sponsor_id, facts={"payer": payer})
    return Match(Outcome.DEPOSIT_UNKNOWN, line, sponsor_id=sponsor_id)


def _of_code(line: MoneyLine, amount_rp: int, code: CodeFact, ours: Ours) -> Match:
    """A payment under a known code: one of ours, or one that we have not recorded yet.

    Where no amount agrees, what we recorded days before and leaves room for this one is an earlier instalment; else
    ours is told beside BPJS's.
    """
    if code.is_withdrawn:  # nothing can be recorded on it: a person must say whose money it is
        return Match(Outcome.CODE_EXPIRED, line, code, None, code.sponsor_id, {"withdrawn": True})
    free, before = ours.free[code.code], ours.paid_rp[code.code]
    alike = [each for each in free if each.amount_rp == amount_rp]
    payment = next((each for each in alike if each.paid_on == line.day), alike[0] if alike else None)
    earlier = [each.amount_rp for each in free if line.day and line.day - each.paid_on > NEAR]
    near = [each for each in free if not line.day or line.day - each.paid_on <= NEAR]
    if payment is None and (near or (free and sum(before) + sum(earlier) + amount_rp > code.amount_rp)):
        payment = (near or free)[0]
        free.remove(payment)
        facts = {"ours_rp": payment.amount_rp, "ours_on": payment.paid_on.isoformat()}
        before.append(amount_rp)
        return Match(Outcome.UNLIKE_OURS, line, code, payment, code.sponsor_id, facts)
    if payment is not None:
        free.remove(payment)
        earlier = []
    outcome = _by_amount(line, amount_rp, code, [*before, *earlier])
    facts = {"expected_rp": code.amount_rp, "before_rp": sum(before) + sum(earlier)}
    if outcome == Outcome.MATCHED and payment is not None and line.day not in (None, payment.paid_on):
        outcome, facts = Outcome.OTHER_DAY, {"ours_on": payment.paid_on.isoformat()}
    before.append(amount_rp)
    return Match(outcome, line, code, payment, code.sponsor_id, facts)


def _by_amount(line: MoneyLine, amount_rp: int, code: CodeFact, before: Sequence[int]) -> Outcome:
    """Judge an amount by what its code asks for and what was paid on it before."""
    paid = sum(before) + amount_rp
    if paid > code.amount_rp:
        is_again = amount_rp in before or amount_rp == code.amount_rp
        return Outcome.PAID_TWICE if before and is_again else Outcome.EXCESS
    if paid < code.amount_rp:
        return Outcome.SHORT
    is_late = line.day is not None and code.is_expired(line.day)
    return Outcome.CODE_EXPIRED if is_late else Outcome.MATCHED


def _proposed(line: MoneyLine, ours: Ours, sponsor_id: int | None) -> Match | None:
    """The one payment or open code with this amount, near this day: for a person to take or leave. Two are none."""
    amount_rp = abs(line.amount_rp)
    payments = [
        each
        for each in ours.loose_by_amount[amount_rp]
        if sponsor_id in (None, each.sponsor_id) and line.day and abs(each.paid_on - line.day) <= NEAR
    ]
    codes = [each for each in ours.open_by_amount[amount_rp] if sponsor_id in (None, each.sponsor_id)]
    if len(payments) == 1:
        ours.loose_by_amount[amount_rp].remove(payments[0])
        facts = {"ours_on": payments[0].paid_on.isoformat(), "code": payments[0].code}
        return Match(Outcome.PROPOSED, line, None, payments[0], payments[0].sponsor_id, facts)
    if len(codes) == 1 and not payments and line.day and not codes[0].is_expired(line.day):
        ours.open_by_amount[amount_rp].remove(codes[0])
        return Match(Outcome.PROPOSED, line, codes[0], None, codes[0].sponsor_id, {"code": codes[0].code})
    return None


def _not_met(found: Sequence[Match], ours: Ours, outcome: Outcome) -> list[Match]:
    met = {each.payment.pk for each in found if each.payment is not None}
    return [
        Match(outcome, None, None, payment, payment.sponsor_id, {"code": payment.code})
        for payment in ours.in_days
        if payment.pk not in met
    ]
