"""Every way into the program with the permission it asks for, read off the program itself.

    .venv/bin/python -m tests.architecture.doors        # writes doors.yaml anew; read the difference before you commit

`doors.yaml` holds one door a line, `METHOD /address/` or `payung command`, so that two people's doors merge.
"""

import inspect
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import django
from django.urls import URLPattern, URLResolver, get_resolver

LIST = Path(__file__).with_name("doors.yaml")
NO_DOOR = "NO DOOR: decorate it with payung.access.doors.door"
NO_PERMISSION = "NO PERMISSION: set .payung_door on the command"
HEADING = "# Each door and what it asks for. Written by `python -m tests.architecture.doors`, read by a person.\n"


def patterns(resolver: URLResolver | None = None, prefix: str = "/") -> Iterator[tuple[str, URLPattern]]:
    """Every address with its pattern."""
    for entry in (resolver or get_resolver()).url_patterns:
        address = prefix + str(entry.pattern).removeprefix("^").removesuffix("$").removesuffix("\\Z")
        if isinstance(entry, URLResolver):
            yield from patterns(entry, address)
        else:
            yield address, entry


def web_doors() -> dict[str, str]:
    """Addresses, by method; views of libraries guard themselves and are listed by their module."""
    found = {}
    for address, pattern in patterns():
        view: Any = pattern.callback
        declared = getattr(view, "payung_door", None)
        module = getattr(inspect.unwrap(view), "__module__", "")
        if declared:
            found |= {f"{method} {address}": str(permission.value) for method, permission in declared.items()}
        elif module.startswith("payung."):
            found[f"ANY {address}"] = NO_DOOR
        else:
            found[f"ANY {address}"] = f"library {module}"
    return found


def commands(group: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """Every command under a group, by its full name."""
    if not isinstance(group, click.Group):
        yield name, group
        return
    context = click.Context(group)
    for child_name in group.list_commands(context):
        child = group.get_command(context, child_name)
        assert child is not None, f"{name} {child_name} is listed and cannot be loaded"
        yield from commands(child, f"{name} {child_name}")


def cli_doors() -> dict[str, str]:
    """Commands, each with its permission."""
    from payung.cli.main import payung  # noqa: PLC0415  # Django must stand before the commands are imported

    found = {}
    for name, command in commands(payung, "payung"):
        permission = getattr(command, "payung_door", None) or getattr(command.callback, "payung_door", None)
        found[name] = str(permission.value) if permission else NO_PERMISSION
    return found


def all_doors() -> dict[str, str]:
    """Everything that the program exposes."""
    return web_doors() | cli_doors()


def listed_doors() -> list[tuple[str, str]]:
    """What `doors.yaml` says, line by line (a plain mapping would hide a door that is listed twice)."""
    lines = LIST.read_text(encoding="utf-8").splitlines() if LIST.exists() else []
    entries = (line.rsplit('": "', 1) for line in lines if line.startswith('"'))
    return [(door.removeprefix('"'), permission.removesuffix('"')) for door, permission in entries]


def write() -> None:
    """Write the list from the program."""
    lines = [f'"{door}": "{permission}"\n' for door, permission in sorted(all_doors().items())]
    LIST.write_text(HEADING + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    write()
