"""How Django knows this module."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """The application `vault`."""

    name = "payung.vault"
    label = "vault"
