"""Rina with a password, and a clock that a test can move."""

import re
import time
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.test import Client

from payung.access.models import User

PASSWORD = "payung kendal 2026 hujan"


@pytest.fixture(autouse=True)
def _forget_tries():
    """Tries at signing in are counted in the cache."""
    cache.clear()


@pytest.fixture
def rina_user(rina):
    """Rina, who can sign in."""
    user = User.objects.get(pk=rina.user_id)
    user.password = make_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def signed_in(rina_user):
    """A browser in which Rina signed in by password."""
    client = Client()
    answer = enter(client, rina_user.email)
    assert answer.status_code == 302
    return client


def enter(client, email, password=PASSWORD):
    """Fill in the sign-in form."""
    return client.post("/masuk/", {"login": email, "password": password})


@pytest.fixture
def later(monkeypatch):
    """`later(minutes=31)`: the program's clock is moved on."""

    def move(**delta):
        seconds = timedelta(**delta).total_seconds()
        now = time.time()
        monkeypatch.setattr(time, "time", lambda: now + seconds)

    return move


def links_in(text):
    """The addresses in a mail, without their host."""
    return re.findall(r"https?://[^/\s]+(/\S+)", text)
