"""`payung key`: the keys that open every NIK, taken to safety and brought back."""

from typing import TextIO

import click
from django.db import transaction

from payung.access.permissions import Permission
from payung.audit.services import recording
from payung.cli.session import Session, WrongUseError, say, with_session
from payung.registry.models import Worker
from payung.vault.errors import VaultError
from payung.vault.keys import create_keys, export_keys, import_keys, key_file


def ensure_keys() -> None:
    """Make the keys at the first start. Where people stand already, their keys are missing: new ones open nothing."""
    if key_file().exists():
        return
    if Worker.objects.exists():
        raise WrongUseError(
            f"Kunci tidak ada di {key_file()}, padahal sudah ada data. Kembalikan salinannya: payung key import FILE."
        )
    if create_keys():
        say(
            f"Kunci rahasia dibuat di {key_file()}. Tanpa kunci ini semua NIK hilang: simpan salinannya di tempat lain "
            "(payung key export)."
        )


@click.group()
def key() -> None:
    """Kunci rahasia: ekspor dan impor."""


@key.command("export")
@with_session
def export(session: Session) -> None:
    """Tulis kunci ke keluaran standar. Simpan di luar mesin ini; siapa pun yang memegangnya dapat membuka NIK."""
    session.viewer.require(Permission.KEY_MANAGE)
    ensure_keys()
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
