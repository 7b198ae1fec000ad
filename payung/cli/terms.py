"""`payung renew`: a pledge's next term, with its workers."""

from typing import Any

import click

from payung.access.permissions import Permission
from payung.cli.session import Session, WrongUseError, with_session
from payung.enrolment.services import renew_pledge
from payung.enrolment.texts import REASONS
from payung.kernel.month import Month
from payung.sponsors.errors import ClientKeyReusedError, PledgeRenewedError, SponsorDataError, UnknownPledgeError
from payung.sponsors.models import Pledge
from payung.sponsors.selectors import pledge_for


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


renew.payung_door = Permission.PLEDGE_WRITE  # type: ignore[attr-defined]
commands: list[click.Command] = [renew]
