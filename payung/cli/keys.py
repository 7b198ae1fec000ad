"""`payung key`: the keys that open every NIK, taken to safety and brought back."""

from typing import TextIO

import click
from django.db import transaction

from payung.access.permissions import Permission
from payung.audit.services import recording
from payung.cli.session import Session, WrongUseError, with_session
from payung.vault.errors import VaultError
from payung.vault.keys import export_keys, import_keys


@click.group()
def key() -> None:
    """Kunci rahasia: ekspor dan impor."""


@key.command("export")
@with_session
def export(session: Session) -> None:
    """Tulis kunci ke keluaran standar. Simpan di luar mesin ini; siapa pun yang memegangnya dapat membuka NIK."""
    session.viewer.require(Permission.KEY_MANAGE)
    with transaction.atomic(), recording(session.viewer.actor, "vault.key.export"):
        click.echo(export_keys())


@key.command("import")
@click.argument("file", type=click.File("r"), default="-")
@with_session
def import_(session: Session, file: TextIO) -> None:
    """Bawa kembali kunci dari salinannya (FILE, atau masukan standar)."""
    session.viewer.require(Permission.KEY_MANAGE)
    try:
        import_keys(file.read())
    except (VaultError, ValueError, KeyError) as error:
        raise WrongUseError("Kunci ini tidak dapat dipakai: kunci lain sudah ada, atau isinya rusak.") from error
    with transaction.atomic(), recording(session.viewer.actor, "vault.key.import"):
        session.answer({"imported": True}, "Kunci diimpor.")


export.payung_door = import_.payung_door = Permission.KEY_MANAGE  # type: ignore[attr-defined]
commands: list[click.Command] = [key]
