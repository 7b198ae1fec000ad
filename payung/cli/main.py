"""`payung`: every command, in the order of the chain."""

from payung.cli import boot  # isort: skip  # Django must stand before any model is imported

from importlib import import_module

import click

from payung.cli import keys
from payung.store.short_lived import MATCHING, sweep

# Each command's module, imported only when that command is asked for: one that is typed a hundred times a day must not
# wait for what the others need.
_PLACES = {
    "intake": "intake",
    "enrol": "enrolment_files",
    "pledge": "sponsors",
    "renew": "terms",
    "handover": "terms",
    "budget": "terms",
    "notice": "contributions",
    "pay": "contributions",
    "reconcile": "reconciliation",
    "month": "month",
    "coverage": "coverage",
    "check": "check",
    "findings": "findings",
    "sponsor": "sponsors",
    "registry": "registry",
    "registry-pairs": "registry_pairs",
    "regions": "registry",
    "match": "match",
    "match-on-spark": "match_on_spark",
    "rules": "rules",
    "user": "users",
    "key": "keys",
    "run": "demo.commands",
    "demo": "demo.commands",
    "serve": "serve",
    "worker": "serve",
    "scheduler": "serve",
}
# Reached through other commands alone (`session.behind`): named nowhere, so that listing commands loads no engine.
_BEHIND = {"match-on-spark", "registry-pairs"}


class Commands(click.Group):
    """The commands by name, loaded one by one."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order of the chain."""
        return [name for name in _PLACES if name not in _BEHIND]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, or None."""
        if cmd_name not in _PLACES:
            return None
        commands: list[click.Command] = import_module(f"payung.cli.{_PLACES[cmd_name]}").commands
        return next(command for command in commands if command.name == cmd_name)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.pass_context
def payung(context: click.Context) -> None:
    """Payung: daftar pekerja rentan menjadi pekerja yang terlindungi.

    Data disimpan di PAYUNG_HOME (bawaan: var/). Kode keluar: 0 selesai, 3 ada baris yang perlu diperbaiki, 2 salah
    pakai, 1 gagal.
    """
    boot.ensure_database()
    sweep(MATCHING)  # what a run that was killed has left of people's facts
    if context.invoked_subcommand != "key":  # its commands bring keys back, or make them themselves
        keys.ensure_keys()


def main() -> None:
    """Run the command line."""
    payung(prog_name="payung")
