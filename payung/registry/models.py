"""Regions and occupations as the state writes them, and workers.

In the clear: name, birth date, sex, village, occupation. Sealed: NIK, KK, phone, mother's name. A NIK is found by its
blind index alone.
"""

from django.db import models
from django.db.models import Q

from payung.kernel.funds import Sektor
from payung.kernel.public_id import new_public_id


class Region(models.Model):
    """A province, kabupaten/kota, kecamatan or desa/kelurahan, by Kemendagri's code."""

    code = models.CharField(primary_key=True, max_length=13)
    name = models.CharField(max_length=80)
    level = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    postal_code = models.CharField(max_length=5)

    class Meta:
        """How it is kept."""

        indexes = (models.Index(fields=["level", "code"]),)


class RegionBoundary(models.Model):
    """The outline of a region, imported from a file; without it the map is a grid."""

    region = models.OneToOneField(Region, on_delete=models.PROTECT, primary_key=True, related_name="boundary")
    geometry = models.JSONField()
    source = models.CharField(max_length=200)
    imported_at = models.DateTimeField()


class Occupation(models.Model):
    """What somebody does for a living; its sector decides the relief of PP 50/2025."""

    code = models.SlugField(primary_key=True, max_length=40)
    name = models.CharField(max_length=80, unique=True)
    group = models.CharField(max_length=60)
    sector = models.CharField(max_length=12)

    class Meta:
        """How it is kept."""

        constraints = (
            models.CheckConstraint(condition=Q(sector__in=[s.value for s in Sektor]), name="registry_sector_known"),
        )


class Worker(models.Model):
    """A vulnerable worker (pekerja rentan). One live person per NIK."""

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    nik_sealed = models.BinaryField()
    nik_index = models.BinaryField(max_length=32)
    nik_birth_date = models.DateField()
    name = models.CharField(max_length=250)
    name_folded = models.CharField(max_length=250)
    birth_place = models.CharField(max_length=100)
    birth_date = models.DateField()
    sex = models.CharField(max_length=1)
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", db_index=False)
    address = models.CharField(max_length=250)
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    income_rp = models.PositiveIntegerField(null=True)
    kk_sealed = models.BinaryField(null=True)
    phone_sealed = models.BinaryField(null=True)
    mother_sealed = models.BinaryField(null=True)
    desil = models.PositiveSmallIntegerField(null=True)
    desil_version = models.CharField(max_length=40)
    desil_on = models.DateField(null=True)
    consent_basis = models.CharField(max_length=100)
    source = models.CharField(max_length=80)
    died_on = models.DateField(null=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    recorded_at = models.DateTimeField()

    class Meta:
        """How it is kept."""

        constraints = (
            models.UniqueConstraint(
                fields=["nik_index"], condition=Q(merged_into__isnull=True), name="registry_one_person_per_nik"
            ),
            models.CheckConstraint(condition=Q(sex__in=["L", "P"]), name="registry_sex_known"),
            models.CheckConstraint(
                condition=Q(desil__isnull=True) | Q(desil__gte=1, desil__lte=10), name="registry_desil_in_range"
            ),
            models.CheckConstraint(
                condition=Q(died_on__isnull=True) | Q(died_on__gte=models.F("birth_date")),
                name="registry_death_after_birth",
            ),
        )
        # Villages and occupations are indexed together with the id. Nearly nobody is merged: an index over all rows
        # would cost every insert, and SQLite would walk it in place of the one on names.
        indexes = (
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="registry_merged"),
            models.Index(fields=["village", "id"]),
            models.Index(fields=["occupation", "id"]),
            models.Index(fields=["name_folded", "id"]),
        )
