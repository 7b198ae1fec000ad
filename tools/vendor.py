"""Fetch the parts of others' work that pages and papers ship, through npm, and write down what each file must be.

`python tools/vendor.py` fetches the pinned packages again, takes what is needed and writes the files and
`SHA256SUMS`. `python tools/vendor.py --check` only compares the committed files with their checksums.

What is taken is small on purpose: of Tabler's style sheet only the rules that Payung's pages use, of its icons only
those that `vendor_icons.txt` names, of the typeface only the
Latin letters for pages and five full TTF files for papers.
"""

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "payung/web/static/vendor"
PAPER_FONTS = ROOT / "payung/papers/fonts"
FOLDERS = (VENDOR, PAPER_FONTS)
SUMS = "SHA256SUMS"

PACKAGES = {
    "@tabler/core": ("1.6.1", "MIT"),
    "@tabler/icons": ("3.51.0", "MIT"),
    "htmx.org": ("4.0.1", "0BSD"),
    "@fontsource-variable/plus-jakarta-sans": ("5.3.0", "OFL-1.1"),
    "@expo-google-fonts/plus-jakarta-sans": ("0.4.2", "OFL-1.1 (fonts)"),
}

ICONS = (ROOT / "tools/vendor_icons.txt").read_text().split()

# Of Tabler's sheet a rule is kept when every class that it names is one of these: the parts that need no script and
# the plainest utilities. The frame's own sheet (payung/web/static/payung.css) does the rest.
KEPT_CLASSES = re.compile(
    r"""btn | btn-(primary|danger|link|sm|lg|icon|list|close|actions|outline-(primary|secondary|danger)
            |ghost-(primary|secondary|danger))
    | card | card-(body|header|title|subtitle|footer|actions|link|table|sm|md|link-pop)
    | table | table-(responsive|vcenter|sm|hover|striped|nowrap|active)
    | alert | alert-(danger|warning|info|success|title|icon|link|description|heading|important)
    | badge | badge-(sm|outline)
    | form-(label|control|select|check|check-input|check-label|check-inline|check-description|hint|text|control-sm
            |control-lg|control-plaintext|fieldset|footer|help|select-sm|select-lg) | input-(group|icon|icon-addon)
            | input-group-(text|sm|flat) | (is-)?invalid(-feedback)? | required | form-control-color
    | progress | progress-(bar|sm) | list-(unstyled|group|inline|inline-item) | list-group-(item|item-action|flush)
    | container | container-(fluid|narrow|tight|xl) | row | row-(cards|deck|cols-[1-4]) | col | col-(auto|\d+)
            | col-(md|lg)(-(auto|\d+))? | g-[0-5] | g[xy]-[0-3]
    | d-(none|block|flex|grid|inline|inline-block|inline-flex|print-none|print-block|(md|lg)-(none|block|flex))
    | flex-(row|column|wrap|nowrap|fill|grow-[01]|shrink-[01]|md-row|lg-row) | (justify-content|align-items|align-self)
            -(start|end|center|between|around|baseline|stretch) | gap-[0-5] | (row|column)-gap-[0-5]
    | [mp][tbsexy]?-([0-5]|auto) | w-(25|50|75|100|auto|full) | h-(100|auto) | mw-100
    | text-(start|end|center|nowrap|wrap|break|truncate|body|secondary|muted|danger|success|warning|primary|reset
            |decoration-none|uppercase) | fw-(normal|medium|semibold|bold) | fs-[1-6] | h[1-6] | lh-(1|sm|base)
    | border | border-(0|top|bottom|start|end) | rounded | rounded-(0|1|2|3|pill|circle)
    | position-(relative|absolute|sticky) | top-0 | overflow-(auto|hidden)
    | visually-hidden(-focusable)? | user-select-all
    | font-monospace | small | text-monospace | active | disabled | show | strong | subheader | kbd | vr | lead
    | sticky-top | vstack | hstack | ms-auto | me-auto | status-dot""",
    re.VERBOSE,
)
DARK = "[data-bs-theme=dark]"


def fetch(package: str, version: str, into: Path) -> Path:
    """Have npm fetch one package of one version and unpack it."""
    into.mkdir(parents=True)
    subprocess.run(
        ["npm", "pack", "--silent", f"{package}@{version}", "--pack-destination", str(into)],
        check=True,
        cwd=into,
        capture_output=True,
    )
    archive = next(into.glob("*.tgz"))
    shutil.unpack_archive(archive, into, filter="data")
    return into / "package"


def rules(css: str) -> list[tuple[str, str]]:
    """Split a minified sheet into its top-level (selector or at-rule, body) pairs."""
    found, start, depth, opened = [], 0, 0, 0
    quote = ""
    for at, char in enumerate(css):
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        elif char == "{":
            depth += 1
            opened = at if depth == 1 else opened
        elif char == "}":
            depth -= 1
            if depth == 0:
                found.append((css[start:opened].strip(), css[opened + 1 : at]))
                start = at + 1
        elif char == ";" and depth == 0:
            start = at + 1
    return found


def _selectors(prelude: str) -> list[str]:
    """Split a selector list at its outer commas."""
    return re.split(r",(?![^(\[]*[)\]])", prelude)


def is_kept(selector: str) -> bool:
    """Say whether a selector names only what pages use."""
    if re.search(r"data-bs-theme-|\[dir=|data-bs-toggle|:host|\.\\\\", selector):
        return False
    return all(KEPT_CLASSES.fullmatch(name) for name in re.findall(r"\.(-?[a-zA-Z_][\w-]*)", selector))


def subset(css: str) -> str:
    """Keep what pages use; let the dark theme also follow the device when no theme was chosen."""
    kept: list[str] = []
    for prelude, body in rules(css):
        if prelude.startswith(("@media", "@supports", "@layer")):
            inner = subset(body) if "print" not in prelude or "{" in body else body
            if inner and not re.search(r"min-width:(1200|1400|576)px", prelude.replace(" ", "")):
                kept.append(f"{prelude}{{{inner}}}")
            continue
        if prelude.startswith("@"):
            continue  # key frames and fonts of parts we do not have
        chosen = [one for one in _selectors(prelude) if is_kept(one)]
        if not chosen:
            continue
        kept.append(f"{','.join(chosen)}{{{body}}}")
        dark = [one for one in chosen if DARK in one]
        if dark:
            device = ",".join(_for_device(one) for one in dark)
            kept.append(f"@media (prefers-color-scheme:dark){{{device}{{{body}}}}}")
    return "".join(kept)


def _for_device(selector: str) -> str:
    """Say `dark` as `the device is dark and nothing else was chosen`."""
    if re.search(r"body\[data-bs-theme=dark\]", selector):
        return selector.replace(f"body{DARK}", ":root:not([data-bs-theme]) body")
    return selector.replace(DARK, ":root:not([data-bs-theme])")


def drop_unused_properties(css: str) -> str:
    """Drop root's custom properties that nothing left refers to, until none is left to drop."""
    smaller = _without_unused(css)
    while smaller != css:
        css, smaller = smaller, _without_unused(smaller)
    return re.sub(r"[^{}]+\{\}", "", css)


def _without_unused(css: str) -> str:
    used = set(re.findall(r"var\((--[\w-]+)", css)) | KEPT_PROPERTIES
    return re.sub(
        r"(?<=[{;])(--tblr-[\w-]+):((?:[^;{}\"']|\"[^\"]*\"|'[^']*')*)(;|(?=\}))",
        lambda found: found[0] if found[1] in used else "",
        css,
    )


KEPT_PROPERTIES = {"--tblr-primary-rgb", "--tblr-link-color", "--tblr-link-hover-color", "--tblr-bg-surface-secondary"}


def sprite(icons: Path) -> str:
    """Join the named icons into one file of symbols."""
    symbols = []
    for name in sorted(set(ICONS)):
        source = (icons / f"icons/outline/{name}.svg").read_text()
        inner = re.search(r"<svg[^>]*>(.*)</svg>", source, re.DOTALL)[1]
        inner = re.sub(r"\s+", " ", inner)
        inner = re.sub(r'<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>', "", inner)
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{inner.strip()}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def build(packages: dict[str, Path]) -> None:
    """Write each vendored file from the fetched packages."""
    tabler, fonts = packages["@tabler/core"], packages["@fontsource-variable/plus-jakarta-sans"]
    css = (tabler / "dist/css/tabler.min.css").read_text()
    licence = re.search(r"/\*!.*?\*/", css, re.DOTALL)[0]
    css = drop_unused_properties(subset(re.sub(r"/\*.*?\*/|@charset[^;]*;", "", css, flags=re.DOTALL)))
    note = "/* A subset made by tools/vendor.py; the dark theme also follows the device. */"
    _write(VENDOR / "tabler.css", f"{licence}\n{note}\n{css}\n")
    _write(VENDOR / "icons.svg", sprite(packages["@tabler/icons"]))
    _write(VENDOR / "htmx.js", re.sub(r"\n?//# sourceMappingURL=.*", "", _htmx(packages["htmx.org"])))
    shutil.copy(fonts / "files/plus-jakarta-sans-latin-wght-normal.woff2", VENDOR / "plus-jakarta-sans.woff2")
    for package, name in [("@tabler/core", "tabler"), ("@tabler/icons", "icons"), ("htmx.org", "htmx")]:
        found = next((p for p in packages[package].iterdir() if p.name.upper().startswith("LICENSE")), None)
        text = found.read_text() if found else MIT_OF_TABLER
        _write(VENDOR / f"LICENSE.{name}.txt", text)
    shutil.copy(fonts / "LICENSE", VENDOR / "LICENSE.plus-jakarta-sans.txt")
    PAPER_FONTS.mkdir(parents=True, exist_ok=True)
    expo = packages["@expo-google-fonts/plus-jakarta-sans"]
    for style in ("400Regular", "400Regular_Italic", "500Medium", "600SemiBold", "700Bold"):
        shutil.copy(
            expo / style / f"PlusJakartaSans_{style}.ttf",
            PAPER_FONTS / f"PlusJakartaSans-{style[3:].replace('Regular_', '')}.ttf",
        )
    shutil.copy(expo / "LICENSE_FONT", PAPER_FONTS / "OFL.txt")
    _write(
        VENDOR / "versions.json",
        json.dumps({k: {"version": v, "licence": c} for k, (v, c) in PACKAGES.items()}, indent=2) + "\n",
    )


MIT_OF_TABLER = """MIT License

Copyright (c) 2018-2026 The Tabler Authors

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


def _htmx(package: Path) -> str:
    return (package / "dist/htmx.min.js").read_text()


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def checksums(folder: Path) -> str:
    """Give the lines of a folder's `SHA256SUMS` for its files as they are."""
    present = (path for path in sorted(folder.iterdir()) if path.name != SUMS)
    return "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in present)


def main() -> int:
    """Fetch or check."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--check", action="store_true", help="only compare the committed files with their checksums")
    if arguments.parse_args().check:
        changed = [folder for folder in FOLDERS if (folder / SUMS).read_text() != checksums(folder)]
        for folder in changed:
            print(f"{folder.relative_to(ROOT)} differs from its {SUMS}.", file=sys.stderr)
        return 1 if changed else 0
    VENDOR.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        packages = {
            name: fetch(name, version, Path(place) / str(number))
            for number, (name, (version, _)) in enumerate(PACKAGES.items())
        }
        build(packages)
    for folder in FOLDERS:
        _write(folder / SUMS, checksums(folder))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
