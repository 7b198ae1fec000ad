"""A file that leaves something open is asked about on a page of its own, before its rows are read."""

import pytest

from tests.intake.test_questions import HEADINGS, SARI, TINI, book, saved, with_hidden_row

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("kendal")]


def test_joko_says_what_becomes_of_hidden_rows(hand_in, client_of, joko, pt_maju):
    upload = hand_in(joko, pt_maju, "tersembunyi.xlsx", with_hidden_row())
    client, address = client_of(joko), f"/daftar/{upload.public_id}/"
    html = client.get(address).content.decode()
    assert "Berkas memuat 1 baris dan 0 kolom" in html
    assert f'href="{address}tanya/"' in html
    asked = client.get(f"{address}tanya/").content.decode()
    assert "Ikut dibaca, seperti baris lain" in asked
    assert client.post(f"{address}tanya/", {"hidden": "perhaps"}).status_code == 200
    answer = client.post(f"{address}tanya/", {"hidden": "without"}, follow=True)
    assert "1</b> baru" in answer.content.decode()
    assert client.get(f"{address}tanya/").status_code == 404


def test_joko_picks_one_of_two_sheets(hand_in, client_of, joko, pt_maju):
    upload = hand_in(joko, pt_maju, "dua.xlsx", saved(book(Utara=[HEADINGS, SARI], Selatan=[HEADINGS, TINI])))
    client, address = client_of(joko), f"/daftar/{upload.public_id}/"
    assert "Lembar &quot;Selatan&quot;" in client.get(f"{address}tanya/").content.decode()
    client.post(f"{address}tanya/", {"sheet": "Selatan"})
    upload.refresh_from_db()
    assert [row.name for row in upload.rows.all()] == ["Tini Lestari"]


def test_letters_that_nobody_can_tell_are_asked_for(hand_in, client_of, joko, pt_maju):
    text = "NIK;Nama;Tgl Lahir;Desa;Kecamatan\n" + ";".join(("3324156501900001", "Jos\x8f", *SARI[2:])) + "\n"
    upload = hand_in(joko, pt_maju, "huruf.csv", text.encode("latin-1"))
    client, address = client_of(joko), f"/daftar/{upload.public_id}/"
    assert upload.state == "received"
    assert "MS-DOS (850)" in client.get(f"{address}tanya/").content.decode()
    client.post(f"{address}tanya/", {"encoding": "mac-roman"})
    upload.refresh_from_db()
    assert [row.name for row in upload.rows.all()] == ["Josè"]


def test_two_columns_of_one_heading_are_shown_by_hand(hand_in, client_of, joko, pt_maju):
    rows = [("NIK", "Nama", "Nama", "Desa", "Kecamatan"), (SARI[0], "Sari", "Sari Wulandari", *SARI[3:])]
    upload = hand_in(joko, pt_maju, "ganda.xlsx", saved(book(Daftar=rows)))
    client, address = client_of(joko), f"/daftar/{upload.public_id}/"
    assert "dipakai dua kali" in client.get(address).content.decode()
    client.post(f"{address}kolom/", {"kolom-0": "nik", "kolom-1": "", "kolom-2": "name", "kolom-3": "village"})
    upload.refresh_from_db()
    assert [row.name for row in upload.rows.all()] == ["Sari Wulandari"]


def test_a_stranger_finds_no_questions(hand_in, client_of, joko, tono, pt_maju):
    upload = hand_in(joko, pt_maju, "tersembunyi.xlsx", with_hidden_row())
    assert client_of(tono).get(f"/daftar/{upload.public_id}/tanya/").status_code in (403, 404)
