"""`payung notice`, `payung pay`: what is due, what was paid, what it covers."""

import functools
import hashlib
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import click
from django.db.models import F

from payung.access.permissions import Permission
from payung.cli.session import Session, WrongUseError, with_session
from payung.contributions.errors import LedgerError, NothingToAskError
from payung.contributions.models import Notice, Payment
from payung.contributions.selectors import explain_payment, notices_visible_to, payments_visible_to
from payung.contributions.services import (
    confirm_payment,
    identify_payment,
    issue_notice,
    record_pay_code,
    record_payment,
    reverse_payment,
)
from payung.contributions.texts import DIFFERENCES, explanation_lines, month_text, refusal_text
from payung.kernel.month import Month, NotAMonthError
from payung.kernel.rupiah import NotRupiahError, parse_rupiah, rupiah_text
from payung.sponsors.models import Pledge, Sponsor


class MonthType(click.ParamType):
    """A month as `2026-12`."""

    name = "YYYY-MM"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Month:
        """Read it, or say how it is written."""
        try:
            return value if isinstance(value, Month) else Month.from_text(value)
        except NotAMonthError:
            self.fail(f"{value} bukan bulan; tulislah seperti 2026-12.", param, ctx)


class RupiahType(click.ParamType):
    """An amount as offices write it."""

    name = "RUPIAH"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read it, or say how it is written."""
        try:
            amount = value if isinstance(value, int) else parse_rupiah(value)
        except NotRupiahError:
            self.fail(f"{value} bukan jumlah rupiah; tulislah seperti 2100000 atau Rp2.100.000.", param, ctx)
        if amount < 1:
            self.fail("jumlahnya harus lebih dari nol.", param, ctx)
        return amount


DAY = click.DateTime(formats=["%Y-%m-%d"])


def teaching(command: Callable[..., Any]) -> Callable[..., Any]:
    """Turn the ledger's refusals into sentences that say what to do; exit code 2."""

    @functools.wraps(command)
    def run(*args: Any, **options: Any) -> Any:
        try:
            return command(*args, **options)
        except LedgerError as error:
            raise WrongUseError(refusal_text(error)) from error

    return run


@click.command()
@click.argument("whose")
@click.option("--month", required=True, type=MonthType(), help="Bulan pertama, misalnya 2026-12.")
@click.option("--months", default=1, show_default=True, type=click.IntRange(1, 12), help="Berapa bulan.")
@with_session
@teaching
def notice(session: Session, whose: str, month: Month, months: int) -> None:
    """Terbitkan pemberitahuan iuran.

    WHOSE adalah kode penyandang (semua janjinya yang berjalan pada bulan itu) atau satu janji. Menerbitkan lagi tidak
    menagih dua kali: hanya pekerja yang datang kemudian yang ditambahkan.

    Contoh: payung notice PTMAJU --month 2026-12 --months 6
    """
    issued = _issue_all(session, _pledges(whose, month, months), month, months)
    session.answer(
        {"notices": [_notice_data(made) for made in issued]}, "\n".join(_notice_text(made) for made in issued)
    )


@click.group()
def pay() -> None:
    """Kode iuran BPJS dan pembayaran."""


@pay.command("code")
@click.argument("number")
@click.argument("code")
@click.argument("amount_rp", metavar="AMOUNT", type=RupiahType())
@click.option("--due", required=True, type=DAY, help="Jatuh tempo menurut BPJS, misalnya 2026-12-15.")
@click.option("--worker-months", type=click.IntRange(1), help="Berapa bulan-pekerja yang dihitung BPJS.")
@with_session
@teaching
def code_(session: Session, number: str, code: str, amount_rp: int, due: datetime, worker_months: int | None) -> None:
    """Catat kode iuran BPJS untuk pemberitahuan NUMBER. Angka BPJS yang berlaku.

    Contoh: payung pay code PI/PTMAJU/2026-12/1 900123456789 2.100.000 --due 2026-12-15
    """
    made = record_pay_code(
        _notice(session, number),
        code=code,
        amount_rp=amount_rp,
        due_on=due.date(),
        worker_months=worker_months,
        acting_user=session.viewer,
        clock=session.clock,
    )
    data = {
        "code": made.code,
        "amount_rp": made.amount_rp,
        "our_amount_rp": made.our_amount_rp,
        "difference_rp": made.amount_rp - made.our_amount_rp,
        "difference": made.difference,
    }
    session.answer(
        data,
        f"{made.code}: {rupiah_text(made.amount_rp)} (perkiraan kita {rupiah_text(made.our_amount_rp)}; "
        f"{DIFFERENCES[made.difference]})",
    )


@pay.command("record")
@click.argument("sponsor_code", metavar="SPONSOR")
@click.argument("amount_rp", metavar="AMOUNT", type=RupiahType())
@click.option("--on", "paid_on", required=True, type=DAY, help="Tanggal bayar pada bukti.")
@click.option(
    "--proof", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Berkas bukti."
)
@click.option("--code", default="", help="Kode iuran BPJS yang dibayar.")
@click.option("--notice", "number", help="Nomor pemberitahuan, bila kodenya belum dicatat.")
@click.option("--key", help="Kunci permintaan; permintaan dengan kunci sama dicatat sekali. Bawaan: dari isiannya.")
@with_session
@teaching
def record(
    session: Session,
    sponsor_code: str,
    amount_rp: int,
    paid_on: datetime,
    proof: Path,
    code: str,
    number: str | None,
    key: str | None,
) -> None:
    """Catat pembayaran SPONSOR sebesar AMOUNT dengan buktinya, dan lindungi bulan-bulan pekerja yang terbayar.

    Kurang atau lebih tetap dicatat dan dijelaskan. Perintah yang sama dua kali dicatat sekali.

    Contoh: payung pay record PTMAJU 2100000 --code 900123456789 --on 2026-12-01 --proof bukti.pdf
    """
    content = proof.read_bytes()
    made = record_payment(
        _sponsor(sponsor_code),
        amount_rp=amount_rp,
        paid_on=paid_on.date(),
        proof=content,
        proof_name=proof.name,
        client_key=key or _key_of(sponsor_code.upper(), amount_rp, paid_on.date(), code, number, content),
        pay_code=code,
        notice=_notice(session, number) if number else None,
        acting_user=session.viewer,
        clock=session.clock,
    )
    _show(session, made)


@pay.command("confirm")
@click.argument("payment", type=click.UUID)
@with_session
@teaching
def confirm(session: Session, payment: UUID) -> None:
    """Konfirmasikan bahwa BPJS menerima uangnya: perlindungan menjadi berlaku. Bukan oleh pencatatnya."""
    _show(session, confirm_payment(_payment(session, payment), acting_user=session.viewer, clock=session.clock))


@pay.command("identify")
@click.argument("payment", type=click.UUID)
@click.argument("number")
@with_session
@teaching
def identify(session: Session, payment: UUID, number: str) -> None:
    """Tunjukkan pemberitahuan NUMBER untuk pembayaran yang kode iurannya tidak dikenal."""
    found, target = _payment(session, payment), _notice(session, number)
    _show(session, identify_payment(found, notice=target, acting_user=session.viewer, clock=session.clock))


@pay.command("reverse")
@click.argument("payment", type=click.UUID)
@click.option("--reason", required=True, help="Alasan pembatalan.")
@with_session
@teaching
def reverse(session: Session, payment: UUID, reason: str) -> None:
    """Batalkan pembayaran yang ternyata tidak ada: bulan-bulannya dikembalikan, catatannya tetap."""
    found = _payment(session, payment)
    _show(session, reverse_payment(found, reason=reason, acting_user=session.viewer, clock=session.clock))


@pay.command("show")
@click.argument("payment", type=click.UUID)
@with_session
def show(session: Session, payment: UUID) -> None:
    """Jelaskan satu pembayaran: apa yang dilindungi, apa yang belum, dan mengapa."""
    _show(session, _payment(session, payment))


def _issue_all(session: Session, pledges: list[Pledge], first: Month, months: int) -> list[Notice]:
    """One notice a pledge, for those of the months that lie in its term. One that has nothing to ask stops nobody."""
    issued: list[Notice] = []
    refusals: list[NothingToAskError] = []
    for pledge in pledges:
        begin = max(first, Month(pledge.first_month))
        end = min(first + months, Month(pledge.first_month + pledge.months))
        begin, length = (begin, end - begin) if len(pledges) > 1 else (first, months)
        try:
            issued.append(
                issue_notice(
                    pledge,
                    first_month=begin,
                    months=int(length),
                    acting_user=session.viewer,
                    clock=session.clock,
                )
            )
        except NothingToAskError as error:
            refusals.append(error)
    if refusals and not issued:
        raise refusals[0]
    return issued


def _pledges(whose: str, first: Month, months: int) -> list[Pledge]:
    live = Pledge.objects.select_related("sponsor").filter(state=Pledge.State.LIVE)
    try:
        found = list(Pledge.objects.select_related("sponsor").filter(public_id=UUID(whose)))
    except ValueError:
        mine = live.filter(sponsor=_sponsor(whose), first_month__lt=first + months)
        found = list(mine.filter(first_month__gt=int(first) - F("months")).order_by("first_month", "pk"))
    if not found:
        raise WrongUseError(f"{whose} tidak mempunyai janji pada bulan itu. Buat dahulu: payung pledge.")
    return found


def _sponsor(code: str) -> Sponsor:
    found = Sponsor.objects.filter(code__iexact=code.strip()).first()
    if found is None:
        raise WrongUseError(f"Penyandang {code} tidak dikenal. Daftarkan dahulu: payung sponsor add.")
    return found


def _notice(session: Session, number: str) -> Notice:
    found = notices_visible_to(session.viewer).filter(number=number).first()
    if found is None:
        raise WrongUseError(f"Pemberitahuan {number} tidak ditemukan. Terbitkan dahulu: payung notice.")
    return found


def _payment(session: Session, public_id: UUID) -> Payment:
    found = payments_visible_to(session.viewer).filter(public_id=public_id).first()
    if found is None:
        raise WrongUseError(f"Pembayaran {public_id} tidak ditemukan. Catat dahulu: payung pay record.")
    return found


def _key_of(sponsor: str, amount_rp: int, paid_on: date, code: str, number: str | None, proof: bytes) -> str:
    """The same command again is the same request."""
    body = f"{sponsor}|{amount_rp}|{paid_on}|{code}|{number or ''}|".encode() + proof
    return hashlib.sha256(body).hexdigest()


def _notice_data(made: Notice) -> dict[str, Any]:
    return {
        "notice": made.number,
        "public_id": str(made.public_id),
        "first_month": str(Month(made.first_month)),
        "months": made.months,
        "worker_months": made.line_count,
        "total_rp": made.total_rp,
        "due_on": made.due_on,
    }


def _notice_text(made: Notice) -> str:
    return (
        f"{made.number}: {made.line_count} bulan-pekerja mulai {month_text(Month(made.first_month))}, "
        f"{rupiah_text(made.total_rp)}, jatuh tempo {made.due_on}"
    )


def _show(session: Session, payment: Payment) -> None:
    told = explain_payment(payment)
    data = {
        "payment": str(payment.public_id),
        "amount_rp": told.amount_rp,
        "used_rp": told.used_rp,
        "remainder_rp": told.remainder_rp,
        "short_rp": told.short_rp,
        "worker_months": told.worker_months,
        "confirmed": told.confirmed,
        "reversed": told.reversed,
        "in_suspense": told.in_suspense,
        "covered": [
            {"month": str(line.month), "workers": line.workers, "amount_rp": line.amount_rp} for line in told.covered
        ],
        "not_covered": [
            {"month": str(line.month), "reason": line.obstacle, "workers": line.workers} for line in told.not_covered
        ],
    }
    session.answer(data, "\n".join([f"Pembayaran {payment.public_id}", *explanation_lines(told)]))


notice.payung_door = Permission.NOTICE_ISSUE  # type: ignore[attr-defined]
code_.payung_door = Permission.BPJS_ANSWER  # type: ignore[attr-defined]
record.payung_door = Permission.PAYMENT_RECORD  # type: ignore[attr-defined]
confirm.payung_door = identify.payung_door = Permission.PAYMENT_CONFIRM  # type: ignore[attr-defined]
reverse.payung_door = Permission.PAYMENT_REVERSE  # type: ignore[attr-defined]
show.payung_door = Permission.NOTICE_READ  # type: ignore[attr-defined]
commands: list[click.Command] = [notice, pay]
