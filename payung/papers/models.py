"""The register of numbers: each official paper has one, without gaps within its series and year."""

from django.db import models


class NumberSeries(models.Model):
    """The last number given in a series in a year: locked by whoever takes the next one."""

    series = models.CharField(max_length=16)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        """How it is kept."""

        constraints = (models.UniqueConstraint(fields=["series", "year"], name="papers_series_once_a_year"),)


class IssuedNumber(models.Model):
    """A number that was given, and what for. Rows are never changed or removed."""

    series = models.CharField(max_length=16)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    text = models.CharField(max_length=64, unique=True)
    issued_on = models.DateField()
    subject_type = models.CharField(max_length=64)
    subject_id = models.CharField(max_length=64)

    class Meta:
        """How it is kept."""

        constraints = (
            models.UniqueConstraint(fields=["series", "year", "number"], name="papers_number_once"),
            models.UniqueConstraint(fields=["series", "subject_type", "subject_id"], name="papers_number_per_subject"),
        )
