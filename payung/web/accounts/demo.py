"""Who may be tried out: the accounts that `payung demo` made, offered at the local sign-in page alone."""

import json
from dataclasses import dataclass

from django.conf import settings

from payung.web.frame.context import is_demo


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One account of the demo data."""

    email: str
    name: str
    role: str
    password: str


def demo_accounts() -> list[DemoAccount]:
    """The accounts in `PAYUNG_HOME/demo.json`; none outside the local profile or without demo data."""
    if not (settings.LOCAL and is_demo()):
        return []
    path = settings.PAYUNG_HOME / "demo.json"
    if not path.exists():
        return []
    listed = json.loads(path.read_text(encoding="utf-8")).get("accounts", [])
    return [DemoAccount(one["email"], one["name"], one["role"], one["password"]) for one in listed]
