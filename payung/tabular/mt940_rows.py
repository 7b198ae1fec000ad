"""A bank statement in SWIFT's MT940 as rows like those of a spreadsheet. Runs in the reading process.

The library reads each statement of the file; nothing is believed of it: as many transactions must come out as lines
`:61:` stand in, and each statement's transactions must lead from its opening to its closing balance.
"""

import re
from decimal import Decimal
from itertools import pairwise
from typing import Any

import mt940

from payung.tabular.delimited import decode
from payung.tabular.refusal import RefusedError

HEADINGS = ["Tanggal", "Keterangan", "Referensi", "Debet", "Kredit"]
_START = re.compile(rb"\s*(?:\{[1-5]:[^\r\n]*)?\s*:20:", re.ASCII)
_STATEMENT = re.compile(r"^:20:.*?(?=^-\}?\s*$|^:20:|\Z)", re.MULTILINE | re.DOTALL)
PART = 200
_CLOSING = re.compile(r"^:62[FM]:", re.MULTILINE)
_LINE = re.compile(r"^:61:", re.MULTILINE)


def is_mt940(content: bytes) -> bool:
    """Whether a text file is a statement in MT940: its first field is `:20:`, perhaps in SWIFT's envelope."""
    return _START.match(content.removeprefix(b"\xef\xbb\xbf")[:2000]) is not None and b":61:" in content


def read_mt940(content: bytes, *, choices: dict[str, str] | None = None) -> dict[str, Any]:
    """Read the transactions of every statement in the file; a row's number is that of its line `:61:`."""
    text, encoding = decode(content, (choices or {}).get("encoding", ""))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    rows: list[tuple[int, list[Any]]] = []
    accounts: set[str] = set()
    balances: list[tuple[Decimal, Decimal]] = []
    for found in _STATEMENT.finditer(text):
        before = text.count("\n", 0, found.start())
        data, transactions = _parsed(found[0], before + 1)
        accounts.add(str(data.get("account_identification", "")))
        balances.append(_balances(data, transactions, before + 1))
        numbers = _numbers(found[0], before)
        if len(numbers) != len(transactions):
            raise RefusedError("file:statement-damaged", line=before + 1)
        rows += [(number, _row(each)) for number, each in zip(numbers, transactions, strict=True)]
    if len(accounts) != 1:
        raise RefusedError("file:statement-accounts")
    if len(rows) != len(_LINE.findall(text)):
        raise RefusedError("file:statement-damaged", line=1)
    head = [["No. Rekening", accounts.pop()]]
    if len(balances) == 1:
        head += [["Saldo Awal", str(balances[0][0])], ["Saldo Akhir", str(balances[0][1])]]
    return {
        "format": "mt940",
        "sheet": "",
        "other_sheets": [],
        "rows": [*((0, each) for each in [*head, HEADINGS]), *rows],
        "problems": [],
        "notes": [{"code": "note:read-as-text", "params": {"encoding": encoding, "separator": ""}}],
    }


def _parsed(text: str, line: int) -> tuple[dict[str, Any], list[Any]]:
    """A statement's facts and transactions, read in parts: the library's time grows with the square of the length."""
    starts = [found.start() for found in _LINE.finditer(text)]
    closing = _CLOSING.search(text)
    end = closing.start() if closing else len(text)
    cuts = [*starts[::PART], end]
    head, tail = text[: min([*starts, end])], text[end:]
    data: dict[str, Any] = {}
    transactions: list[Any] = []
    try:
        for first, last in pairwise(cuts):
            transactions += mt940.parse(head + text[first:last]).transactions
        data |= mt940.parse(head + tail).data
    except (ValueError, RuntimeError, KeyError, TypeError, ArithmeticError, AttributeError, IndexError) as error:
        raise RefusedError("file:statement-damaged", line=line) from error
    return data, transactions


def _numbers(text: str, before: int) -> list[int]:
    """The line of the file on which each transaction begins."""
    return [before + number for number, each in enumerate(text.split("\n"), start=1) if each.startswith(":61:")]


def _balances(data: dict[str, Any], transactions: list[Any], line: int) -> tuple[Decimal, Decimal]:
    """The opening and closing balance, between which the transactions must lie."""
    found = [
        data.get(f"final_{end}_balance") or data.get(f"intermediate_{end}_balance") for end in ("opening", "closing")
    ]
    if None in found:
        raise RefusedError("file:statement-damaged", line=line)
    opening, closing = (each.amount.amount for each in found if each is not None)
    if opening + sum(each.data["amount"].amount for each in transactions) != closing:
        raise RefusedError("file:statement-totals", line=line)
    return opening, closing


def _row(each: Any) -> list[str | None]:
    data = each.data
    amount = data["amount"].amount
    told = " ".join(" ".join(str(data.get(name) or "") for name in ("transaction_details", "extra_details")).split())
    reference = str(data.get("customer_reference") or "")
    day = data["date"]
    return [
        f"{day.year:04d}-{day.month:02d}-{day.day:02d}",
        told or None,
        reference if reference != "NONREF" else None,
        str(-amount) if amount < 0 else None,
        str(amount) if amount >= 0 else None,
    ]
