"""How Django knows this module."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """The application `registry`."""

    name = "payung.registry"
    label = "registry"
