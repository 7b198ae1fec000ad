"""The cast that everybody knows, made through the program's own services.

Sari is a worker and Budi her heir: they never sign in. Joko is the clerk of PT Maju, Rina an officer of the manpower
office, Wulan its approver, Dewi sits at BPJS's branch, Agus audits. Tono is the stranger: the clerk of another company,
who may do everything that Joko may, and nothing to PT Maju's.
"""

from payung.access.models import User
from payung.access.permissions import SCOPES_OF, Role, ScopeKind
from payung.access.selectors import viewer_of
from payung.access.services import add_user
from payung.access.viewer import SYSTEM_VIEWER, Viewer
from payung.kernel.clock import Clock
from payung.sponsors.models import Sponsor

# A sponsor that nobody has made: whoever reaches over it alone sees nothing.
NO_SPONSOR = "01a20482-5434-7fb6-bb7b-c86225f9b384"
REACH = {
    ScopeKind.REGENCY: "",
    ScopeKind.SPONSOR: NO_SPONSOR,
    ScopeKind.KECAMATAN: "33.24.09",
    ScopeKind.VILLAGE: "33.24.09.2001",
}


def add_person(role: Role, *, clock: Clock, name: str = "Orang", scope_id: str | None = None) -> User:
    """A person with one role, reaching over an example of what the role reaches over."""
    kind = ScopeKind.SPONSOR if scope_id else min(SCOPES_OF[role], key=list(ScopeKind).index)
    return add_user(
        f"{name.lower()}-{role}@contoh.example",
        name=name,
        role=role,
        scope_kind=kind,
        scope_id=scope_id or REACH[kind],
        password=None,
        acting_user=SYSTEM_VIEWER,
        clock=clock,
    )


def add_viewer(name: str, role: Role, *, clock: Clock, sponsor: Sponsor | None = None) -> Viewer:
    """One of the cast, as services and selectors take them."""
    scope_id = str(sponsor.public_id) if sponsor else None
    return viewer_of(add_person(role, clock=clock, name=name, scope_id=scope_id))


def add_company(code: str, name: str, *, clock: Clock) -> Sponsor:
    """A company that pays from its CSR."""
    return Sponsor.objects.create(code=code, name=name, funds="CSR", recorded_at=clock.now())
