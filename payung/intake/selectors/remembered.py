"""What somebody said of the columns of a form: it holds for the next list of the same organisation on that form.

A form is known by its headings in their order (`ColumnMap.form`). Only what was put right by hand is recalled; the
latest word counts.
"""

from collections.abc import Mapping
from dataclasses import replace

from payung.intake.models import Upload
from payung.kernel.problem import Problem
from payung.tabular.columns import ColumnMap

# By form: what each column holds, by its place.
Remembered = Mapping[str, Mapping[int, str | None]]
_LATEST = 50


def remembered_columns(upload: Upload) -> Remembered:
    """The columns that this organisation has put right before, form by form."""
    earlier = Upload.objects.filter(sponsor=upload.sponsor, column_map__by_hand=True).exclude(pk=upload.pk)
    found: dict[str, dict[int, str | None]] = {}
    for kept in earlier.order_by("-id").values_list("column_map", flat=True)[:_LATEST]:
        if form := kept.get("form"):
            found.setdefault(form, {each["index"]: each["field"] for each in kept["columns"]})
    return found


def recall_columns(column_map: ColumnMap, remembered: Remembered) -> ColumnMap:
    """Give the columns of a known form the fields that they were given before, and say so."""
    fields = remembered.get(column_map.form)
    if not fields or not column_map.columns:
        return column_map
    proposed = {each.index: each.field for each in column_map.columns}
    if all(fields.get(index) == name for index, name in proposed.items()):
        return column_map
    for index in proposed:
        column_map = column_map.with_field(index, None)
    for index in proposed:
        column_map = column_map.with_field(index, fields.get(index))
    return replace(column_map, problems=(*column_map.problems, Problem("note:columns-remembered")))
