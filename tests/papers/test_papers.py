"""Each paper is typeset for real and read back."""

import re
from datetime import date
from pathlib import Path

import pytest

from payung.kernel.month import Month
from payung.papers.annexes import Annex, DeterminedPerson, annex_pdf
from payung.papers.codes import new_check_code
from payung.papers.errors import NikOnPaperError, PaperError
from payung.papers.letterhead import Contacts, Letterhead, Signer, office_letterhead
from payung.papers.minutes import Minutes, VerifiedPerson, minutes_pdf
from payung.papers.notices import Notice, NoticeLine, notice_data, notice_pdf
from payung.papers.slips import Slip, receipts_pdf, slips_data, slips_pdf
from payung.papers.typesetting import render_pdf, render_png
from tests.papers.pdf_text import page_count, pdf_text

ON = date(2026, 11, 22)
HEAD = Letterhead(address="Jalan Contoh 1")
MASKED = "3324••••••••0003"


def notice(**changed: object) -> Notice:
    facts: dict[str, object] = {
        "number": "0002/PI/PAYUNG/XI/2026",
        "issued_on": ON,
        "to": "PT Maju",
        "address": "Jalan Raya Kaliwungu 5",
        "fund": "CSR",
        "basis": "Surat komitmen 12/2026",
        "dasar_upah_rp": 1_000_000,
        "programmes": "JKK dan JKM",
        "lines": [
            NoticeLine(Month.of_year(2026, 12), 250, 8_400, "PP 36/2025 Pasal 2"),
            NoticeLine(Month.of_year(2027, 1), 250, 16_800, "PP 44/2015 Pasal 54"),
        ],
        "signer": Signer("Kepala Bidang", "Wulan", "19870101 201001 2 001"),
    }
    return Notice(**(facts | changed))


def slip(name: str = "Sari", village: str = "Kutoharjo", nik: str = MASKED) -> Slip:
    code = new_check_code()
    return Slip(
        name=name,
        masked_nik=nik,
        occupation="Pedagang asongan",
        village=village,
        kecamatan="Kaliwungu",
        programmes=("JKK", "JKM"),
        protected_from=date(2026, 11, 25),
        protected_until=Month.of_year(2027, 4),
        sponsor="PT Maju",
        code=code,
        check_url=f"https://payung.kendal.example/cek/#{code}",
        kpj="26001234567",
    )


def slips(*found: Slip, is_sample: bool = False) -> bytes:
    return slips_pdf(found, issued_on=ON, letterhead=HEAD, contacts=Contacts(), is_sample=is_sample)


def test_a_notice_says_months_workers_prices_articles_total_and_words() -> None:
    text = pdf_text(notice_pdf(notice(), letterhead=HEAD))
    for part in ("PT Maju", "Desember 2026", "Rp8.400", "Rp16.800", "Rp2.100.000", "Rp4.200.000", "Rp6.300.000"):
        assert part in text
    assert "enam juta tiga ratus ribu rupiah" in text
    assert "[1] PP 36/2025 Pasal 2" in text
    assert "[2] PP 44/2015 Pasal 54" in text
    assert "DINAS PERINDUSTRIAN DAN TENAGA KERJA" in text
    assert "0002/PI/PAYUNG/XI/2026" in text


def test_a_notice_tells_that_bpjs_pay_code_is_what_is_paid() -> None:
    text = pdf_text(notice_pdf(notice(pay_code="8817001122", pay_by=date(2026, 12, 10)), letterhead=HEAD))
    assert "8817001122" in text
    assert "10 Desember 2026" in text
    assert "kode iuran" in text


def test_months_of_one_article_share_its_number() -> None:
    lines = [NoticeLine(Month.of_year(2027, month), 10, 16_800, "PP 44/2015 Pasal 54") for month in (1, 2, 3)]
    data = notice_data(notice(lines=lines), letterhead=HEAD)
    assert data["articles"] == ["PP 44/2015 Pasal 54"]
    assert [line[3] for line in data["lines"]] == ["1", "1", "1"]


def test_a_warning_stands_on_the_notice() -> None:
    text = pdf_text(notice_pdf(notice(warnings=["Tiga bulan atau kurang."]), letterhead=HEAD))
    assert "Perhatian." in text
    assert "Tiga bulan atau kurang." in text


def test_sample_data_are_marked_and_real_ones_are_not() -> None:
    assert "DATA CONTOH" in pdf_text(notice_pdf(notice(is_sample=True), letterhead=HEAD))
    assert "DATA CONTOH" not in pdf_text(notice_pdf(notice(), letterhead=HEAD))
    assert "DATA CONTOH" in pdf_text(slips(slip(), is_sample=True))


def test_the_minutes_hold_each_person_with_a_result_and_count_them() -> None:
    persons = [
        VerifiedPerson("Sari", MASKED, "Buruh tani", "RT 02/RW 03", "Sesuai"),
        VerifiedPerson("Budi", MASKED, "Nelayan", "RT 01/RW 01", "Sesuai"),
        VerifiedPerson("Siti", MASKED, "Nelayan", "RT 01/RW 01", "Pindah", "ke Semarang"),
    ]
    minutes = Minutes(
        "0001/BA-VER/PAYUNG/XI/2026",
        ON,
        "Kutoharjo",
        "Kaliwungu",
        "Balai Desa",
        "PT Maju",
        persons,
        [Signer("Kepala Desa", "Slamet"), Signer("Petugas", "Rina")],
    )
    text = pdf_text(minutes_pdf(minutes, letterhead=HEAD))
    assert "Sesuai 2 orang · Pindah 1 orang" in text
    for part in ("Sari", "Budi", "Siti", MASKED, "Minggu, 22 November 2026", "Slamet", "Rina"):
        assert part in text


def test_the_annex_holds_every_person_over_as_many_pages_as_it_takes() -> None:
    persons = [
        DeterminedPerson(f"Pekerja {n}", MASKED, date(1990, 3, 2), "Buruh tani", "Kutoharjo", "Kaliwungu")
        for n in range(1, 101)
    ]
    annex = Annex(
        "0001/PEN/PAYUNG/XI/2026",
        ON,
        "Penetapan Peserta",
        "SK Bupati 560/12/2026",
        "APBD",
        Month.of_year(2026, 12),
        6,
        persons,
        Signer("Kepala Dinas"),
        content_hash="ab" * 32,
    )
    pdf = annex_pdf(annex, letterhead=HEAD)
    text = pdf_text(pdf)
    assert all(f"Pekerja {n}" in text for n in range(1, 101))
    assert "Desember 2026 sampai Mei 2027 (6 bulan)" in text
    assert page_count(pdf) >= 3


def test_a_slip_says_what_protects_until_when_whom_to_call_and_its_code() -> None:
    found = slip()
    text = pdf_text(slips(found))
    for part in ("Sari", MASKED, "Jaminan Kecelakaan Kerja (JKK)", "April 2027", "PT Maju", "175", found.code):
        assert part in text
    assert "payung.kendal.example/cek/" in text


def test_a_village_has_sheets_of_its_own_with_eight_slips_each() -> None:
    pdf = slips(*[slip(f"Warga {n}") for n in range(9)], slip("Tetangga", village="Sarirejo"))
    assert page_count(pdf) == 3


def test_the_receipt_lists_a_village_by_name_with_room_to_sign() -> None:
    pdf = receipts_pdf(
        [slip("Sari"), slip("Budi"), slip("Siti", village="Sarirejo")],
        issued_on=ON,
        letterhead=HEAD,
        number="0001/TT/PAYUNG/XI/2026",
    )
    text = pdf_text(pdf)
    assert page_count(pdf) == 2
    assert text.index("Budi") < text.index("Sari")
    assert "Tanda tangan" in text


@pytest.mark.parametrize("nik", ["3324010203040506", "3324 0102 0304 0506"])
def test_a_whole_nik_comes_on_no_paper(nik: str) -> None:
    with pytest.raises(NikOnPaperError):
        slips(slip(nik=nik))
    with pytest.raises(NikOnPaperError):
        receipts_pdf([slip(nik=nik)], issued_on=ON, letterhead=HEAD)


def test_names_are_text_and_never_markup() -> None:
    evil = '#panic("x") *tebal* $x$ <label> \\ #read("/etc/passwd") "'
    text = pdf_text(notice_pdf(notice(to=evil), letterhead=HEAD))
    assert re.sub(r"\s", "", evil) in re.sub(r"\s", "", text)


def test_papers_are_tagged_for_screen_readers_and_name_their_language() -> None:
    pdf = notice_pdf(notice(), letterhead=HEAD)
    assert pdf.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in pdf
    assert b"/Lang(id" in pdf or b"/Lang (id" in pdf
    assert b"pdfuaid:part" in pdf


def test_only_our_own_font_is_used() -> None:
    fonts = set(re.findall(rb"/BaseFont/[A-Z]{6}\+([A-Za-z]+)", slips(slip())))
    assert fonts == {b"PlusJakartaSans"}


def test_the_same_paper_is_the_same_bytes() -> None:
    assert notice_pdf(notice(), letterhead=HEAD) == notice_pdf(notice(), letterhead=HEAD)


def test_a_template_without_its_data_fails_without_quoting_them() -> None:
    with pytest.raises(PaperError) as caught:
        render_pdf("notice", {"is_sample": False, "to": "Sari"})
    assert "Sari" not in str(caught.value)


def test_a_preview_shows_each_page_as_a_picture() -> None:
    data = slips_data([slip(f"Warga {n}") for n in range(9)], issued_on=ON, letterhead=HEAD, contacts=Contacts())
    pages = render_png("slips", data, ppi=40)
    assert [page[:4] for page in pages] == [b"\x89PNG"] * 2


def test_the_office_names_itself_in_a_file(tmp_path: Path, settings: object) -> None:
    settings.PAYUNG_HOME = tmp_path
    assert office_letterhead() == Letterhead()
    (tmp_path / "letterhead.json").write_text('{"government": "Pemerintah Kota Contoh", "warna": "biru"}')
    assert office_letterhead().government == "Pemerintah Kota Contoh"
