import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from payung.coverage.picture import class_of, draw_outlines, draw_tiles, share_classes, value_classes

WEST = {"type": "Polygon", "coordinates": [[[110.0, -7.0], [110.1, -7.0], [110.1, -7.1], [110.0, -7.1], [110.0, -7.0]]]}
EAST = {
    "type": "MultiPolygon",
    "coordinates": [
        [[[110.1, -7.0], [110.2, -7.0], [110.2, -7.1], [110.1, -7.1], [110.1, -7.0]]],
        [[[110.15, -6.95], [110.16, -6.95], [110.16, -6.96], [110.15, -6.95]]],
    ],
}


def test_outlines_keep_their_shape_and_stay_within_the_picture():
    drawing = draw_outlines({"w": WEST, "e": EAST})
    width, height = (int(number) for number in drawing.view_box.split()[2:])
    assert width == 1_000
    # 0.2 degrees of longitude at 7 degrees south are a little narrower than they are at the equator
    assert 0.75 < height / width < 0.77
    for outline in drawing.outlines.values():
        numbers = [float(number) for number in re.findall(r"-?[0-9.]+", outline.path)]
        assert all(0 <= x <= width for x in numbers[::2])
        assert all(0 <= y <= height for y in numbers[1::2])


def test_the_label_stands_in_the_middle_of_the_largest_part():
    drawing = draw_outlines({"w": WEST, "e": EAST})
    assert drawing.outlines["w"].x < drawing.outlines["e"].x
    assert drawing.outlines["w"].y == drawing.outlines["e"].y


def test_each_part_of_a_region_is_drawn():
    assert draw_outlines({"e": EAST}).outlines["e"].path.count("M") == 2


def test_squares_stand_where_the_arrangement_says_and_never_on_each_other():
    drawing = draw_tiles(["a", "b", "c"], [["a", "-", "b"], ["-", "c", "-"]])
    assert drawing.view_box == "0 0 300 200"
    assert (drawing.outlines["c"].x, drawing.outlines["c"].y) == (150, 150)


def test_an_arrangement_that_lacks_somebody_is_not_used():
    assert draw_tiles(["a", "b", "c", "d"], [["a", "b", "c"]]).view_box == "0 0 200 200"


@given(st.lists(st.integers(0, 100_000), max_size=60))
def test_every_value_has_its_step_and_steps_do_not_overlap(values):
    steps = value_classes(values)
    assert all(step.low <= value <= step.high for value in values if (step := class_of(value, steps)))
    assert all(one.high + 1 == other.low for one, other in pairwise(steps))
    assert [step.rank for step in steps] == list(range(len(steps)))


def test_shares_have_fixed_steps():
    steps = share_classes()
    assert [class_of(value, steps).rank for value in (0, 1, 1_999, 2_000, 9_999, 10_000)] == [0, 1, 1, 2, 5, 5]


def test_what_is_hidden_has_no_step():
    assert class_of(None, share_classes()) is None


def test_the_words_of_a_bent_region_stand_inside_of_it():
    ring = [[0, 0], [10, 0], [10, 10], [9, 10], [9, 1], [0, 1], [0, 0]]  # an L: its centre of gravity lies outside
    outline = draw_outlines({"a": {"type": "Polygon", "coordinates": [ring]}}).outlines["a"]
    across, up = (outline.x - 8) / 984 * 10, 10 - (outline.y - 8) / 984 * 10
    assert 9 < across < 10 or 0 < up < 1
