"""How Django knows this module."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """The application `access`."""

    name = "payung.access"
    label = "access"
