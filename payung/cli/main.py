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


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.pass_context
def payung(context: click.Context) -> None:
    """Payung: daftar pekerja rentan menjadi pekerja yang terlindungi.

    Data disimpan di PAYUNG_HOME (bawaan: var/). Kode keluar: 0 selesai, 3 ada baris yang perlu diperbaiki, 2 salah
    pakai, 1 gagal.
    """
    boot.ensure_database()
    if context.invoked_subcommand != "key":  # its commands bring keys back, or make them themselves
        keys.ensure_keys()


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
