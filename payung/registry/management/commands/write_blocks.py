"""Blocking keys for workers who lack them; a Django command, so that only an upgrade imports it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from payung.registry.services.blocks import write_all_blocks, write_missing_blocks


class Command(BaseCommand):
    """What `payung` calls after it made or migrated the embedded database; harmless twice."""

    help = "Write the blocking keys of workers who have none, or everybody's with --all."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take `--all`: after the keys of the vault were changed."""
        parser.add_argument("--all", action="store_true", help="write the keys of all workers anew")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write them, and say how many."""
        written = write_all_blocks() if options["all"] else write_missing_blocks()
        if written:
            self.stderr.write(f"{written}")
