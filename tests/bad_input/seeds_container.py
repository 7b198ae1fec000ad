"""Cases 100 to 116 and 121 to 125: what a file is, whatever it is called, and what it would do to a careless reader."""

import io
import zipfile
from collections.abc import Iterator

import msoffcrypto.format.ooxml

from tests.bad_input.binary_workbooks import xls, xlsb
from tests.bad_input.grids import Grid, Num, delimited, ods, xlsx
from tests.bad_input.people import SARI, TINI, list_of
from tests.bad_input.seeds import Answer, Seed, seed
from tests.bad_input.web_pages import as_web_page
from tests.bad_input.zips import directory, end_record, entry, overlapping, parts_of, with_parts, zipped

LIST = list_of(SARI, TINI)
BOTH = {2: "accepted", 3: "accepted"}
BOOK = "xl/workbook.xml"
SHEET = "xl/worksheets/sheet1.xml"


def _as_it_is(number: int, name: str, answer: Answer, grid: Grid) -> Seed:
    """A seed whose layout is the case itself: mutations that lay it out anew would make another case of it."""
    return Seed(number, name, xlsx(grid), answer, f"{name}.xlsx")


@seed(100)
def old_workbooks() -> Iterator[Seed]:
    yield Seed(100, "xls", xls(LIST), Answer("A", fates=BOTH), "daftar.xls")
    numeric = list_of(SARI | {"nik": Num(SARI["nik"])}, TINI)
    fates = {2: "repair:nik-typed-as-number", 3: "accepted"}
    yield Seed(100, "xls-with-a-number", xls(numeric), Answer("Q", fates=fates), "daftar.xls")
    yield Seed(100, "xlsb", xlsb(LIST), Answer("A", fates=BOTH), "daftar.xlsb")


@seed(101)
def web_pages_named_like_workbooks() -> Iterator[Seed]:
    told = ("note:read-as-web-page",)
    yield Seed(101, "one-table", as_web_page(LIST), Answer("A", fates=BOTH, told=told), "daftar.xls")
    framed = (
        as_web_page(LIST).replace(b"<body>", b"<body><table><tr><td>").replace(b"</body>", b"</td></tr></table></body>")
    )
    yield Seed(101, "table-in-a-table", framed, Answer("A", fates=BOTH), "daftar.xls")
    two = as_web_page(LIST).replace(b"</body>", as_web_page(LIST) + b"</body>")
    yield Seed(101, "two-tables", two, Answer("R", "file:web-page"), "daftar.xls")
    yield Seed(
        101, "no-table", b"<html><body>Sesi Anda berakhir.</body></html>", Answer("R", "file:web-page"), "daftar.xls"
    )
    archive = b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n--x\nNIK;Nama\n"
    yield Seed(101, "web-archive", archive, Answer("R", "file:web-page"), "daftar.xls")


@seed(102)
def text_named_like_a_workbook() -> Iterator[Seed]:
    told = ("note:read-as-text",)
    for encoding in ("utf-16", "utf-16-le", "utf-8"):
        text = delimited(LIST, separator="\t", encoding=encoding)
        yield Seed(102, f"tabs-in-{encoding}", text, Answer("A", fates=BOTH, told=told), "daftar.xls")


@seed(103)
def named_like_another_format() -> Iterator[Seed]:
    answer = Answer("A", fates=BOTH)  # that it is told: test_container.py
    yield Seed(103, "csv-named-xlsx", delimited(LIST, separator=";"), answer, "daftar.xlsx")
    yield Seed(103, "xlsx-named-csv", xlsx(LIST), answer, "daftar.csv")
    yield Seed(103, "ods-named-xlsx", ods(LIST), answer, "daftar.xlsx")


@seed(104)
def under_a_password() -> Iterator[Seed]:
    locked = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(xlsx(LIST))).encrypt("rahasia", locked)
    yield Seed(104, "locked-workbook", locked.getvalue(), Answer("R", "file:password"))
    content = bytearray(zipped(parts_of(xlsx(LIST))))
    at = -1
    while (at := content.find(b"PK\x01\x02", at + 1)) >= 0:
        content[at + 8] |= 1
    yield Seed(104, "locked-zip", bytes(content), Answer("R", "file:password"))


@seed(105)
def macros() -> Iterator[Seed]:
    refused = Answer("R", "file:macros")
    vba = {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)}
    yield Seed(105, "xlsm", with_parts(xlsx(LIST), added=vba), refused, "daftar.xlsm")
    yield Seed(105, "xlsb-with-macros", xlsb(LIST, more=vba), refused, "daftar.xlsb")
    sheet = {"xl/macrosheets/sheet1.xml": "<xm:macrosheet/>"}
    yield Seed(105, "macros-of-excel-4", with_parts(xlsx(LIST), added=sheet), refused, "daftar.xlsx")
    old = xls(LIST) + "_VBA_PROJECT".encode("utf-16-le")
    yield Seed(105, "xls-with-macros", old, refused, "daftar.xls")


@seed(106)
def opendocument() -> Iterator[Seed]:
    yield Seed(106, "ods", ods(LIST), Answer("A", fates=BOTH), "daftar.ods")
    tail = (
        '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="1024"/>'
        "</table:table-row></table:table>"
    )
    padded = with_parts(ods(LIST), {"content.xml": ("</table:table>", tail, 1)})
    yield Seed(106, "ods-padded-to-the-last-cell", padded, Answer("A", fates=BOTH), "daftar.ods")


@seed(107)
def as_other_programs_write() -> Iterator[Seed]:
    plain = xlsx(LIST)
    texts = [cell for row in LIST.rows for cell in row]
    shared = "".join(f"<si><t>{text}</t></si>" for text in texts)
    rich = "".join(
        f"<si><r><t>{str(text)[:4]}</t></r><r><rPr><b/></rPr><t>{str(text)[4:]}</t></r></si>" for text in texts
    )
    for name, strings in (("shared-texts", shared), ("texts-in-pieces", rich)):
        yield Seed(107, f"google-sheets-{name}", _with_shared(plain, strings), Answer("A", fates=BOTH))
    prefixed = parts_of(plain)
    for part in (BOOK, SHEET):
        prefixed[part] = _prefixed(prefixed[part])
    yield Seed(107, "names-with-a-prefix", zipped(prefixed), Answer("A", fates=BOTH))
    yield Seed(107, "stored-not-packed", zipped(parts_of(plain), zipfile.ZIP_STORED), Answer("A", fates=BOTH))


def _with_shared(content: bytes, strings: str) -> bytes:
    """The workbook with its texts in a table of their own, as most programs keep them."""
    parts = parts_of(content)
    sheet, number = parts[SHEET].decode(), 0
    while (start := sheet.find(' t="inlineStr"><is>')) >= 0:
        end = sheet.index("</is>", start) + len("</is>")
        sheet = f'{sheet[:start]} t="s"><v>{number}</v>{sheet[end:]}'
        number += 1
    parts[SHEET] = sheet.encode()
    names = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{names}">{strings}</sst>'.encode()
    relation = (
        '<Relationship Id="rId9" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" '
        'Target="sharedStrings.xml"/></Relationships>'
    )
    rels = "xl/_rels/workbook.xml.rels"
    parts[rels] = parts[rels].replace(b"</Relationships>", relation.encode())
    return zipped(parts)


def _prefixed(xml: bytes) -> bytes:
    """The same XML with a prefix before each name, as Microsoft's own library writes it."""
    head, _, body = xml.partition(b"?>")
    body = body.replace(b"</", b"\0").replace(b"<", b"<x:").replace(b"\0", b"</x:").replace(b" xmlns=", b" xmlns:x=")
    return head + b"?>" + body


@seed(108)
def zip_bombs() -> Iterator[Seed]:
    refused = Answer("R", "file:too-much-inside")
    bomb = zipped(parts_of(xlsx(LIST)) | {"xl/media/image1.bin": bytes(_BOMB)})
    yield Seed(108, "bomb", bomb, refused)
    yield Seed(108, "bomb-that-lies-of-its-size", _lying(bomb), Answer("R", "file:damaged"))
    many = {f"xl/media/{number}.xml": b"x" for number in range(600)}
    yield Seed(108, "too-many-entries", zipped(parts_of(xlsx(LIST)) | many), refused)


_BOMB = 30_000_000  # 30 KB packed: what unpacks to a thousand times its size holds no list


def _lying(content: bytes) -> bytes:
    """The bomb with a modest size written in its directory."""
    size = _BOMB.to_bytes(4, "little")
    return content.replace(size, (1_000).to_bytes(4, "little"))


@seed(109)
def zips_within_zips() -> Iterator[Seed]:
    nested = zipped({"daftar.xlsx": xlsx(LIST)})
    yield Seed(109, "zip-in-a-zip", nested, Answer("R", "file:archive"), "daftar.zip")
    parts = parts_of(xlsx(LIST))
    yield Seed(109, "overlapping-entries", overlapping(parts, 50), Answer("R", "file:unsafe"))
    twice = b"".join(made for made, _ in (entry(b"xl/workbook.xml", b"<w/>"), entry(b"xl/workbook.xml", b"<v/>")))
    (one, told), (_, again) = entry(b"xl/workbook.xml", b"<w/>"), entry(b"xl/workbook.xml", b"<v/>")
    listed = directory([(told, 0), (again, len(one))])
    same = twice + listed + end_record(2, len(listed), len(twice))
    yield Seed(109, "two-entries-of-one-name", same, Answer("R", "file:unsafe"))


@seed(110)
def a_billion_laughs() -> Seed:
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    bad = with_parts(xlsx(LIST), {SHEET: ("<worksheet", f"{laughs}<worksheet", 1)})
    return Seed(110, "entities", bad, Answer("R", "file:unsafe"))


@seed(111)
def entities_from_outside() -> Iterator[Seed]:
    for name, address in (("file", "file:///etc/passwd"), ("network", "http://127.0.0.1:9/x")):
        declared = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{address}">]>'
        bad = with_parts(xlsx(LIST), {SHEET: ("<worksheet", f"{declared}<worksheet", 1)})
        yield Seed(111, f"entity-from-the-{name}", bad, Answer("R", "file:unsafe"))


@seed(112)
def names_that_lead_outside() -> Iterator[Seed]:
    refused = Answer("R", "file:unsafe")
    for name, path in (("upwards", "../../etc/cron.d/x"), ("absolute", "/etc/passwd"), ("drive", "C:\\x.txt")):
        yield Seed(112, name, with_parts(xlsx(LIST), added={path: "x"}), refused)
    out = io.BytesIO(xlsx(LIST))
    with zipfile.ZipFile(out, "a") as archive:
        link = zipfile.ZipInfo("xl/media/image1.png")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    yield Seed(112, "symbolic-link", out.getvalue(), refused)


@seed(113)
def broken_off() -> Iterator[Seed]:
    whole = xlsx(LIST)
    yield Seed(113, "half-a-workbook", whole[: len(whole) // 2], Answer("R", "file:damaged"))
    yield Seed(113, "nothing", b"", Answer("R", "file:empty"))
    yield Seed(113, "blanks-alone", b"\r\n \r\n", Answer("R", "file:empty"), "daftar.csv")
    old = xls(LIST)
    yield Seed(113, "half-an-old-workbook", old[: len(old) // 3], Answer("R", "file:damaged"), "daftar.xls")


@seed(114)
def two_files_in_one() -> Iterator[Seed]:
    whole = xlsx(LIST)
    page = as_web_page(list_of(TINI))
    yield Seed(114, "page-before-a-workbook", page + whole, Answer("R", "file:unsafe"))
    yield Seed(114, "page-behind-a-workbook", whole + page, Answer("R", "file:unsafe"))
    yield Seed(114, "paper-before-a-workbook", b"%PDF-1.7\n" + whole, Answer("R", "file:pdf"))
    yield Seed(114, "two-workbooks", whole + xlsx(list_of(TINI)), Answer("R", "file:unsafe"))
    yield Seed(114, "paper-behind-a-workbook", whole + b"%PDF-1.7\n%%EOF", Answer("R", "file:unsafe"))


@seed(115)
def a_number_of_five_thousand_digits() -> Iterator[Seed]:
    fates = {2: "repair:nik-missing", 3: "accepted"}
    grid = list_of(SARI | {"nik": Num("9" * 5_000)}, TINI)
    yield _as_it_is(115, "five-thousand-digits", Answer("Q", fates=fates), grid)
    text = list_of(SARI | {"nik": "9" * 5_000}, TINI)
    yield _as_it_is(
        115, "five-thousand-digits-as-text", Answer("Q", fates={2: "repair:nik-length", 3: "accepted"}), text
    )


@seed(116)
def a_million_unused_texts() -> Seed:
    unused = "".join(f"<si><t>{number:x}</t></si>" for number in range(10_000)) * 100
    names = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    texts = f'<sst xmlns="{names}">{unused}</sst>'
    return Seed(
        116,
        "a-million-unused-texts",
        with_parts(xlsx(LIST), added={"xl/sharedStrings.xml": texts}),
        Answer("A", fates=BOTH),
    )


@seed(121)
def one_endless_line() -> Iterator[Seed]:
    yield Seed(
        121, "as-long-as-a-file-may-be", b"NIK;Nama;" * 2_000_000, Answer("R", "file:too-many-columns"), "daftar.csv"
    )


@seed(122)
def names_that_people_give_files() -> Iterator[Seed]:
    names = {
        "line-break": "daftar\r\nSet-Cookie: x=1.xlsx",
        "upwards": "../../../etc/passwd.xlsx",
        "right-to-left": "daftar\u202excod.xlsx",
        "three-hundred-letters": "d" * 300 + ".xlsx",
        "nothing": "",
    }
    for name, file_name in names.items():
        yield Seed(122, name, xlsx(LIST), Answer("K", fates=BOTH), file_name)


@seed(123)
def the_same_file_twice() -> Seed:
    # That nothing changes the second time is held by tests/bad_input/test_container.py, on the real services.
    return Seed(123, "once-more", xlsx(LIST), Answer("K", fates=BOTH))


@seed(124)
def pictures_and_papers() -> Iterator[Seed]:
    starts = {
        "photo": (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "file:picture"),
        "screenshot": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "file:picture"),
        "phone-photo": (b"\x00\x00\x00\x18ftypheic", "file:picture"),
        "scan": (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", "file:pdf"),
    }
    for name, (start, code) in starts.items():
        yield Seed(124, name, start + bytes(range(256)) * 20, Answer("R", code))


@seed(125)
def eicar() -> Iterator[Seed]:
    # No scanner is on: the file for testing scanners is refused for what it is, a line that is no list.
    halves = (rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR", rb"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*")
    yield Seed(125, "eicar", b"".join(halves), Answer("R", "file:no-header"), "daftar.csv")
    yield Seed(
        125, "eicar-in-a-zip", zipped({"eicar.com": b"".join(halves)}), Answer("R", "file:archive"), "daftar.xlsx"
    )
