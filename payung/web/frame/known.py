"""The day as of which a page is asked for: `?diketahui=2026-11-20` shows what was known on that evening."""

from datetime import date

from django.http import HttpRequest


def asked_day(request: HttpRequest, *, today: date) -> date | None:
    """The day before today that the address names; None where it names none, or one that has not ended."""
    try:
        day = date.fromisoformat(request.GET.get("diketahui", ""))
    except ValueError:
        return None
    return day if day < today else None


def known_facts(request: HttpRequest, *, today: date, note: str) -> dict[str, object]:
    """What `frame/known.html` shows; `note` says what of the page is as of the day."""
    rest = request.GET.copy()
    rest.pop("diketahui", None)
    rest.pop("hal", None)
    return {
        "known_on": asked_day(request, today=today),
        "known_note": note,
        "kept_params": list(rest.items()),
        "now_url": f"?{rest.urlencode()}",
        "today": today,
    }
