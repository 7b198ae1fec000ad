"""How Django knows this module."""

from django.apps import AppConfig


class SponsorsConfig(AppConfig):
    """The application `sponsors`."""

    name = "payung.sponsors"
    label = "sponsors"
