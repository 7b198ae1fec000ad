"""Outlines come from a file, by code or by name, small enough to draw."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.access.errors import NotPermittedError
from payung.access.viewer import SYSTEM_VIEWER
from payung.audit.models import AuditEvent
from payung.registry.errors import BoundaryFileError
from payung.registry.geometry import NotAnOutlineError, point_count, ring_area, simplify_outline
from payung.registry.models import RegionBoundary
from payung.registry.selectors import boundaries_of
from payung.registry.services import import_boundaries

SQUARE = [[110.0, -7.0], [110.1, -7.0], [110.1, -6.9], [110.0, -6.9], [110.0, -7.0]]


def polygon(*rings):
    return {"type": "Polygon", "coordinates": list(rings)}


def file_of(*features, **more):
    rows = [{"type": "Feature", "properties": properties, "geometry": outline} for properties, outline in features]
    return json.dumps({"type": "FeatureCollection", "features": rows, **more}).encode()


def bring(content, clock):
    return import_boundaries(content, acting_user=SYSTEM_VIEWER, clock=clock)


@pytest.mark.parametrize(
    "properties",
    [
        {"code": "33.24.09.2007"},
        {"KDEPUM": "3324092007"},
        {"WADMKD": "Tosari", "WADMKC": "BRANGSONG"},
        {"desa": "Desa Tosari", "kecamatan": "Kec. Brangsong"},
        {"kode": 3324092007},
    ],
)
@pytest.mark.django_db
@pytest.mark.database
def test_a_village_is_matched_by_its_code_or_by_its_name_within_the_kecamatan(kendal, clock, properties):
    report = bring(file_of((properties, polygon(SQUARE))), clock)
    assert (report.matched, report.by_level, report.unmatched) == (1, {4: 1}, ())
    assert list(boundaries_of(kendal, level=4)) == ["33.24.09.2007"]


@pytest.mark.django_db
@pytest.mark.database
def test_what_matches_nothing_is_reported_and_the_rest_is_kept(kendal, clock):
    report = bring(
        file_of(
            ({"code": "33.24.09"}, polygon(SQUARE)),
            ({"code": "99.99.99.9999", "name": "Entah"}, polygon(SQUARE)),
            ({"name": "Tosari"}, polygon(SQUARE)),
            ({"code": "33.24.09"}, polygon(SQUARE)),
            ({"code": "33.24.15"}, {"type": "Point", "coordinates": [1, 2]}),
            (None, None),
        ),
        clock,
    )
    assert report.by_level == {3: 1}
    assert [(one.number, one.reason) for one in report.unmatched] == [
        (2, "unknown"),
        (3, "unknown"),
        (4, "twice"),
        (5, "outline"),
        (6, "outline"),
    ]
    assert report.unmatched[0].label == "99.99.99.9999 Entah"


@pytest.mark.django_db
@pytest.mark.database
def test_importing_again_replaces_and_is_recorded_with_the_credit(kendal, clock):
    bring(file_of(({"code": "33.24"}, polygon(SQUARE))), clock)
    wider = [[x + 1, y] for x, y in SQUARE]
    bring(file_of(({"code": "33.24"}, polygon(wider)), attribution="BIG 2026"), clock)
    assert RegionBoundary.objects.get().source == "BIG 2026"
    assert boundaries_of(kendal, level=2)["33.24"]["coordinates"][0][0] == [111.0, -7.0]
    events = AuditEvent.objects.filter(action="registry.boundaries.import")
    assert [event.line_count for event in events] == [1, 1]
    assert "BIG 2026" in events.last().reason


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "json"),
        (b"\xff\xfe", "json"),
        (b"[]", "collection"),
        (b'{"features": []}', "empty"),
        (b"[" * 99999, "json"),
    ],
    ids=["nothing", "bytes", "list", "empty", "deep"],
)
@pytest.mark.django_db
@pytest.mark.database
def test_a_file_without_boundaries_is_refused_by_name(clock, content, reason):
    with pytest.raises(BoundaryFileError, match=reason):
        bring(content, clock)


@pytest.mark.django_db
@pytest.mark.database
@pytest.mark.parametrize("who", ["tono", "rina"])
def test_tono_and_an_officer_cannot_bring_in_boundaries(kendal, clock, who, request):
    with pytest.raises(NotPermittedError):
        import_boundaries(
            file_of(({"code": "33.24"}, polygon(SQUARE))), acting_user=request.getfixturevalue(who), clock=clock
        )
    assert not RegionBoundary.objects.exists()


def test_points_that_the_eye_does_not_see_are_left_out():
    wavy = [[110.0 + step / 1000, -7.0 + (step % 2) / 100_000] for step in range(101)]
    ring = [*wavy, [110.1, -6.9], [110.0, -6.9], [110.0, -7.0]]
    thin = simplify_outline(polygon(ring))
    assert point_count(thin) < 8
    assert abs(ring_area(thin["coordinates"][0]) / ring_area(ring) - 1) < 0.001


def test_specks_disappear_and_the_largest_part_stays_however_small():
    speck = [[110.5 + x / 1_000_000, y] for x, y in [(0, 0), (1, 0), (1, 0.000001), (0, 0)]]
    outline = {"type": "MultiPolygon", "coordinates": [[speck], [SQUARE]]}
    assert simplify_outline(outline) == polygon(SQUARE)
    assert simplify_outline(polygon(speck))["type"] == "Polygon"


@pytest.mark.parametrize(
    "outline",
    [
        None,
        {},
        {"type": "Point", "coordinates": [110, -7]},
        polygon(),
        polygon([]),
        polygon(SQUARE[:-1]),
        polygon([[1, 2], [1, 2]]),
        polygon([*SQUARE[:4], ["a", 1], SQUARE[0]]),
        polygon([[110000.0, 7.0], [110001.0, 7.0], [110001.0, 8.0], [110000.0, 7.0]]),
        {"type": "MultiPolygon", "coordinates": []},
        {"type": "MultiPolygon", "coordinates": 7},
    ],
)
def test_what_is_no_outline_is_refused(outline):
    with pytest.raises(NotAnOutlineError):
        simplify_outline(outline)


@given(st.lists(st.tuples(st.floats(109, 111), st.floats(-8, -6)), min_size=3, max_size=60))
def test_a_simplified_ring_is_closed_and_made_of_points_that_were_there(points):
    ring = [list(point) for point in (*points, points[0])]
    thin = simplify_outline(polygon(ring))["coordinates"][0]
    assert thin[0] == thin[-1]
    assert len(thin) >= 4
    assert {tuple(point) for point in thin} <= {(round(x, 5), round(y, 5)) for x, y in points}
