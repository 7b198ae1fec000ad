"""How Django knows this module."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """The application `intake`."""

    name = "payung.intake"
    label = "intake"
