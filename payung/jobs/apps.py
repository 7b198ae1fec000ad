"""How Django knows this module."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """The application `jobs`."""

    name = "payung.jobs"
    label = "jobs"
