"""How Django knows this module."""

from django.apps import AppConfig


class EnrolmentConfig(AppConfig):
    """The application `enrolment`."""

    name = "payung.enrolment"
    label = "enrolment"
