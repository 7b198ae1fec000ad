"""The charts for docs/."""

from xml.etree import ElementTree

from bench.charts import chart, marks

SVG = "{http://www.w3.org/2000/svg}"


def test_a_chart_is_wellformed_and_keeps_its_points_inside():
    lines = {"time & memory": [(10_000, 1.5), (100_000, 9.0), (1_000_000, 95.0)]}
    drawn = ElementTree.fromstring(chart(lines, title="<growth>", x="records", y="s", log=True))
    dots = drawn.findall(f"{SVG}circle")
    assert len(dots) == 3
    assert all(70 <= float(dot.get("cx")) <= 620 and 40 <= float(dot.get("cy")) <= 350 for dot in dots)
    assert drawn.find(f"{SVG}title").text == "<growth>"


def test_marks_are_round_and_inside():
    assert marks(0.93, 1.0, False) == [0.93, 0.94, 0.95, 0.96, 0.97, 0.98, 0.99, 1.0]
    assert marks(10_000, 1_000_000, True) == [10_000, 30_000, 100_000, 300_000, 1_000_000]


def test_a_line_of_one_value_is_drawn_too():
    assert "NaN" not in chart({"flat": [(1, 2), (2, 2)]}, title="t", x="x", y="y")
