"""What each page of the way in does the same: find within reach, page by key, say what went wrong, hand out a file."""

from typing import TypeVar
from uuid import UUID

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from payung.access.doors import ViewerRequest
from payung.access.errors import SamePersonError
from payung.contributions.errors import LedgerError
from payung.contributions.texts import refusal_text as ledger_refusal
from payung.enrolment.errors import EnrolmentError
from payung.kernel.public_id import public_id_of
from payung.sponsors.models import Sponsor
from payung.store.paging import BadCursorError, Page, keyset_page
from payung.web.enrolment.words import trouble

M = TypeVar("M", bound=Model)
TROUBLE = (EnrolmentError, SamePersonError, LedgerError)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"


def one_of(rows: QuerySet[M], public_id: UUID | str) -> M:
    """One row of what the viewer may see; another's does not exist."""
    found = rows.filter(public_id=public_id_of(public_id)).first()
    if found is None:
        raise Http404
    return found


def sponsor_in(rows: QuerySet[Sponsor], public_id: str) -> Sponsor | None:
    """The sponsor of a filter in the address; what names none filters nothing."""
    known = public_id_of(public_id)
    return rows.filter(public_id=known).first() if known else None


def page_of(request: ViewerRequest, rows: QuerySet[M], *, order: tuple[str, ...], size: int = 50) -> Page[M]:
    """A page of a list; a bad cursor shows the first."""
    try:
        return keyset_page(rows, order=order, cursor=request.GET.get("hal", ""), size=size)
    except BadCursorError:
        return keyset_page(rows, order=order, size=size)


def refused(error: Exception) -> str:
    """Say what was refused and what to do."""
    if isinstance(error, SamePersonError):
        return _("Langkah ini perlu orang kedua: Anda yang melakukan langkah pertamanya, mintalah rekan.")
    if isinstance(error, LedgerError):
        return ledger_refusal(error)
    return trouble(error) if isinstance(error, EnrolmentError) else str(error)


def tell(request: ViewerRequest, error: Exception) -> None:
    """Show on the next page what was refused."""
    messages.error(request, refused(error))


def given_file(content: bytes, *, name: str, kind: str, inline: bool = False) -> HttpResponse:
    """A file to keep; never run or guessed at by the browser."""
    response = HttpResponse(content, content_type=kind)
    safe = "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in name) or "berkas"
    response.headers["Content-Disposition"] = f'{"inline" if inline else "attachment"}; filename="{safe}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
