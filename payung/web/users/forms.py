"""Who is invited, and as what: a role and how far it reaches."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from payung.access.permissions import SCOPES_OF, Role, ScopeKind
from payung.registry.selectors import kecamatan_of, villages_by_kecamatan
from payung.web.frame.words import ROLE_NAMES

# People of a sponsor are invited from its page; nobody signs in as the machine's operator.
ROLES = [role for role in Role if ScopeKind.SPONSOR not in SCOPES_OF[role] and role is not Role.OPERATOR]


class RoleForm(forms.Form):
    """A role and its reach."""

    role = forms.ChoiceField(label=_("Sebagai"), choices=[(role.value, ROLE_NAMES[role]) for role in ROLES])
    area = forms.ChoiceField(
        label=_("Wilayah"),
        required=False,
        help_text=_("Petugas desa: satu desa. Verifikator: satu kecamatan atau seluruh kabupaten. Lainnya: kabupaten."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kecamatan = list(kecamatan_of(settings.PAYUNG_REGENCY).values_list("code", "name"))
        villages = villages_by_kecamatan(settings.PAYUNG_REGENCY).items()
        choices = [("", now("Seluruh kabupaten")), (now("Kecamatan"), kecamatan), *villages]
        self.fields["area"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A role reaches over what it may reach over, and nothing else."""
        given = super().clean() or {}
        if "role" in given and "area" in given and self._kind() not in SCOPES_OF[Role(given["role"])]:
            self.add_error(
                "area", now("Peran ini tidak mencakup wilayah seperti itu. Baca petunjuk di bawah kotaknya.")
            )
        return given

    def reach(self) -> dict[str, Any]:
        """The grant, as the services take it."""
        return {"role": Role(self.cleaned_data["role"]), "scope_kind": self._kind(), "scope_id": self._area()}

    def _area(self) -> str:
        return str(self.cleaned_data["area"])

    def _kind(self) -> ScopeKind:
        depth = self._area().count(".")
        return {0: ScopeKind.REGENCY, 2: ScopeKind.KECAMATAN}.get(depth, ScopeKind.VILLAGE)


class InvitationForm(RoleForm):
    """Somebody new."""

    name = forms.CharField(label=_("Nama"), max_length=150)
    email = forms.EmailField(label=_("Alamat surel"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    field_order = ("name", "email", "role", "area")
