"""What every command shares: who acts, how to answer, and what the exit code says.

Exit codes: 0 done, 3 rows need repair, 2 wrong use, 1 failed.
"""

import functools
import getpass
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import click

from payung.access.errors import NotPermittedError, SamePersonError, UnknownUserError
from payung.access.selectors import viewer_named
from payung.access.services import operator_viewer
from payung.access.viewer import Viewer
from payung.kernel.clock import Clock, SystemClock

DONE, FAILED, WRONG_USE, NEEDS_REPAIR = 0, 1, 2, 3


@dataclass(slots=True)
class Session:
    """One run of a command."""

    viewer: Viewer
    clock: Clock
    as_json: bool

    def answer(self, data: Any, text: str) -> None:
        """Print the result: data for programs, text for people."""
        click.echo(json.dumps(data, ensure_ascii=False, default=str) if self.as_json else text)


class WrongUseError(click.ClickException):
    """The command was asked for something that cannot be; the message says what to do. Exit code 2."""

    exit_code = WRONG_USE


def with_session(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command `--as` and `--json`, and hand it the `Session` as its first argument."""

    @click.option("--as", "as_user", metavar="USER", help="Bertindak sebagai pengguna ini (alamat surel).")
    @click.option("--json", "as_json", is_flag=True, help="Jawaban sebagai JSON, untuk program.")
    @functools.wraps(command)
    def run(*args: Any, as_user: str | None, as_json: bool, **options: Any) -> Any:
        clock = SystemClock()
        try:
            viewer = viewer_named(as_user) if as_user else operator_viewer(getpass.getuser(), clock=clock)
            return command(Session(viewer, clock, as_json), *args, **options)
        except UnknownUserError as error:
            raise WrongUseError(f"Pengguna {error} tidak dikenal. Tambahkan dahulu: payung user add.") from error
        except NotPermittedError as error:
            raise click.ClickException(f"{as_user} tidak berwenang untuk ini ({error.permission}).") from error
        except SamePersonError as error:
            raise click.ClickException(
                f"{error} sudah melakukan langkah pertama; mintalah rekan lain untuk langkah ini."
            ) from error

    return run


def as_known_on(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command `--as-known-on DAY`: what was known when that day ended, whatever was entered since."""
    told = "Seperti diketahui pada hari ini, misalnya 2026-11-20."
    return click.option("--as-known-on", "known_on", metavar="DAY", type=click.DateTime(["%Y-%m-%d"]), help=told)(
        command
    )


def behind(name: str) -> click.Command:
    """Load what stands behind a command and is heavy: through the table of commands, the one place that does so."""
    context = click.get_current_context()
    return cast(click.Command, cast(click.Group, context.find_root().command).get_command(context, name))


def say(text: str) -> None:
    """Tell a person at the terminal something that is not the result."""
    print(text, file=sys.stderr)
