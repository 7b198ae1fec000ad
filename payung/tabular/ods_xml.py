"""What calamine does not tell of an OpenDocument sheet: its hidden rows. Runs in the reading process."""

import re

_TABLE = re.compile(rb"<table:table\s[^>]*\btable:name=\"([^\"]*)\"[^>]*>(.*?)</table:table>", re.DOTALL)
_ROW = re.compile(rb"<table:table-row\b([^>]*)>")
_REPEATED = re.compile(rb'\btable:number-rows-repeated="([0-9]{1,7})"')
_HIDDEN = re.compile(rb'\btable:visibility="(?:collapse|filter)"')
_LAST_ROW = 1_048_576


def hidden_rows(xml: bytes, sheet: str) -> list[int]:
    """The numbers of hidden and filtered rows of a sheet."""
    if b"table:visibility" not in xml:
        return []
    found: list[int] = []
    for name, inside in _TABLE.findall(xml):
        if name.decode("utf-8", "replace") != sheet:
            continue
        number = 1
        for attributes in _ROW.findall(inside):
            told = _REPEATED.search(attributes)
            after = min(number + (int(told[1]) if told else 1), _LAST_ROW)
            if _HIDDEN.search(attributes):
                found += range(number, after)
            number = after
    return found
