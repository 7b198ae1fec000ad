"""What we have of pay codes, payments and payers, loaded in sets: a query a slice, none a line."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from payung.contributions.models import LineUse, PayCode, Payment
from payung.contributions.reconciliation.reading import MoneyLine
from payung.sponsors.models import CivilServant, Sponsor
from payung.store.bulk import among, in_slices
from payung.vault.seal import blind_indexes

_TOKEN = re.compile(r"[A-Z0-9]{6,32}")
_NIP = re.compile(r"(?<![0-9])[0-9]{18}(?![0-9])")
NEAR = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class CodeFact:
    """A pay code as far as matching asks: what it is for, and until when it could be paid."""

    pk: int
    code: str
    sponsor_id: int
    amount_rp: int
    due_on: date
    ended_on: date | None
    is_withdrawn: bool

    def is_expired(self, day: date) -> bool:
        """Whether it could no longer be paid on a day: past its due date, or replaced by another before."""
        return day > self.due_on or (self.ended_on is not None and day > self.ended_on)


@dataclass(frozen=True, slots=True)
class PaymentFact:
    """A payment of ours."""

    pk: int
    code: str
    sponsor_id: int
    amount_rp: int
    paid_on: date


@dataclass(slots=True)
class Ours:
    """Our side of a set of lines. `free` are payments that no line of another file claims in this role."""

    codes: dict[str, CodeFact] = field(default_factory=dict)
    free: dict[str, list[PaymentFact]] = field(default_factory=lambda: defaultdict(list))
    paid_rp: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    known_keys: set[str] = field(default_factory=set)
    open_by_amount: dict[int, list[CodeFact]] = field(default_factory=lambda: defaultdict(list))
    loose_by_amount: dict[int, list[PaymentFact]] = field(default_factory=lambda: defaultdict(list))
    payers: dict[str, int] = field(default_factory=dict)
    civil_servants: dict[str, str] = field(default_factory=dict)
    in_days: list[PaymentFact] = field(default_factory=list)


def load(lines: Iterable[MoneyLine], *, role: LineUse.Role, sponsor_id: int | None = None) -> Ours:
    """Everything of ours that some lines could mean; of one payer alone where the file is theirs."""
    given = list(lines)
    ours = Ours()
    tokens = {token for line in given for token in tokens_of(line)}
    _load_codes(ours, tokens, sponsor_id)
    _load_payments(ours, given, role, sponsor_id)
    for part in in_slices({line.key for line in given}):
        ours.known_keys.update(among(_live(), "line_key", part).values_list("line_key", flat=True))
    _load_payers(ours, given, tokens)
    _load_open(ours, {abs(line.amount_rp) for line in given}, sponsor_id)
    return ours


def tokens_of(line: MoneyLine) -> list[str]:
    """The words of a line that could be a pay code, the code's own column first."""
    own = [text for text in (line.code.strip(), line.reference.strip()) if text]
    return [*own, *(token for token in _TOKEN.findall(line.told.upper()) if not token.isalpha())]


def _live() -> QuerySet[LineUse]:
    return LineUse.objects.filter(undone_at__isnull=True)


def _load_codes(ours: Ours, tokens: set[str], sponsor_id: int | None) -> None:
    rows = PayCode.objects.all() if sponsor_id is None else PayCode.objects.filter(notice__sponsor_id=sponsor_id)
    for part in in_slices(tokens):
        ours.codes |= {fact.code: fact for fact in _facts(among(rows, "code", part))}


def _facts(rows: QuerySet[PayCode]) -> list[CodeFact]:
    columns = ("pk", "code", "notice__sponsor_id", "amount_rp", "due_on", "replaced_at", "notice__withdrawn_at")
    return [
        CodeFact(pk, code, sponsor, amount, due_on, replaced.date() if replaced else None, withdrawn is not None)
        for pk, code, sponsor, amount, due_on, replaced, withdrawn in rows.values_list(*columns)
    ]


def _load_payments(ours: Ours, lines: list[MoneyLine], role: LineUse.Role, sponsor_id: int | None) -> None:
    claims = _live().filter(payment=OuterRef("pk"), role=role)
    rows = (
        Payment.objects.filter(reversed_at__isnull=True).annotate(is_claimed=Exists(claims)).order_by("paid_on", "pk")
    )
    if sponsor_id is not None:
        rows = rows.filter(sponsor_id=sponsor_id)
    # The code it was paid by, whether somebody typed it or named the notice alone.
    rows = rows.annotate(code=Coalesce("pay_code__code", "code_text"))
    columns = ("pk", "code", "sponsor_id", "amount_rp", "paid_on", "is_claimed")
    for part in in_slices(ours.codes):
        known = [ours.codes[code].pk for code in part]
        typed, told = among(rows, "code_text", part), among(rows.filter(code_text=""), "pay_code", known)
        for *facts, is_claimed in chain(typed.values_list(*columns), told.values_list(*columns)):
            payment = PaymentFact(*facts)
            if is_claimed:
                ours.paid_rp[payment.code].append(payment.amount_rp)
            else:
                ours.free[payment.code].append(payment)
    days = [line.day for line in lines if line.day]
    if days:
        within = rows.filter(paid_on__gte=min(days), paid_on__lte=max(days), is_claimed=False)
        ours.in_days = [PaymentFact(*facts) for *facts, _ in within.values_list(*columns)]
    for payment in ours.in_days:
        if payment.code not in ours.codes:
            ours.loose_by_amount[payment.amount_rp].append(payment)


def _load_payers(ours: Ours, lines: list[MoneyLine], tokens: set[str]) -> None:
    """Payers by their code or NPP in a line, civil servants by a NIP in what the bank writes."""
    named = {line.payer.upper() for line in lines if line.payer} | tokens
    for part in in_slices(named):
        for name in ("code", "npp"):
            rows = among(Sponsor.objects.all(), name, part).values_list(name, "pk")
            ours.payers |= {text.upper(): pk for text, pk in rows if text}
    _load_civil_servants(ours, given=lines)


def _load_civil_servants(ours: Ours, *, given: list[MoneyLine]) -> None:
    nips = sorted({nip for line in given for nip in _NIP.findall(line.told)})
    indexes = blind_indexes(nips, purpose="nip")
    for part in in_slices(zip(nips, indexes, strict=True)):
        rows = CivilServant.objects.filter(nip_index__in=[index for _, index in part])
        found = {bytes(index): str(public_id) for index, public_id in rows.values_list("nip_index", "public_id")}
        ours.civil_servants |= {nip: found[index] for nip, index in part if index in found}


def _load_open(ours: Ours, amounts: set[int], sponsor_id: int | None) -> None:
    """Live pay codes on which nothing was paid, by their amount: what a line without a code may have been for."""
    live = Payment.objects.filter(reversed_at__isnull=True)
    rows = PayCode.objects.filter(replaced_at__isnull=True, notice__withdrawn_at__isnull=True)
    rows = rows.exclude(Exists(live.filter(code_text=OuterRef("code")))).exclude(
        Exists(live.filter(pay_code=OuterRef("pk")))
    )
    if sponsor_id is not None:
        rows = rows.filter(notice__sponsor_id=sponsor_id)
    for part in in_slices(amounts):
        for fact in _facts(among(rows, "amount_rp", part).order_by("due_on", "pk")):
            ours.open_by_amount[fact.amount_rp].append(fact)


def nips_in(line: MoneyLine) -> list[str]:
    """Numbers in what the bank writes that may be a NIP."""
    return _NIP.findall(line.told)
