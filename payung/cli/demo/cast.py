"""The people who may sign in to the demo, and the sponsors of its story."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from payung.access.models import User
from payung.access.permissions import SCOPES_OF, Role, ScopeKind
from payung.access.selectors import viewer_of
from payung.access.services import add_user
from payung.access.viewer import SYSTEM_VIEWER, Viewer
from payung.kernel.clock import Clock
from payung.sponsors.models import Sponsor
from payung.sponsors.services import add_sponsor

PASSWORD = "payung-contoh-2026"  # noqa: S105  # printed at the local sign-in page, for made-up people alone
STORY: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("story.yaml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Cast:
    """Who does what in the story: the officer, the approver, the branch's officer."""

    officer: Viewer
    approver: Viewer
    branch: Viewer


def make_cast(clock: Clock) -> Cast:
    """Make the three who carry the story; the others follow when their sponsors are there."""
    by_role = {account["role"]: account for account in STORY["accounts"]}
    viewers = [
        viewer_of(_make_user(by_role[role], "", clock)) for role in ("petugas_dinas", "penyetuju_dinas", "petugas_bpjs")
    ]
    return Cast(*viewers)


def make_other_accounts(sponsors: Mapping[str, Sponsor], clock: Clock) -> None:
    """Make everybody else who may sign in."""
    for account in STORY["accounts"]:
        if not User.objects.filter(email=account["email"]).exists():
            sponsor = sponsors.get(account.get("sponsor", ""))
            _make_user(account, str(sponsor.public_id) if sponsor else account.get("scope", ""), clock)


def make_sponsors(cast: Cast, clock: Clock) -> dict[str, Sponsor]:
    """Register every sponsor of the story."""
    return {
        one["code"]: add_sponsor(
            one["code"],
            name=one["name"],
            funds=one["funds"],
            own_employees=one.get("own"),
            contact_email=f"csr@{one['code'].lower()}.example",
            acting_user=cast.officer,
            clock=clock,
        )
        for one in STORY["sponsors"]
    }


def accounts_for_sign_in() -> Sequence[dict[str, str]]:
    """What the local sign-in page and `payung run` print."""
    return [
        {"email": one["email"], "name": one["name"], "role": one["does"], "password": PASSWORD}
        for one in STORY["accounts"]
    ]


def _make_user(account: Mapping[str, str], scope_id: str, clock: Clock) -> User:
    role = Role(account["role"])
    kinds = {0: ScopeKind.REGENCY, 8: ScopeKind.KECAMATAN, 13: ScopeKind.VILLAGE}
    kind = kinds.get(len(scope_id), ScopeKind.SPONSOR)
    if kind not in SCOPES_OF[role]:
        raise ValueError(f"{account['email']}: {role} does not reach over a {kind}.")
    return add_user(
        account["email"],
        name=account["name"],
        role=role,
        scope_kind=kind,
        scope_id=scope_id,
        password=PASSWORD,
        acting_user=SYSTEM_VIEWER,
        clock=clock,
    )
