from datetime import date

import pytest
from django.db import DatabaseError, transaction

from payung.access.errors import NotPermittedError
from payung.audit.models import AuditEvent
from payung.coverage.errors import FigureRefusedError
from payung.coverage.models import OfficialFigure
from payung.coverage.selectors import official_figures, percent_text, three_figures
from payung.coverage.services import load_known_figures, record_official_figure
from payung.kernel.funds import Keyakinan
from tests.conftest import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LETTER = {"as_of": date(2026, 10, 31), "document_on": date(2026, 11, 5), "source": "Surat BPJS B/123/112026"}


def test_kendals_informal_cover_is_four_point_one_nine_percent(rina, clock):
    load_known_figures(acting_user=rina, clock=clock)
    bpu = three_figures(TODAY).bpu
    assert (bpu.numerator.value, bpu.denominator.value, percent_text(bpu.hundredths)) == (14_177, 338_681, "4,19%")
    assert bpu.denominator.as_of == date(2025, 6, 10)
    assert bpu.confidence is Keyakinan.TINGGI


def test_what_nobody_entered_has_no_percentage(rina, clock):
    load_known_figures(acting_user=rina, clock=clock)
    program, _, ucj = three_figures(TODAY)
    assert (ucj.numerator, ucj.denominator, ucj.hundredths, ucj.is_entered) == (None, None, None, False)
    assert (ucj.target.value, program.numerator) == (5164, None)


def test_our_own_participants_are_a_figure_of_their_own(counted, rina, clock):
    load_known_figures(acting_user=rina, clock=clock)
    figures = three_figures(TODAY)
    assert (figures.program.numerator.value, figures.bpu.numerator.value) == (21, 14_177)


def test_loading_twice_enters_nothing_twice(rina, clock):
    assert load_known_figures(acting_user=rina, clock=clock) == 4
    assert load_known_figures(acting_user=rina, clock=clock) == 0


def test_a_letter_is_entered_with_both_days_by_a_name_and_into_the_record(rina, clock):
    figure = record_official_figure("bpu_aktif", 15_200, **LETTER, acting_user=rina, clock=clock)
    assert (figure.entered_by, figure.entered_label) == (rina.actor.id, rina.actor.label)
    event = AuditEvent.objects.get(action="coverage.figure.record")
    assert (event.actor_id, event.line_count) == (rina.actor.id, 1)


def test_a_figure_counts_from_the_day_of_its_paper(rina, clock):
    record_official_figure("bpu_aktif", 15_200, **LETTER, acting_user=rina, clock=clock)
    assert three_figures(date(2026, 11, 4)).bpu.numerator is None
    assert three_figures(date(2026, 11, 5)).bpu.numerator.value == 15_200


def test_entered_again_for_the_same_day_the_later_entry_counts_and_both_stay(rina, clock):
    for value in (15_200, 15_300):
        record_official_figure("bpu_aktif", value, **LETTER, acting_user=rina, clock=clock)
    assert three_figures(TODAY).bpu.numerator.value == 15_300
    assert [figure.value for figure in official_figures("bpu_aktif")] == [15_300, 15_200]


def test_a_figure_is_never_changed(rina, clock):
    figure = record_official_figure("bpu_aktif", 15_200, **LETTER, acting_user=rina, clock=clock)
    with pytest.raises(DatabaseError), transaction.atomic():
        OfficialFigure.objects.filter(pk=figure.pk).update(value=1)


@pytest.mark.parametrize(
    ("code", "kind", "value", "change"),
    [
        ("figure:kind-unknown", "bpu", 1, {}),
        ("figure:not-positive", "bpu_aktif", 0, {}),
        ("figure:source-missing", "bpu_aktif", 1, {"source": "  "}),
        ("figure:in-the-future", "bpu_aktif", 1, {"document_on": date(2026, 11, 23)}),
        ("figure:more-than-everybody", "bpu_aktif", 400_000, {}),
        ("figure:over-hundred-percent", "target_ucj_rpjmd", 10_001, {}),
    ],
)
def test_a_figure_that_cannot_be_is_refused(rina, clock, code, kind, value, change):
    load_known_figures(acting_user=rina, clock=clock)
    with pytest.raises(FigureRefusedError) as refused:
        record_official_figure(kind, value, **(LETTER | change), acting_user=rina, clock=clock)
    assert refused.value.code == code
    assert OfficialFigure.objects.count() == 4


def test_tono_cannot_enter_a_figure(tono, clock):
    with pytest.raises(NotPermittedError):
        record_official_figure("bpu_aktif", 15_200, **LETTER, acting_user=tono, clock=clock)
    assert not OfficialFigure.objects.exists()


def test_the_auditor_cannot_enter_a_figure(agus, clock):
    with pytest.raises(NotPermittedError):
        record_official_figure("bpu_aktif", 15_200, **LETTER, acting_user=agus, clock=clock)
