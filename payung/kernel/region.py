"""Codes of regions as Kemendagri writes them: `33`, `33.24`, `33.24.15`, `33.24.15.1001`."""

import re

_FORM = re.compile(r"[0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?")


class NotARegionError(ValueError):
    """A text that has not the form of a region's code."""


class RegionCode(str):
    """A well-formed code. It says nothing of whether such a region exists.

    >>> RegionCode("33.24.15.1001").kecamatan
    '33.24.15'
    """

    __slots__ = ()

    def __new__(cls, text: str) -> "RegionCode":
        """Refuse a text of another form with `NotARegionError`."""
        if not _FORM.fullmatch(text):
            raise NotARegionError(text)
        return super().__new__(cls, text)

    @property
    def level(self) -> int:
        """1 province, 2 kabupaten or kota, 3 kecamatan, 4 desa or kelurahan."""
        return self.count(".") + 1

    @property
    def parent(self) -> "RegionCode | None":
        """The region around it; None for a province."""
        return RegionCode(self.rsplit(".", 1)[0]) if "." in self else None

    @property
    def kabupaten(self) -> "RegionCode":
        """The regency part of a code of level 2 or deeper."""
        return RegionCode(self[:5])

    @property
    def kecamatan(self) -> "RegionCode":
        """The district part of a code of level 3 or deeper."""
        return RegionCode(self[:8])

    @property
    def is_kelurahan(self) -> bool:
        """Whether a village-level code names a kelurahan (its last part begins with 1) and not a desa."""
        return self.level == 4 and self[9] == "1"
