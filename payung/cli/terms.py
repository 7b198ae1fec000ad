"""`payung renew` and `payung handover`: a pledge's next term, and workers who go on under another payer."""

from typing import Any

import click

from payung.access.permissions import Permission
from payung.cli.enrolment import wadah_named
from payung.cli.session import Session, WrongUseError, with_session
from payung.contributions.errors import LedgerError
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
from payung.sponsors.errors import (
    ClientKeyReusedError,
    PledgeRenewedError,
    SponsorDataError,
    UnknownPledgeError,
    UnknownSponsorError,
)
from payung.sponsors.models import Pledge
from payung.sponsors.selectors import pledge_for, sponsor_by_code


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
            sponsor_by_code(code, viewer=session.viewer),
            first_month=Month.from_text(first),
            to_pledge=pledge_named(session, pledge) if pledge else None,
            to_wadah=wadah_named(number) if number else None,
            acting_user=session.viewer,
            clock=session.clock,
            **facts,
        )
    except NotAMonthError as error:
        raise WrongUseError("--from harus bulan, misalnya 2027-01.") from error
    except UnknownSponsorError as error:
        raise WrongUseError(f"Penyandang {code} tidak dikenal.") from error
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


handover_prepare.payung_door = handover_withdraw.payung_door = Permission.ENROLMENT_REGISTER  # type: ignore[attr-defined]
handover_approve.payung_door = Permission.ENROLMENT_APPROVE  # type: ignore[attr-defined]
renew.payung_door = Permission.PLEDGE_WRITE  # type: ignore[attr-defined]
commands: list[click.Command] = [renew, handover]
