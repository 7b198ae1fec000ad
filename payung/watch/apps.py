"""How Django knows this module."""

from django.apps import AppConfig


class WatchConfig(AppConfig):
    """The application `watch`."""

    name = "payung.watch"
    label = "watch"
