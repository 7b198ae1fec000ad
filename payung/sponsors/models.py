"""Sponsors, the civil servants of an office, and pledges.

A NIP is sealed and found by its blind index alone. A pledge's `client_key` names the request that made it, so that a
request sent twice makes one pledge; it is empty where nobody asked for that.
"""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from payung.kernel.funds import SumberDana
from payung.kernel.public_id import new_public_id
from payung.registry.models import Occupation, Region


class Sponsor(models.Model):
    """Whoever pays contributions (penyandang iuran). The funds decide the price."""

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    code = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=150)
    funds = models.CharField(max_length=10)
    npp = models.CharField(max_length=20)
    address = models.CharField(max_length=250)
    village = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    contact_name = models.CharField(max_length=150)
    contact_email = models.EmailField()
    own_employees = models.PositiveIntegerField(null=True)
    is_active = models.BooleanField(default=True)
    recorded_at = models.DateTimeField()

    class Meta:
        """How it is kept."""

        constraints = (
            models.CheckConstraint(condition=Q(funds__in=[f.value for f in SumberDana]), name="sponsors_funds_known"),
            models.UniqueConstraint(Upper("code"), name="sponsors_code_once_in_any_case"),
            models.CheckConstraint(condition=~Q(code="") & ~Q(name=""), name="sponsors_has_code_and_name"),
        )
        indexes = (models.Index(fields=["name", "id"]),)


class CivilServant(models.Model):
    """A civil servant who carries workers (ASN Peduli: office, civil servant, worker)."""

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    sponsor = models.ForeignKey(Sponsor, on_delete=models.PROTECT, related_name="civil_servants")
    name = models.CharField(max_length=150)
    nip_sealed = models.BinaryField()
    nip_index = models.BinaryField(max_length=32)
    recorded_at = models.DateTimeField()

    class Meta:
        """How it is kept."""

        constraints = (models.UniqueConstraint(fields=["nip_index"], name="sponsors_one_office_per_civil_servant"),)


class Pledge(models.Model):
    """So many workers for so many months from a month on, at one dasar upah (janji)."""

    class State(models.TextChoices):
        """Whether it still stands."""

        LIVE = "live"
        WITHDRAWN = "withdrawn"

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    sponsor = models.ForeignKey(Sponsor, on_delete=models.PROTECT, related_name="pledges")
    quota = models.PositiveIntegerField()
    first_month = models.PositiveIntegerField()
    months = models.PositiveSmallIntegerField()
    dasar_upah_rp = models.PositiveIntegerField()
    village_wish = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    occupation_wish = models.ForeignKey(Occupation, on_delete=models.PROTECT, null=True, related_name="+")
    renewal_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="renewals")
    state = models.CharField(max_length=10, choices=State, default=State.LIVE)
    client_key = models.CharField(max_length=64)
    pledged_by = models.CharField(max_length=64)
    pledged_on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        """How it is kept."""

        constraints = (
            models.CheckConstraint(condition=Q(quota__gte=1), name="sponsors_pledge_has_workers"),
            models.CheckConstraint(condition=Q(months__in=[1, 3, 6, 12]), name="sponsors_pledge_term_known"),
            models.CheckConstraint(condition=Q(state__in=["live", "withdrawn"]), name="sponsors_pledge_state_known"),
            models.CheckConstraint(condition=Q(dasar_upah_rp__gte=1), name="sponsors_pledge_has_dasar_upah"),
            models.UniqueConstraint(
                fields=["sponsor", "client_key"], condition=~Q(client_key=""), name="sponsors_pledge_once_per_key"
            ),
        )
        indexes = (models.Index(fields=["sponsor", "first_month"]),)


class PublicBudget(models.Model):
    """What a public payer may spend in a budget year, with the document it stands in. Never changed: entered anew.

    Of the entries of a payer and year the newest counts. An amount of zero says that the year has no money.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    sponsor = models.ForeignKey(Sponsor, on_delete=models.PROTECT, related_name="budgets", db_index=False)
    year = models.PositiveSmallIntegerField()
    amount_rp = models.PositiveBigIntegerField()
    document = models.CharField(max_length=120)
    document_on = models.DateField()
    entered_by = models.CharField(max_length=64)
    entered_label = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        """How it is kept."""

        constraints = (
            models.CheckConstraint(condition=Q(year__gte=2015, year__lte=2100), name="sponsors_budget_year"),
            models.CheckConstraint(condition=~Q(document=""), name="sponsors_budget_has_document"),
        )
        indexes = (models.Index(fields=["sponsor", "year", "-id"]),)
