"""How Django knows this module."""

from django.apps import AppConfig


class CoverageConfig(AppConfig):
    """The application `coverage`."""

    name = "payung.coverage"
    label = "coverage"
