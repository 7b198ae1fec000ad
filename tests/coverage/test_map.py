import pytest

from payung.access.errors import NotPermittedError
from payung.coverage.selectors import map_of
from payung.coverage.selectors.maps import _arrangements
from payung.registry.models import Region, RegionBoundary
from payung.registry.services.regions import load_regions
from tests.coverage.conftest import NOVEMBER
from tests.coverage.people import KENDAL
from tests.coverage.test_picture import EAST, WEST

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def outline(*codes: str, clock) -> None:
    for code, geometry in zip(codes, (WEST, EAST, WEST), strict=False):
        RegionBoundary.objects.create(region_id=code, geometry=geometry, source="uji", imported_at=clock.now())


def test_without_outlines_each_kecamatan_is_a_square(counted):
    picture = map_of(KENDAL, month=NOVEMBER)
    assert not picture.has_boundaries
    assert [(shape.label, shape.value, shape.css) for shape in picture.shapes] == [
        ("Kaliwungu", 12, "map-1"),
        ("Kota Kendal", None, "map-hidden"),
        ("Ngampel", None, "map-hidden"),
    ]
    assert picture.has_hidden


def test_kendals_squares_have_a_place_each(db):
    load_regions(within=KENDAL)
    kecamatan = set(Region.objects.filter(parent_id=KENDAL).values_list("code", flat=True))
    placed = [code for row in _arrangements()[KENDAL] for code in row if not code.endswith("--")]
    assert (len(kecamatan), set(placed), len(placed)) == (20, kecamatan, 20)


def test_with_outlines_the_regions_are_drawn_as_they_are(counted, clock, rina):
    outline("33.24.08", "33.24.15", "33.24.19", clock=clock)
    picture = map_of(KENDAL, month=NOVEMBER, viewer=rina)
    assert picture.has_boundaries
    assert [shape.value for shape in picture.shapes] == [12, 11, 0]
    assert picture.shapes[1].path.count("Z") == 2


def test_a_map_with_holes_is_not_drawn(counted, clock):
    outline("33.24.08", clock=clock)
    assert not map_of(KENDAL, month=NOVEMBER).has_boundaries


def test_the_villages_of_a_kecamatan_are_a_map_too(counted, rina):
    picture = map_of("33.24.15", month=NOVEMBER, viewer=rina, share=True)
    assert [(shape.label, shape.value, shape.rank) for shape in picture.shapes] == [
        ("Candiroto", 10_000, 5),
        ("Sukodono", 10_000, 5),
    ]
    assert picture.is_share


def test_the_public_never_gets_the_share_of_known_workers(counted):
    assert not map_of(KENDAL, month=NOVEMBER, share=True).is_share


def test_tono_cannot_see_exact_counts_on_the_map(tono, counted):
    with pytest.raises(NotPermittedError):
        map_of(KENDAL, month=NOVEMBER, viewer=tono)
