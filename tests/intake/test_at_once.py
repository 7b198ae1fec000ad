"""Two uploads of one list at the same moment make one (C-2 of what must hold): real threads, own connections."""

import threading
from collections.abc import Callable

import pytest
from django.db import close_old_connections, connection

from payung.intake.models import StagedRow, Upload
from payung.intake.services import receive_upload, stage_upload
from payung.kernel.clock import FixedClock
from payung.registry.services.regions import load_occupations, load_regions
from tests.intake.formats import as_csv, as_ods, as_xlsx, people

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
ROUNDS = 3


@pytest.fixture
def regency(transactional_db):
    """Kendal, written where every connection sees it."""
    load_regions(within="33.24")
    load_occupations()


def at_once(*deeds: Callable[[], Upload]) -> list[Upload]:
    """Start deeds on a barrier, each on its own connection; give what each returned."""
    barrier = threading.Barrier(len(deeds))
    outcomes: list[object] = [None] * len(deeds)

    def run(place: int, deed: Callable[[], Upload]) -> None:
        barrier.wait(timeout=30)
        try:
            outcomes[place] = deed()
        except Exception as error:  # noqa: BLE001 - the test looks at what came out of each thread
            outcomes[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    close_old_connections()
    assert [one for one in outcomes if not isinstance(one, Upload)] == []
    return [one for one in outcomes if isinstance(one, Upload)]


@pytest.mark.usefixtures("regency")
@pytest.mark.parametrize("of_office", [False, True])
def test_the_same_file_at_once_is_one_upload(of_office: bool, pt_maju, rina, clock: FixedClock):
    sponsor = None if of_office else pt_maju
    for turn in range(ROUNDS):
        content = as_csv(people(3, first=10 * turn + 1))
        told = {"file_name": "a.csv", "sponsor": sponsor, "acting_user": rina, "clock": clock}
        found = at_once(*[lambda: receive_upload(content, **told).upload] * 4)  # noqa: B023 - ended before the next turn
        assert len({upload.pk for upload in found}) == 1
        assert Upload.objects.count() == turn + 1


@pytest.mark.usefixtures("regency")
@pytest.mark.parametrize("of_office", [False, True])
def test_the_same_rows_in_three_formats_at_once_are_one_list(of_office: bool, pt_maju, rina, clock: FixedClock):
    sponsor = None if of_office else pt_maju
    for turn in range(ROUNDS):
        rows = people(30, first=100 * turn + 1)

        def hand_in(name: str, content: bytes) -> Upload:
            received = receive_upload(content, file_name=name, sponsor=sponsor, acting_user=rina, clock=clock)
            return stage_upload(received.upload, acting_user=rina, clock=clock)

        files = {"a.csv": as_csv(rows), "a.xlsx": as_xlsx(rows[::-1]), "a.ods": as_ods(rows)}
        found = at_once(*[lambda pair=pair: hand_in(*pair) for pair in files.items()])
        kept = [upload for upload in found if upload.state == Upload.State.STAGED]
        assert len(kept) == 1
        assert {upload.repeats_id for upload in found if upload.pk != kept[0].pk} == {kept[0].pk}
        assert StagedRow.objects.filter(upload__in=found).count() == 30
