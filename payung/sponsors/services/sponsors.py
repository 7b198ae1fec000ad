"""Making sponsors known, and changing what is known of them."""

import re
from collections.abc import Mapping
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import content_hash, recording
from payung.kernel.clock import Clock
from payung.kernel.funds import SumberDana
from payung.registry.errors import UnknownRegionError
from payung.registry.models import Region
from payung.sponsors.errors import SponsorCodeTakenError, SponsorDataError
from payung.sponsors.models import Sponsor

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}")
_COLUMNS: Final = {
    "name": "name",
    "funds": "funds",
    "npp": "npp",
    "address": "address",
    "village_code": "village_id",
    "contact_name": "contact_name",
    "contact_email": "contact_email",
    "own_employees": "own_employees",
    "is_active": "is_active",
}
_LONGEST: Final = {"name": 150, "npp": 20, "address": 250, "contact_name": 150, "contact_email": 254}
_MOST_EMPLOYEES: Final = 10_000_000


@transaction.atomic
def add_sponsor(
    code: str,
    *,
    name: str,
    funds: SumberDana | str,
    npp: str = "",
    address: str = "",
    village_code: str | None = None,
    contact_name: str = "",
    contact_email: str = "",
    own_employees: int | None = None,
    acting_user: Viewer,
    clock: Clock,
) -> Sponsor:
    """Make a sponsor known under a code, which people type: letters, digits, `.`, `_` and `-`, at most 32."""
    acting_user.require(Permission.SPONSOR_WRITE)
    code = code.strip()
    if not _CODE.fullmatch(code):
        raise SponsorDataError("code", "form")
    # Asked before it is written: PostgreSQL gives up a transaction whose statement has failed.
    if Sponsor.objects.filter(code__iexact=code).exists():
        raise SponsorCodeTakenError(code)
    sponsor = Sponsor(
        code=code,
        name=name.strip(),
        funds=str(funds),
        npp=npp.strip(),
        address=address.strip(),
        village_id=village_code,
        contact_name=contact_name.strip(),
        contact_email=contact_email.strip().lower(),
        own_employees=own_employees,
        recorded_at=clock.now(),
    )
    _check(sponsor)
    with recording(acting_user.actor, "sponsors.sponsor.add") as event:
        sponsor.save(force_insert=True)
        event.touch("sponsors.sponsor", sponsor.public_id, after=_fingerprint(sponsor))
    return sponsor


@transaction.atomic
def update_sponsor(
    sponsor: Sponsor,
    *,
    changes: Mapping[str, Any],
    reason: str = "",
    acting_user: Viewer,
    clock: Clock,  # noqa: ARG001  # every service is told the time
) -> Sponsor:
    """Change the named facts and no other. Funds decide the price: they stay once a pledge was made.

    `changes` may name name, funds, npp, address, village_code, contact_name, contact_email, own_employees, is_active.
    """
    sponsor = Sponsor.objects.select_for_update().get(pk=sponsor.pk)
    acting_user.require(Permission.SPONSOR_WRITE, sponsor=sponsor.public_id)
    for field in changes:
        if field not in _COLUMNS:
            raise SponsorDataError(field, "unchangeable")
    before, funds = _fingerprint(sponsor), sponsor.funds
    for field, value in changes.items():
        setattr(sponsor, _COLUMNS[field], value.strip() if isinstance(value, str) else value)
    _check(sponsor)
    if sponsor.funds != funds and sponsor.pledges.exists():
        raise SponsorDataError("funds", "pledged")
    after = _fingerprint(sponsor)
    if after != before:
        with recording(acting_user.actor, "sponsors.sponsor.update", reason=reason) as event:
            event.touch("sponsors.sponsor", sponsor.public_id, before=before, after=after)
            sponsor.save()
    return sponsor


def _check(sponsor: Sponsor) -> None:
    if not sponsor.name:
        raise SponsorDataError("name", "missing")
    if sponsor.funds not in SumberDana.__members__:
        raise SponsorDataError("funds", "unknown", allowed=[funds.value for funds in SumberDana])
    for field, longest in _LONGEST.items():
        if len(getattr(sponsor, field)) > longest:
            raise SponsorDataError(field, "length")
    if sponsor.contact_email:
        try:
            validate_email(sponsor.contact_email)
        except ValidationError as error:
            raise SponsorDataError("contact_email", "form") from error
    if sponsor.own_employees is not None and not 0 <= sponsor.own_employees <= _MOST_EMPLOYEES:
        raise SponsorDataError("own_employees", "range")
    if sponsor.village_id is not None and not Region.objects.filter(pk=sponsor.village_id, level=4).exists():
        raise UnknownRegionError({sponsor.village_id})


def _fingerprint(sponsor: Sponsor) -> bytes:
    return content_hash({"code": sponsor.code} | {field: getattr(sponsor, field) for field in _COLUMNS.values()})
