"""A grid as a web page that is named like a workbook: the way OpenSID and many portals export."""

from collections.abc import Sequence
from html import escape

from tests.bad_input.grids import Grid


def as_web_page(grid: Grid, *, above: Sequence[str] = (), encoding: str = "utf-8") -> bytes:
    """Write the page, with its style for texts and what stands above the table."""
    head = "".join(_cell(cell, "th") for cell in grid.rows[0])
    rows = ("".join(_cell(cell, "td") for cell in row) for row in grid.rows[1:])
    letterhead = "".join(f"<h3>{escape(line)}</h3>" for line in above)
    body = "".join(f"<tr>{row}</tr>\n" for row in rows)
    return (
        f'<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset={encoding}">'
        '<style>td { mso-number-format:"\\@"; }</style></head>'
        f"<body>{letterhead}<table border=1><thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table>"
        "</body></html>"
    ).encode(encoding)


def _cell(cell: object, tag: str) -> str:
    return f"<{tag}>{escape(str(cell)) if cell is not None else '&nbsp;'}</{tag}>"
