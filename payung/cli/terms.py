"""`payung renew`, `payung handover`, `payung budget`: terms, workers who go on elsewhere, public money's years."""

from typing import Any

import click

from payung.access.permissions import Permission
from payung.cli.enrolment import wadah_named
from payung.cli.session import Session, WrongUseError, with_session
from payung.cli.sponsors import budget_text
from payung.contributions.errors import LedgerError
from payung.contributions.selectors.budgets import budget_years, ending_bridges
from payung.contributions.selectors.handovers import handovers_visible_to
from payung.contributions.services import approve_handover, prepare_handover, withdraw_handover
from payung.contributions.texts import refusal_text
from payung.enrolment.errors import EnrolmentError
from payung.enrolment.models import Handover
from payung.enrolment.services import renew_pledge
from payung.enrolment.texts import REASONS
from payung.enrolment.texts import refusal_text as enrolment_refusal
from payung.kernel.month import Month, NotAMonthError
from payung.kernel.public_id import public_id_of
from payung.kernel.rupiah import rupiah_text
from payung.sponsors.errors import (
    BudgetError,
    ClientKeyReusedError,
    PledgeRenewedError,
    SponsorDataError,
    UnknownPledgeError,
    UnknownSponsorError,
)
from payung.sponsors.models import Pledge, Sponsor
from payung.sponsors.selectors import pledge_for, sponsor_by_code
from payung.sponsors.services import record_budget


def pledge_named(session: Session, public_id: str) -> Pledge:
    """The pledge of a code, as far as this person may see it."""
    try:
        return pledge_for(session.viewer, public_id)
    except UnknownPledgeError as error:
        raise WrongUseError(f"Janji {public_id} tidak dikenal: kodenya ada pada payung sponsor show.") from error


@click.command()
@click.argument("code", metavar="PLEDGE")
@click.option("--months", type=int, help="Berapa bulan: 1, 3, 6, atau 12; bawaan: seperti sebelumnya.")
@click.option("--workers", type=int, help="Untuk berapa pekerja; bawaan: seperti sebelumnya.")
@click.option("--key", "client_key", default="", help="Nama permintaan: diulang dengan nama yang sama, satu juga.")
@with_session
def renew(session: Session, code: str, **facts: Any) -> None:
    """Perpanjang janji PLEDGE mulai bulan setelah ia berakhir, dengan pekerjanya, dalam satu langkah.

    Contoh: payung renew 01a20482-5434-7fb6-bb7b-c86225f9b384 --months 6
    """
    session.viewer.require(Permission.PLEDGE_WRITE)
    before = pledge_named(session, code)
    try:
        done = renew_pledge(before, acting_user=session.viewer, clock=session.clock, **facts)
    except PledgeRenewedError as error:
        said = f"sudah diperpanjang dengan janji {error.renewal}" if error.renewal else "sudah ditarik"
        raise WrongUseError(f"Janji ini {said}.") from error
    except BudgetError as error:
        raise WrongUseError(budget_text(error)) from error
    except (SponsorDataError, ClientKeyReusedError) as error:
        raise WrongUseError(
            f"Perpanjangan tidak dapat dicatat ({error}): periksa --months, --workers, --key."
        ) from error
    data = {
        "pledge": str(done.pledge.public_id),
        "from": str(Month(done.pledge.first_month)),
        "months": done.pledge.months,
        "carried": done.carried,
        "without_place": done.without_place,
        "past_age": done.seen.past_age,
        "stay": {"meninggal": len(done.seen.stay)} if done.seen.stay else {},
        "ended": done.seen.ended,
    }
    gone = ", ".join(f"{count} {REASONS[reason]}" for reason, count in done.seen.ended.items())
    text = f"Janji {data['pledge']} mulai {data['from']}: {done.carried} pekerja diteruskan."
    session.answer(data, f"{text} Tidak diteruskan: {gone}." if gone else text)


@click.group()
def handover() -> None:
    """Serah terima pekerja aktif ke penyandang lain, atau ke iuran mandiri: KPJ tetap, wadah berganti."""


@handover.command("prepare")
@click.argument("code", metavar="SPONSOR")
@click.option("--from", "first", required=True, metavar="MONTH", help="Bulan pertama penerima, misalnya 2027-01.")
@click.option("--to", "pledge", default="", metavar="PLEDGE", help="Kode janji penerima; tanpa ini: iuran mandiri.")
@click.option("--wadah", "number", default="", help="Nomor wadah penerima.")
@click.option("--giving-letter", required=True, help="Nomor surat yang menyerahkan.")
@click.option("--taking-letter", required=True, help="Nomor surat yang menerima, atau pernyataan pesertanya.")
@click.option("--with-gap", is_flag=True, help="Kedua pihak mengetahui adanya bulan tanpa iuran.")
@click.option("--key", "client_key", required=True, help="Nama permintaan: diulang dengan nama yang sama, satu juga.")
@with_session
def handover_prepare(session: Session, code: str, first: str, pledge: str, number: str, **facts: Any) -> None:
    """Siapkan serah terima semua pekerja aktif SPONSOR yang dapat diserahkan; orang lain yang menyetujuinya."""
    session.viewer.require(Permission.ENROLMENT_REGISTER)
    try:
        made = prepare_handover(
            _sponsor(session, code),
            first_month=Month.from_text(first),
            to_pledge=pledge_named(session, pledge) if pledge else None,
            to_wadah=wadah_named(number) if number else None,
            acting_user=session.viewer,
            clock=session.clock,
            **facts,
        )
    except NotAMonthError as error:
        raise WrongUseError("--from harus bulan, misalnya 2027-01.") from error
    except LedgerError as error:
        raise click.ClickException(refusal_text(error)) from error
    except EnrolmentError as error:
        raise click.ClickException(enrolment_refusal(error)) from error
    data = {"handover": str(made.public_id), "workers": made.row_count, "hash": bytes(made.content_hash).hex()}
    session.answer(data, f"Serah terima {made.public_id}: {made.row_count} pekerja; sidik {data['hash']}.")


@handover.command("approve")
@click.argument("public_id", metavar="HANDOVER")
@click.option("--hash", "seen", required=True, help="Sidik daftar yang Anda lihat.")
@with_session
def handover_approve(session: Session, public_id: str, seen: str) -> None:
    """Setujui serah terima HANDOVER persis seperti disiapkan; tagihan penyandang lama sejak bulan itu berakhir."""
    session.viewer.require(Permission.ENROLMENT_APPROVE)
    found = _handover(session, public_id)
    try:
        done = approve_handover(found, seen_hash=bytes.fromhex(seen), acting_user=session.viewer, clock=session.clock)
    except ValueError as error:
        raise WrongUseError("--hash bukan sidik: salinlah dari payung handover prepare.") from error
    except LedgerError as error:
        raise click.ClickException(refusal_text(error)) from error
    except EnrolmentError as error:
        raise click.ClickException(enrolment_refusal(error)) from error
    data = {"number": done.number, "workers": done.row_count, "released_rp": done.released_rp}
    session.answer(data, f"{done.number}: {done.row_count} pekerja diserahkan.")


@handover.command("withdraw")
@click.argument("public_id", metavar="HANDOVER")
@click.option("--reason", required=True, help="Mengapa.")
@with_session
def handover_withdraw(session: Session, public_id: str, reason: str) -> None:
    """Tarik kembali serah terima yang belum disetujui."""
    session.viewer.require(Permission.ENROLMENT_REGISTER)
    try:
        withdraw_handover(_handover(session, public_id), reason=reason, acting_user=session.viewer, clock=session.clock)
    except EnrolmentError as error:
        raise click.ClickException(enrolment_refusal(error)) from error
    session.answer({"withdrawn": public_id}, "Ditarik kembali; semua tetap pada penyandangnya.")


def _handover(session: Session, public_id: str) -> Handover:
    known = public_id_of(public_id)
    found = handovers_visible_to(session.viewer).filter(public_id=known).first() if known else None
    if found is None:
        raise WrongUseError(f"Serah terima {public_id} tidak dikenal.")
    return found


@click.group()
def budget() -> None:
    """Uang publik menurut tahunnya: anggaran, dijanjikan, ditagih, dibayar, terkonfirmasi, dan jembatannya."""


@budget.command("add")
@click.argument("code", metavar="SPONSOR")
@click.argument("year", type=int)
@click.argument("amount_rp", type=int)
@click.option("--document", required=True, help="Nama dan nomor dokumennya, misalnya DPA SKPD 900/1.")
@click.option("--document-on", required=True, type=click.DateTime(["%Y-%m-%d"]), help="Tanggal dokumen.")
@with_session
def budget_add(session: Session, code: str, year: int, amount_rp: int, document: str, document_on: Any) -> None:
    """Catat anggaran SPONSOR untuk satu tahun; dicatat lagi, yang terakhir berlaku dan yang lama tetap tersimpan."""
    session.viewer.require(Permission.SPONSOR_WRITE)
    try:
        made = record_budget(
            _sponsor(session, code),
            year=year,
            amount_rp=amount_rp,
            document=document,
            document_on=document_on.date(),
            acting_user=session.viewer,
            clock=session.clock,
        )
    except SponsorDataError as error:
        raise WrongUseError(f"Anggaran tidak dapat dicatat ({error}): dana publik, tahun, jumlah, dokumen.") from error
    data = {"budget": str(made.public_id), "year": made.year, "amount_rp": made.amount_rp}
    session.answer(data, f"Anggaran {made.year}: {rupiah_text(made.amount_rp)} ({made.document}).")


@budget.command("show")
@click.argument("code", metavar="SPONSOR")
@click.option("--bridge", default=3, show_default=True, type=click.IntRange(1, 12), help="Berapa bulan dijembatani.")
@with_session
def budget_show(session: Session, code: str, bridge: int) -> None:
    """Tahun demi tahun: anggaran dan realisasinya; lalu siapa yang terputus dan berapa biaya menjembataninya."""
    session.viewer.require(Permission.SPONSOR_READ)
    found = _sponsor(session, code)
    years = budget_years(found)
    bridges = ending_bridges(found, now=Month.of(session.clock.today()), months=bridge)
    data = {
        "years": [
            {
                "year": each.year,
                "budget_rp": each.budget.amount_rp if each.budget else None,
                "document": each.budget.document if each.budget else "",
                "promised_rp": each.promised.total_rp,
                "asked_rp": each.asked_rp,
                "paid_rp": each.paid_rp,
                "confirmed_rp": each.confirmed_rp,
                "left_rp": each.left_rp,
                "free_rp": each.free_rp,
            }
            for each in years
        ],
        "bridges": [
            {
                "month": str(each.month),
                "months": each.months,
                "workers": each.workers,
                "own_rp": each.own_rp,
                "csr_rp": each.csr_rp,
                "past_waiting": each.past_waiting,
                "waiting_months": each.waiting_months,
                "confidence": each.confidence.value,
            }
            for each in bridges
        ],
    }
    lines = [
        f"{each.year}  anggaran {rupiah_text(each.budget.amount_rp) if each.budget else 'belum dimasukkan'}"
        f"  dijanjikan {rupiah_text(each.promised.total_rp)}  ditagih {rupiah_text(each.asked_rp)}"
        f"  dibayar {rupiah_text(each.paid_rp)}  terkonfirmasi {rupiah_text(each.confirmed_rp)}"
        for each in years
    ]
    lines += [
        f"{each.month}: {each.workers} pekerja terputus; {each.months} bulan {rupiah_text(each.own_rp)}"
        f" (CSR {rupiah_text(each.csr_rp)}); {each.past_waiting} sudah melewati masa tunggu JKM ({each.confidence})"
        for each in bridges
    ]
    session.answer(data, "\n".join(lines) or "Belum ada anggaran, janji, atau pembayaran.")


def _sponsor(session: Session, code: str) -> Sponsor:
    try:
        return sponsor_by_code(code, viewer=session.viewer)
    except UnknownSponsorError as error:
        raise WrongUseError(f"Penyandang {code} tidak dikenal.") from error


budget_add.payung_door = Permission.SPONSOR_WRITE  # type: ignore[attr-defined]
budget_show.payung_door = Permission.SPONSOR_READ  # type: ignore[attr-defined]
handover_prepare.payung_door = handover_withdraw.payung_door = Permission.ENROLMENT_REGISTER  # type: ignore[attr-defined]
handover_approve.payung_door = Permission.ENROLMENT_APPROVE  # type: ignore[attr-defined]
renew.payung_door = Permission.PLEDGE_WRITE  # type: ignore[attr-defined]
commands: list[click.Command] = [renew, handover, budget]
