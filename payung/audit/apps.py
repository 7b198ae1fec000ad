"""How Django knows this module."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The application `audit`."""

    name = "payung.audit"
    label = "audit"
