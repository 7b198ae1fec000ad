"""The list of doors is what the program exposes, and each door refuses whoever does not hold its permission."""

import uuid

import pytest
from django.test import Client
from django.urls import URLPattern

from payung.access.models import User
from payung.access.permissions import ROLES, Permission, Role
from payung.access.services import operator_viewer
from tests.architecture.doors import NO_DOOR, NO_PERMISSION, all_doors, listed_doors, patterns
from tests.cast import add_person

WRITES = {"POST", "PUT", "PATCH", "DELETE"}
REMEDY = "python -m tests.architecture.doors writes the list anew; read the difference before you commit it"
EXAMPLES = {"uuid": uuid.UUID(int=7), "int": 7, "str": "contoh", "slug": "contoh", "path": "contoh"}


def test_every_door_is_on_the_list():
    assert dict(listed_doors()) == all_doors(), REMEDY


def test_no_door_is_listed_twice():
    names = [name for name, _ in listed_doors()]
    assert sorted(names) == sorted(set(names)), REMEDY


def test_every_door_asks_for_something():
    assert {name: what for name, what in all_doors().items() if what in (NO_DOOR, NO_PERMISSION)} == {}


def test_writing_asks_for_more_than_reading():
    lax = {
        name: permission
        for name, permission in all_doors().items()
        if name.split()[0] in WRITES and permission.endswith(":read")
    }
    assert lax == {}


def _guarded() -> list[tuple[str, URLPattern, dict[str, Permission]]]:
    return [
        (address, pattern, pattern.callback.payung_door)
        for address, pattern in patterns()
        if hasattr(pattern.callback, "payung_door")
    ]


def _example(address: str, pattern: URLPattern) -> str:
    """The address with something in the place of each parameter; nothing of it needs to exist."""
    for name, converter in pattern.pattern.converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower()
        value = str(EXAMPLES.get(kind) or converter.to_url("contoh"))
        for written in (f"<{kind}:{name}>", f"<{name}>"):
            address = address.replace(written, value)
    return address


@pytest.mark.django_db
@pytest.mark.database
def test_a_visitor_is_sent_to_sign_in():
    wrong = {}
    for address, pattern, door in _guarded():
        for method, permission in door.items():
            if permission is Permission.PUBLIC:
                continue
            answer = Client().generic(method, _example(address, pattern))
            if answer.status_code != 302 or not answer.headers["Location"].startswith("/masuk/"):
                wrong[f"{method} {address}"] = answer.status_code
    assert wrong == {}


@pytest.mark.django_db
@pytest.mark.database
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OPERATOR])
def test_a_role_without_the_permission_is_refused(role, clock):
    client = Client()
    client.force_login(add_person(role, clock=clock))
    wrong = {}
    for address, pattern, door in _guarded():
        for method, permission in door.items():
            if permission in ROLES[role] | {Permission.PUBLIC, Permission.SIGNED_IN}:
                continue
            answer = client.generic(method, _example(address, pattern))
            if answer.status_code != 403:
                wrong[f"{method} {address}"] = answer.status_code
    assert wrong == {}


@pytest.mark.django_db
@pytest.mark.database
def test_a_method_that_is_not_declared_is_refused(clock):
    client = Client()
    # The one who may do everything; it never signs in, so that a 405 here is the door's own and no lack of rights.
    client.force_login(User.objects.get(pk=operator_viewer("root", clock=clock).user_id))
    wrong = {}
    for address, pattern, door in _guarded():
        for method in sorted((WRITES | {"GET"}) - door.keys()):
            answer = client.generic(method, _example(address, pattern))
            if answer.status_code != 405:
                wrong[f"{method} {address}"] = answer.status_code
    assert wrong == {}
