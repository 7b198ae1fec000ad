"""The civil servants of an office (ASN Peduli): office, civil servant, worker."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import recording
from payung.kernel.clock import Clock
from payung.kernel.funds import SumberDana
from payung.kernel.public_id import new_public_id
from payung.sponsors.errors import OtherOfficeError, SponsorDataError
from payung.sponsors.models import CivilServant, Sponsor
from payung.sponsors.selectors import NIP_PLACE
from payung.store.bulk import bulk_insert, reserve_ids
from payung.vault.seal import blind_indexes, seal

_NIP = re.compile(r"[0-9]{18}")
_COLUMNS = ("id", "public_id", "sponsor_id", "name", "nip_sealed", "nip_index", "recorded_at")


@dataclass(frozen=True, slots=True, repr=False)
class NewCivilServant:
    """A civil servant by name and NIP (eighteen digits). It does not print."""

    name: str
    nip: str


@transaction.atomic
def add_civil_servants(
    office: Sponsor, *, rows: Sequence[NewCivilServant], acting_user: Viewer, clock: Clock
) -> list[int]:
    """Make an office's civil servants known; give their ids in the order of the rows.

    Who is known in this office already, or stands twice in the rows, is given the one id. Who is of another office is
    refused with everybody else (`OtherOfficeError`): nobody moves by a list.
    """
    acting_user.require(Permission.SPONSOR_WRITE, sponsor=office.public_id)
    if office.funds != SumberDana.ASN:
        raise SponsorDataError("funds", "not-asn", allowed=[SumberDana.ASN.value])
    for row in rows:
        _check(row)
    indexes = blind_indexes((row.nip for row in rows), purpose="nip")
    ids = _known(office, indexes)
    new = {index: row for index, row in zip(indexes, rows, strict=True) if index not in ids}
    if new:
        _insert(office, new, ids, acting_user, clock)
    return [ids[index] for index in indexes]


def _known(office: Sponsor, indexes: list[bytes]) -> dict[bytes, int]:
    """Those registered already; refused if somebody belongs elsewhere."""
    found = CivilServant.objects.filter(nip_index__in=set(indexes)).values_list("nip_index", "pk", "sponsor_id")
    rows = [(bytes(index), pk, sponsor_id) for index, pk, sponsor_id in found]
    elsewhere = {index for index, _, sponsor_id in rows if sponsor_id != office.pk}
    if elsewhere:
        raise OtherOfficeError([position for position, index in enumerate(indexes) if index in elsewhere])
    return {index: pk for index, pk, _ in rows}


def _insert(
    office: Sponsor, new: dict[bytes, NewCivilServant], ids: dict[bytes, int], acting_user: Viewer, clock: Clock
) -> None:
    names = [new_public_id() for _ in new]
    numbers = reserve_ids(CivilServant, len(new))
    ids |= dict(zip(new, numbers, strict=True))
    with recording(acting_user.actor, "sponsors.civil_servants.add", reason=office.code) as event:
        bulk_insert(
            CivilServant,
            _COLUMNS,
            (
                (
                    number,
                    name,
                    office.pk,
                    row.name.strip(),
                    seal(row.nip, public_id=name, **NIP_PLACE),
                    index,
                    clock.now(),
                )
                for number, name, (index, row) in zip(numbers, names, new.items(), strict=True)
            ),
        )
        event.touch_many("sponsors.civil_servant", names)


def _check(row: NewCivilServant) -> None:
    if not row.name.strip() or len(row.name) > 150:
        raise SponsorDataError("name", "missing")
    if not _NIP.fullmatch(row.nip):
        raise SponsorDataError("nip", "form")
