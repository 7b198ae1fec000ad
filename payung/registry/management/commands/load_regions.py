"""Regions and occupations at the first start; a Django command, so that only the first start imports their source."""

from typing import Any

from django.core.management.base import BaseCommand

from payung.registry.services.regions import load_occupations, load_regions


class Command(BaseCommand):
    """What `payung` calls after it made or migrated the embedded database; harmless twice."""

    help = "Load the regions of Indonesia and the book of occupations."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Load both."""
        load_regions()
        load_occupations()
