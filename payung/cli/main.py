"""`payung`: every command, in the order of the chain."""

from payung.cli import boot  # isort: skip  # Django must stand before any model is imported

import click

from payung.cli import (
    check,
    contributions,
    coverage,
    enrolment_files,
    intake,
    keys,
    registry,
    rules,
    serve,
    sponsors,
    users,
)
from payung.cli.demo import commands as demo
from payung.vault.keys import create_keys, key_file


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def payung() -> None:
    """Payung: daftar pekerja rentan menjadi pekerja yang terlindungi.

    Data disimpan di PAYUNG_HOME (bawaan: var/). Kode keluar: 0 selesai, 3 ada baris yang perlu diperbaiki, 2 salah
    pakai, 1 gagal.
    """
    boot.ensure_database()
    if create_keys():
        click.echo(
            f"Kunci rahasia dibuat di {key_file()}. Tanpa kunci ini semua NIK hilang: simpan salinannya di tempat lain "
            "(payung key export).",
            err=True,
        )


for command in (
    *users.commands,
    *keys.commands,
    *registry.commands,
    *sponsors.commands,
    *intake.commands,
    *rules.commands,
    *enrolment_files.commands,
    *contributions.commands,
    *coverage.commands,
    *check.commands,
    *demo.commands,
    *serve.commands,
):
    payung.add_command(command)


def main() -> None:
    """Run the command line."""
    payung(prog_name="payung")
