"""How Django knows this module."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """The application `outbox`: the label `messages` belongs to Django's own notices on a page."""

    name = "payung.messages"
    label = "outbox"
