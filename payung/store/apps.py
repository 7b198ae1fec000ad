"""How Django knows this module."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """The application `store`."""

    name = "payung.store"
    label = "store"
