"""Which of a workbook's styles cross a cell out: struck through, or red. Runs in the reading process."""

import re

_FONTS = re.compile(rb"<(?:\w+:)?fonts\b.*?</(?:\w+:)?fonts>", re.DOTALL)
_FONT = re.compile(rb"<(?:\w+:)?font(?:\s[^>]*)?(?:/>|>(.*?)</(?:\w+:)?font>)", re.DOTALL)
_FILLS = re.compile(rb"<(?:\w+:)?fills\b.*?</(?:\w+:)?fills>", re.DOTALL)
_FILL = re.compile(rb"<(?:\w+:)?fill(?:\s[^>]*)?(?:/>|>(.*?)</(?:\w+:)?fill>)", re.DOTALL)
_FORMATS = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_FORMAT = re.compile(rb"<(?:\w+:)?xf\b([^>]*)>")
_FONT_OF = re.compile(rb'\bfontId="([0-9]+)"')
_FILL_OF = re.compile(rb'\bfillId="([0-9]+)"')
_STRUCK = re.compile(rb'<(?:\w+:)?strike(?:\s+val="(?:1|true)")?\s*/>')
_COLOUR = re.compile(rb'<(?:\w+:)?(?:color|fgColor)\b[^>]*\brgb="(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})"')
_RED_FROM, _OTHERS_TO = 0xC0, 0x40


def crossed_out_styles(xml: bytes) -> frozenset[bytes]:
    """The numbers of the cell formats that strike out or paint red, as the sheet writes them."""
    fonts = {place for place, each in enumerate(_inside(_FONTS, _FONT, xml)) if _STRUCK.search(each) or _is_red(each)}
    fills = {place for place, each in enumerate(_inside(_FILLS, _FILL, xml)) if _is_red(each)}
    if not fonts and not fills:
        return frozenset()
    return frozenset(
        b"%d" % place
        for place, attributes in enumerate(_inside(_FORMATS, _FORMAT, xml))
        if _number(_FONT_OF, attributes) in fonts or _number(_FILL_OF, attributes) in fills
    )


def _inside(block: re.Pattern[bytes], each: re.Pattern[bytes], xml: bytes) -> list[bytes]:
    found = block.search(xml)
    return each.findall(found[0]) if found else []


def _number(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    return int(found[1]) if found else 0


def _is_red(xml: bytes) -> bool:
    for colour in _COLOUR.findall(xml):
        red, green, blue = bytes.fromhex(colour.decode())
        if red >= _RED_FROM and green <= _OTHERS_TO and blue <= _OTHERS_TO:
            return True
    return False
