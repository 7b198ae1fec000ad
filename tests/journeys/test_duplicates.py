"""Tinjau kembar: Rina answers with the keyboard alone, Wulan confirms, and takes the two apart again."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.program import Program
from tests.journeys.steps import fill, gets_nowhere, here, people_of, press, protected, says

pytestmark = pytest.mark.journey

KECAMATAN = "33.24.19"


def the_same_people_again(rows: list[dict[str, str]], path: Path) -> Path:
    """Two of the people once more, the last digit of their NIK mistyped."""
    again = [row | {"nik": f"{row['nik'][:15]}{(int(row['nik'][15]) + 5) % 10}"} for row in rows[:2]]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(again[0]))
        writer.writeheader()
        writer.writerows(again)
    return path


def test_rina_decides_with_the_keyboard_wulan_confirms_and_takes_them_apart(
    program: Program,
    sign_in: Callable[[str], Page],
    add_person: Callable[..., str],
    look: Callable[[Page, str], None],
    tmp_path: Path,
):
    protected(program, "KEMBAR", KECAMATAN, 3, tmp_path)
    _, rows = people_of(KECAMATAN, 3, tmp_path)
    program.cli("intake", str(the_same_people_again(rows, tmp_path / "susulan.csv")), "--apply")
    rina = sign_in(add_person("rina", "petugas_dinas"))
    wulan = sign_in(add_person("wulan", "penyetuju_dinas"))
    tono = sign_in(add_person("tono", "petugas_perusahaan", "KEMBAR", at="kembar.example"))

    rina.goto("/beranda/")
    rina.get_by_role("main").get_by_role("link", name="Tinjau 2 pasangan").click()
    says(rina, "orang kedua perlu memastikannya")
    says(rina, "berbeda 1 angka")
    look(rina, "kembar")
    first = rina.locator(".pair-list [aria-current]").inner_text()
    rina.keyboard.press("ArrowDown")
    expect(rina.locator(".pair-list [aria-current]")).not_to_have_text(first)
    rina.keyboard.press("1")
    with rina.expect_response(lambda answer: "menunggu" in (answer.request.post_data or "")):
        rina.keyboard.type("menunggu KTP")
    expect(rina.locator("[data-draft-state]")).to_have_text("Draf tersimpan.")
    rina.reload()
    expect(rina.locator("[name=reason]")).to_have_value("menunggu KTP")
    expect(rina.locator("[name=answer][value=same]")).to_be_checked()
    pair = here(rina)
    rina.keyboard.press("1")
    rina.keyboard.press("Enter")
    says(rina, "Tersimpan. Orang kedua perlu memastikannya")

    gets_nowhere(tono, reads=["/kembar/", pair], writes=[f"{pair}{do}/" for do in ("putusan", "draf", "pisahkan")])
    gets_nowhere(rina, writes=[f"{pair}pisahkan/"])

    wulan.goto(pair)
    says(wulan, "Rina menjawab: Satu orang yang sama")
    look(wulan, "kembar-orang-kedua")
    fill(wulan, answer="same", reason="KTP dilihat: orangnya sama")
    press(wulan, "Simpan putusan")
    says(wulan, "mewakili keduanya")
    wulan.goto(pair)
    says(wulan, "Sudah digabung")
    look(wulan, "kembar-digabung")
    wulan.get_by_role("main").get_by_text("Pisahkan lagi").click()
    wulan.locator("main .confirm-body [name=reason]").fill("Ternyata saudara kembar")
    press(wulan, "Pisahkan kedua data")
    says(wulan, "kembali seperti sebelum digabung")
    says(wulan, "Ternyata saudara kembar")
    program.cli("check")
