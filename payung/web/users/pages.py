"""Users: the list, inviting, one of them, giving a role and taking it back."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from payung.access.doors import ViewerRequest, door
from payung.access.models import Grant, User
from payung.access.permissions import Permission, Role, ScopeKind
from payung.access.selectors import invitations_visible_to, users_visible_to
from payung.access.services import grant_role, revoke_role
from payung.access.viewer import Viewer
from payung.kernel.clock import SystemClock
from payung.messages.services import invite_by_mail
from payung.registry.models import Region
from payung.sponsors.models import Sponsor
from payung.web.frame.lists import asked_page
from payung.web.frame.words import ROLE_NAMES
from payung.web.users.forms import InvitationForm, RoleForm

ROLES_OF = Prefetch("grants", queryset=Grant.objects.filter(revoked_at__isnull=True).order_by("pk"), to_attr="live")


@door(GET=Permission.USER_MANAGE, POST=Permission.USER_MANAGE)
def index(request: ViewerRequest) -> HttpResponse:
    """Everybody who can sign in, and those who were invited; a POST invites one more."""
    form = InvitationForm(request.POST or None)
    extra: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        link = _invite(request, form)
        told = _("Undangan untuk %(email)s dikirim; tautannya berlaku tujuh hari.")
        messages.success(request, told % {"email": form.cleaned_data["email"]})
        if not settings.LOCAL:
            return HttpResponseRedirect(reverse("users"))
        form, extra = InvitationForm(), {"invitation_link": link}
    people = _people(request.viewer)
    page = asked_page(request, people, order=("name", "id"), sorts={"nama": "name"})
    grants = [grant for user in page.items for grant in user.live]  # type: ignore[attr-defined]
    places = _places(grants)
    waiting = invitations_visible_to(request.viewer).filter(
        accepted_at__isnull=True, expires_at__gt=SystemClock().now()
    )
    facts = {
        "page": page,
        "rows": [(user, _told(user.live, places)) for user in page.items],  # type: ignore[attr-defined]
        "invited": [(one, ROLE_NAMES[Role(one.role)]) for one in waiting.order_by("-pk")[:50]],
        "form": form,
    }
    return render(request, "users/index.html", facts | extra)


@door(GET=Permission.USER_MANAGE, POST=Permission.USER_MANAGE)
def page(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """One user with the roles held; a POST gives one more."""
    user = _user_or_404(request.viewer, public_id)
    form = RoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        grant_role(user, **form.reach(), acting_user=request.viewer, clock=SystemClock())
        messages.success(request, _("Peran diberikan. %(name)s perlu masuk lagi.") % {"name": user.name})
        return HttpResponseRedirect(reverse("user", args=[user.public_id]))
    live: list[Grant] = user.live  # type: ignore[attr-defined]
    facts = {"person": user, "roles": list(zip(live, _told(live, _places(live)), strict=True)), "form": form}
    return render(request, "users/page.html", facts)


@door(POST=Permission.USER_MANAGE)
def revoke(request: ViewerRequest, public_id: UUID, grant_id: int) -> HttpResponse:
    """Take a role back, at once and with a reason."""
    user, reason = _user_or_404(request.viewer, public_id), request.POST.get("reason", "").strip()
    grant = next((one for one in user.live if one.pk == grant_id), None)  # type: ignore[attr-defined]
    if grant is None:
        raise Http404
    if not reason:
        messages.error(request, _("Tuliskan alasannya."))
    elif user.pk == request.viewer.user_id and grant.role == Role.PENGELOLA_SISTEM:
        messages.error(request, _("Peran Anda sendiri sebagai pengelola dicabut oleh pengelola yang lain."))
    else:
        revoke_role(grant, reason=reason, acting_user=request.viewer, clock=SystemClock())
        messages.success(request, _("Peran dicabut; orangnya keluar dari semua perangkat."))
    return HttpResponseRedirect(reverse("user", args=[user.public_id]))


def _invite(request: ViewerRequest, form: InvitationForm) -> str:
    given = form.cleaned_data
    _invitation, link = invite_by_mail(
        given["email"],
        name=given["name"],
        organisation=_("Pemerintah kabupaten"),
        acting_user=request.viewer,
        clock=SystemClock(),
        language=(get_language() or "id")[:2],
        **form.reach(),
    )
    return link


def _people(viewer: Viewer) -> QuerySet[User]:
    return users_visible_to(viewer).prefetch_related(ROLES_OF)


def _user_or_404(viewer: Viewer, public_id: UUID) -> User:
    found = _people(viewer).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def _places(grants: list[Grant]) -> dict[str, str]:
    """The names of the regions and sponsors that grants reach over, by two queries."""
    regions = {grant.scope_id for grant in grants if grant.scope_kind in (ScopeKind.KECAMATAN, ScopeKind.VILLAGE)}
    sponsors = {grant.scope_id for grant in grants if grant.scope_kind == ScopeKind.SPONSOR}
    names = dict(Region.objects.filter(pk__in=regions).values_list("code", "name"))
    known = Sponsor.objects.filter(public_id__in=sponsors).values_list("public_id", "name") if sponsors else []
    return names | {str(public_id): name for public_id, name in known}


def _told(grants: list[Grant], places: dict[str, str]) -> list[str]:
    return [
        ", ".join(filter(None, (str(ROLE_NAMES[Role(grant.role)]), places.get(grant.scope_id, "")))) for grant in grants
    ]
