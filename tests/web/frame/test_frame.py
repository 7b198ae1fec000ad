"""The frame: navigation, tasks, language, theme, demo banner, errors, headers."""

import json
from datetime import date

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.test import Client, RequestFactory
from django.urls import path

import payung.config.urls as ours
from payung.access.permissions import Permission
from payung.kernel.clock import FixedClock
from payung.web.frame import my_tasks, navigation, views
from payung.web.frame.my_tasks import Task
from payung.web.frame.navigation import NavEntry, Place

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def entries(monkeypatch):
    """A navigation of this test alone."""
    held: dict[str, NavEntry] = {}
    monkeypatch.setattr(navigation, "_entries", held)
    cache.clear()
    navigation.register(
        [
            NavEntry("Daftar pekerja", "mfa_index", Permission.WORKER_READ, "users", Place.PEKERJA, "Pekerja kami"),
            NavEntry("Unggah daftar", "account_logout", Permission.LIST_UPLOAD, "upload", Place.UNGGAH),
            NavEntry("Pengguna", "mfa_list_webauthn", Permission.USER_MANAGE, "key", Place.PENGELOLAAN),
            NavEntry("Beranda", "beranda", Permission.SIGNED_IN, "home", Place.BERANDA),
        ]
    )
    return held


def labels(viewer, at="/beranda/"):
    return [entry.label for entry in navigation.shown_to(viewer, path=at)]


def test_entries_stand_in_the_order_of_the_work(entries, rina):
    assert labels(rina) == ["Beranda", "Daftar pekerja", "Unggah daftar"]


def test_a_company_sees_its_own_words_and_order(entries, tono):
    assert labels(tono) == ["Beranda", "Unggah daftar", "Pekerja kami"]


def test_what_a_viewer_may_not_open_is_not_shown(entries, rina, agus):
    assert "Pengguna" not in labels(rina)
    assert "Unggah daftar" not in labels(agus)


def test_the_innermost_entry_is_current(entries, rina):
    current = [entry.label for entry in navigation.shown_to(rina, path="/akun/keamanan/x/") if entry.is_current]
    assert current == ["Daftar pekerja"]


def test_counts_are_asked_once_in_a_while(entries, rina):
    asked = []
    navigation.register(
        [NavEntry("Persetujuan", "mfa_add_webauthn", Permission.LIST_READ, "check", Place.PERSETUJUAN,
                  count=lambda viewer: asked.append(viewer) or 7)]
    )  # fmt: skip
    counts = [navigation.shown_to(rina, path="/")[-1].count for _ in range(3)]
    assert counts == [7, 7, 7]
    assert len(asked) == 1


@pytest.fixture
def providers(monkeypatch):
    held: list = []
    monkeypatch.setattr(my_tasks, "_providers", held)
    return held


def test_the_longest_waiting_task_is_first(providers, rina):
    day = FixedClock.on(date(2026, 11, 22))
    my_tasks.register(
        [
            lambda viewer, clock: [Task("Setujui daftar PT Maju", date(2026, 11, 20), "/a/")],
            lambda viewer, clock: [Task("Catat pembayaran", date(2026, 11, 1), "/b/", deadline=date(2026, 11, 21))],
        ]
    )
    first, second = my_tasks.tasks_of(rina, clock=day)
    assert (first.task.url, first.waited_days, first.is_overdue, first.days_late) == ("/b/", 21, True, 1)
    assert (second.waited_days, second.days_left, second.is_urgent) == (2, None, False)


def test_my_tasks_are_shown_with_their_deadline(providers, rina, client_of):
    my_tasks.register([lambda v, clock: [Task("Setujui daftar PT Maju", clock.today(), "/a/", deadline=clock.today())]])
    page = client_of(rina).get("/beranda/").content.decode()
    assert "Setujui daftar PT Maju" in page
    assert "sejak hari ini" in page
    assert "hari ini batasnya" in page


def test_without_tasks_the_page_says_so(providers, rina, client_of):
    assert "Tidak ada yang menunggu Anda" in client_of(rina).get("/beranda/").content.decode()


def test_english_is_one_click_away(rina, client_of):
    client = client_of(rina)
    answer = client.post("/bahasa/", {"language": "en", "next": "/beranda/"})
    assert answer.headers["Location"] == "/beranda/"
    page = client.get("/beranda/").content.decode()
    assert '<html lang="en"' in page
    assert "My tasks" in page
    assert "Skip to the content" in page


def test_a_phone_set_to_english_still_begins_in_indonesian(client):
    page = client.get("/masuk/", headers={"Accept-Language": "en-US,en"})
    assert page.headers["Content-Language"] == "id"
    assert "Masuk ke Payung" in page.content.decode()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_theme_is_kept(client, theme):
    client.post("/tampilan/", {"theme": theme, "next": "/masuk/"})
    assert f'data-bs-theme="{theme}"' in client.get("/masuk/").content.decode()
    client.post("/tampilan/", {"theme": "", "next": "/masuk/"})
    assert "data-bs-theme" not in client.get("/masuk/").content.decode()


@pytest.mark.parametrize("address", ["https://jahat.example/", "//jahat.example/", "javascript:alert(1)"])
def test_switches_lead_nowhere_else(client, address):
    for door in ("/tampilan/", "/bahasa/"):
        assert client.post(door, {"theme": "dark", "language": "en", "next": address}).headers["Location"] == "/"


def test_demo_data_are_marked_on_every_page_and_offer_accounts_locally(client, settings, tmp_path):
    settings.PAYUNG_HOME = tmp_path
    assert "DATA CONTOH" not in client.get("/masuk/").content.decode()
    account = {"email": "rina@kendal.example", "name": "Rina", "role": "Petugas dinas", "password": "rahasia"}
    (tmp_path / "demo.json").write_text(json.dumps({"accounts": [account]}))
    page = client.get("/masuk/").content.decode()
    assert "DATA CONTOH" in page
    assert "rina@kendal.example" in page
    assert "DATA CONTOH" in client.get("/tidak-ada/").content.decode()
    settings.LOCAL = False
    assert "rina@kendal.example" not in client.get("/masuk/").content.decode()


def test_a_page_that_is_not_there_says_what_to_do(client):
    answer = client.get("/tidak-ada/")
    assert answer.status_code == 404
    assert "Halaman ini tidak ditemukan" in answer.content.decode()


def _broken(request):
    raise RuntimeError("rahasia di dalam galat")


def _forbidden(request):
    raise PermissionDenied


def _too_big(request):
    raise RequestDataTooBig


class Urls:
    """Addresses that fail, in our frame."""

    handler400, handler403, handler404, handler500 = (
        views.bad_request,
        views.forbidden,
        views.not_found,
        views.server_error,
    )


@pytest.fixture
def failing(settings, client):
    Urls.urlpatterns = [
        path("rusak/", _broken),
        path("larangan/", _forbidden),
        path("besar/", _too_big),
        *ours.urlpatterns,
    ]
    settings.ROOT_URLCONF = Urls
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/rusak/", 500, "Langkah terakhir Anda tidak disimpan"),
        ("/larangan/", 403, "Akun Anda tidak dapat membuka ini"),
        ("/besar/", 413, "Berkas ini terlalu besar"),
    ],
)
def test_each_trouble_is_told_in_plain_words(failing, address, status, words):
    answer = failing.get(address)
    assert answer.status_code == status
    assert words in answer.content.decode()
    assert "rahasia" not in answer.content.decode()


def test_an_expired_form_says_that_nothing_changed(rina):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/tampilan/", {"theme": "dark"})
    assert answer.status_code == 403
    assert "tidak ada yang berubah" in answer.content.decode()


def test_pages_carry_the_headers_of_the_policy(client):
    page = client.get("/masuk/")
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["Referrer-Policy"] == "same-origin"


def test_nothing_on_a_page_comes_from_another_host(client, rina, client_of):
    for page in (client.get("/masuk/"), client_of(rina).get("/beranda/"), client_of(rina).get("/akun/keamanan/")):
        text = page.content.decode()
        assert "http://" not in text.replace("http://www.w3.org", "")
        assert "https://" not in text
        assert " style=" not in text


def test_own_pages_are_not_kept_by_caches(rina, client_of):
    assert client_of(rina).get("/beranda/").headers["Cache-Control"] == "no-store"


def test_the_500_page_needs_no_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        page = views.server_error(RequestFactory().get("/"))
    assert page.status_code == 500
