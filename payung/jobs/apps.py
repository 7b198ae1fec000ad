"""How Django knows this module."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    """The application `jobs`. Once all apps stand, it reads each one's `tasks.py`, which names its jobs."""

    name = "payung.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Gather the jobs."""
        autodiscover_modules("tasks")
