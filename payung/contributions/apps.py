"""How Django knows this module."""

from django.apps import AppConfig


class ContributionsConfig(AppConfig):
    """The application `contributions`."""

    name = "payung.contributions"
    label = "contributions"
