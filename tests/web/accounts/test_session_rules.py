"""A session ends by itself; privileged people have a second factor; reading writes nothing."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from payung.access.models import User
from payung.access.selectors import viewer_of
from payung.kernel.clock import SystemClock
from payung.web.frame.my_tasks import tasks_of
from tests.web.accounts.conftest import enter
from tests.web.accounts.test_sign_in import activate_totp

pytestmark = [pytest.mark.django_db, pytest.mark.database]
WRITES = ("INSERT", "UPDATE", "DELETE")


def test_half_an_hour_of_silence_signs_out(signed_in, later):
    assert signed_in.get("/beranda/").status_code == 200
    later(minutes=31)
    answer = signed_in.get("/beranda/?a=1")
    assert answer.headers["Location"] == "/masuk/?next=/beranda/%3Fa%3D1"
    assert "_auth_user_id" not in signed_in.session


def test_work_keeps_a_session_alive(signed_in, later):
    for minutes in (25, 50, 75):
        later(minutes=25)
        assert signed_in.get("/beranda/").status_code == 200, minutes


def test_eight_hours_end_a_session_however_busy(signed_in, later):
    signed_in.get("/beranda/")
    for _ in range(20):
        later(minutes=25)
        if signed_in.get("/beranda/").status_code == 302:
            break
    else:
        pytest.fail("it lived for more than eight hours")


def test_another_sessions_cookie_is_worth_nothing(signed_in, rina_user, later):
    signed_in.get("/beranda/")
    later(minutes=31)
    other = Client()
    enter(other, rina_user.email)
    other.get("/beranda/")
    signed_in.cookies["payung_terakhir"] = other.cookies["payung_terakhir"].value
    assert signed_in.get("/beranda/").status_code == 302


def test_a_waiting_page_does_not_keep_a_session_alive(signed_in, later):
    signed_in.get("/beranda/")
    later(minutes=20)
    assert signed_in.get("/beranda/", headers={"X-Payung-Poll": "1"}).status_code == 200
    later(minutes=11)
    assert signed_in.get("/beranda/").status_code == 302


def test_reading_a_page_writes_nothing(signed_in):
    signed_in.get("/beranda/")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        signed_in.get("/beranda/")
    assert [q["sql"] for q in queries if q["sql"].startswith(WRITES)] == []
    viewer = viewer_of(User.objects.get(pk=signed_in.session["_auth_user_id"]))
    with CaptureQueriesContext(connection) as of_tasks:
        tasks_of(viewer, clock=SystemClock())
    assert len(queries) - len(of_tasks) <= 4, "session, user, grants; the rest is what the tasks ask"


def test_a_privileged_person_sets_up_a_second_factor_first(settings, signed_in):
    settings.PAYUNG_REQUIRE_MFA = True
    answer = signed_in.get("/beranda/")
    assert answer.headers["Location"] == "/akun/aplikasi-kode/pasang/"
    activate_totp(signed_in)
    assert signed_in.get("/beranda/").status_code == 200


def test_a_companys_clerk_may_go_without(settings, tono, client_of):
    settings.PAYUNG_REQUIRE_MFA = True
    assert client_of(tono).get("/beranda/").status_code == 200
