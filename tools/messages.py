"""The catalogue of texts: gather, fill, compile and check, without the system's gettext.

    make messages                                           # gather new texts, drop unused ones, compile
    .venv/bin/python -m tools.messages fill < english.json  # {"Unggah": "Upload", "%(n)s baris": ["row", "rows"]}
    .venv/bin/python -m tools.messages check                # what make check asks

Source texts are Indonesian and stand in the code; `payung/locale/en` holds their English. Both files of the catalogue
are written in one fixed order without dates or line numbers, so that two people's texts merge (see `.gitattributes`;
`.venv/bin/python -m tools.messages install-merge` tells git once a clone).
"""

import argparse
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import django
from babel.messages import mofile, pofile
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "payung"
PO = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
TEMPLATES = (".html", ".txt", ".svg")
NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)
HEADER = "# English texts of Payung. Gathered and compiled by `make messages`; the order is the machine's."
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
Key = tuple[str | None, str | tuple[str, ...]]


def gathered() -> Catalog:
    """Every text that the code and the templates ask to be translated."""
    if not settings.configured:
        settings.configure(USE_I18N=True)
        django.setup()
    catalog = _empty()
    for path in sorted(PACKAGE.rglob("*")):
        if "static" in path.parts or "migrations" in path.parts:
            continue
        if path.suffix == ".py":
            _gather(catalog, path, path.read_text(encoding="utf-8"))
        elif path.suffix in TEMPLATES and "templates" in path.parts:
            _gather(catalog, path, _as_python(path))
    return catalog


def _as_python(template: Path) -> str:
    """The template's texts as calls of gettext, line by line; indentation means nothing there and would not parse."""
    source = templatize(template.read_text(encoding="utf-8"), origin=str(template.relative_to(ROOT)))
    return "\n".join(line.strip() for line in source.splitlines())


def _gather(catalog: Catalog, path: Path, source: str) -> None:
    try:
        found = list(extract("python", io.BytesIO(source.encode()), KEYWORDS, options={"encoding": "utf-8"}))
    except (SyntaxError, ValueError) as error:
        raise SystemExit(f"{path.relative_to(ROOT)}: its texts cannot be read ({error})") from error
    for _line, text, _comments, context in found:
        if text:
            catalog.add(text, context=context)


def _empty() -> Catalog:
    return Catalog(
        locale="en",
        project="Payung",
        version="1",
        header_comment=HEADER,
        creation_date=NO_DATE,
        revision_date=NO_DATE,
        last_translator="Payung",
        language_team="Payung",
        msgid_bugs_address="Payung",
        fuzzy=False,
    )


def _read(path: Path) -> Catalog:
    if not path.exists() or path.stat().st_size == 0:
        return _empty()
    with path.open("rb") as stream:
        if path.read_bytes()[:4] in (b"\xde\x12\x04\x95", b"\x95\x04\x12\xde"):
            return mofile.read_mo(stream)
        return pofile.read_po(stream, locale="en")


def _key(message: Message) -> Key:
    return message.context, message.id if isinstance(message.id, str) else tuple(message.id)


def _messages(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def _is_translated(message: Message) -> bool:
    parts = [message.string] if isinstance(message.string, str) else list(message.string)
    return all(parts) and not message.fuzzy


def po_bytes(catalog: Catalog) -> bytes:
    """The catalogue as text, in the one order."""
    out = io.BytesIO()
    pofile.write_po(out, catalog, width=120, sort_output=True, ignore_obsolete=True, no_location=True)
    return out.getvalue()


def mo_bytes(catalog: Catalog) -> bytes:
    """The catalogue compiled."""
    out = io.BytesIO()
    mofile.write_mo(out, catalog)
    return out.getvalue()


def _with_texts_of(template: Catalog, *sources: Catalog) -> Catalog:
    """The messages of `template` with the first translation that the sources have."""
    known: dict[Key, Message] = {}
    for source in reversed(sources):
        known |= {_key(message): message for message in _messages(source) if _is_translated(message)}
    result = _empty()
    for message in _messages(template):
        best = known.get(_key(message))
        result.add(message.id, best.string if best else None, context=message.context)
    return result


def _save(catalog: Catalog) -> None:
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(po_bytes(catalog))
    MO.write_bytes(mo_bytes(_read(PO)))


def update() -> int:
    """Bring the catalogue to what the code asks for and compile it; tell what still lacks English."""
    _save(_with_texts_of(gathered(), _read(PO)))
    empty = [message for message in _messages(_read(PO)) if not _is_translated(message)]
    print(f"{len(list(_messages(_read(PO))))} texts, {len(empty)} of them without English.")
    for message in empty:
        print(f"  {message.id!r}")
    return 0


def fill(stream: io.TextIOBase) -> int:
    """Take English texts from JSON, then update; texts that nobody asks for are named and left out."""
    given = json.load(stream)
    wanted, english = gathered(), _empty()
    unused = set(given)
    for message in _messages(wanted):
        first = message.id if isinstance(message.id, str) else message.id[0]
        if first not in given:
            continue
        unused.discard(first)
        text = given[first]
        if not isinstance(message.id, str):
            text = (text, text) if isinstance(text, str) else tuple(text)
        english.add(message.id, text, context=message.context)
    _save(_with_texts_of(wanted, english, _read(PO)))
    for text in sorted(unused):
        print(f"nobody asks for: {text!r}", file=sys.stderr)
    return update()


def faults() -> list[str]:
    """What is wrong with the catalogue, a line each; nothing where all is well."""
    english = {_key(message): message for message in _messages(_read(PO))}
    lines = []
    for message in _messages(gathered()):
        known = english.get(_key(message))
        if known is None or not _is_translated(known):
            lines.append(f"no English for {message.id!r}")
        elif _placeholders(known.id) != _placeholders(known.string):
            lines.append(f"placeholders differ: {known.id!r} -> {known.string!r}")
    if MO.exists() != PO.exists() or (PO.exists() and MO.read_bytes() != mo_bytes(_read(PO))):
        lines.append("the compiled catalogue is older than the text: make messages")
    return lines


def _placeholders(texts: str | list[str] | tuple[str, ...]) -> set[str]:
    parts = [texts] if isinstance(texts, str) else texts
    return {found for part in parts for found in PLACEHOLDER.findall(part)}


def check() -> int:
    """Print the faults; 1 where there are any."""
    lines = faults()
    print("\n".join(lines) or "every text has its English")
    return 1 if lines else 0


def merge(ours: Path, theirs: Path) -> int:
    """Git's merge driver: the texts of both sides; where both translated one, ours stays."""
    is_compiled = ours.read_bytes()[:4] == b"\xde\x12\x04\x95"
    left, right = _read(ours), _read(theirs)
    union = _empty()
    for message in [*_messages(left), *_messages(right)]:
        union.add(message.id, context=message.context)
    merged = _with_texts_of(union, left, right)
    ours.write_bytes(mo_bytes(merged) if is_compiled else po_bytes(merged))
    return 0


def install_merge() -> int:
    """Tell this clone's git how catalogues merge."""
    driver = ".venv/bin/python -m tools.messages merge %A %B"
    subprocess.run(["git", "config", "merge.payung-catalog.driver", driver], cwd=ROOT, check=True)
    return 0


def main() -> int:
    """`update`, `fill`, `check`, `merge` or `install-merge`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["update", "fill", "check", "merge", "install-merge"])
    parser.add_argument("files", nargs="*", type=Path)
    arguments = parser.parse_args()
    if arguments.what == "fill":
        return fill(sys.stdin)
    if arguments.what == "merge":
        return merge(*arguments.files)
    return {"update": update, "check": check, "install-merge": install_merge}[arguments.what]()


if __name__ == "__main__":
    sys.exit(main())
