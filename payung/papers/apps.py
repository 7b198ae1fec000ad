"""How Django knows this module."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """The application `papers`."""

    name = "payung.papers"
    label = "papers"
