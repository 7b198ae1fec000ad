"""Turning data into pages: Typst with our own templates and fonts, nothing from the machine, nothing from the network.

Data travel as JSON and are shown as text; they are never read as markup. PDFs are tagged (PDF/UA-1), so that a screen
reader can read them. A page takes about a millisecond; hundreds of pages belong into a job.
"""

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import typst

from payung.papers.errors import PaperError

_HERE = Path(__file__).resolve().parent
TEMPLATES = _HERE / "templates"
FONTS = _HERE / "fonts"
FONT_FAMILY = "Plus Jakarta Sans"


def render_pdf(template: str, data: dict[str, Any]) -> bytes:
    """Typeset `templates/<template>.typ` with the data, as a tagged PDF."""
    (pdf,) = _typeset(template, data, "pdf")
    return pdf


def render_png(template: str, data: dict[str, Any], *, ppi: int = 80) -> list[bytes]:
    """The same pages as pictures, for a preview."""
    return _typeset(template, data, "png", ppi)


def _typeset(template: str, data: dict[str, Any], form: Literal["pdf", "png"], ppi: int = 80) -> list[bytes]:
    try:
        made: Any = typst.compile(
            TEMPLATES / f"{template}.typ",
            root=TEMPLATES,
            font_paths=_fonts(),
            format=form,
            ppi=ppi,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            pdf_standards=["ua-1"] if form == "pdf" else [],
        )
    except typst.TypstError as error:
        # The message may quote the data: people's names do not belong into a log.
        raise PaperError(template) from error
    return list(made) if isinstance(made, Sequence) and not isinstance(made, bytes) else [made]


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
