"""Dukcapil through files: NIKs as text go out, answers come back, no row is lost and none counts twice."""

import pytest

from payung.access.errors import NotPermittedError
from payung.audit.models import AuditEvent, AuditLine
from payung.enrolment.errors import AnswerRefusedError, NothingToDoError
from payung.enrolment.models import Answer, AnswerRow, DukcapilExport, Enrolment, EnrolmentEvent
from payung.enrolment.selectors import standing_of
from payung.enrolment.services import export_for_dukcapil, import_dukcapil_answer
from payung.tabular.writing import ListColumn, write_workbook
from payung.vault.files import read
from tests.enrolment.papers import cells_of, csv, workbook
from tests.enrolment.people import add_workers, jump, nik_of, propose, states

pytestmark = [pytest.mark.django_db, pytest.mark.database]
HEADINGS = ("NIK", "NAMA_LENGKAP", "HASIL")


@pytest.fixture
def verified(pt_maju, wulan, clock):
    enrolments = propose(add_workers(4, clock=clock), pt_maju, by=wulan, clock=clock)
    jump(enrolments, "verified", by=wulan, clock=clock)
    return enrolments


def _import(content, by, clock, name="jawaban.xlsx"):
    return import_dukcapil_answer(content, file_name=name, acting_user=by, clock=clock)


def _answers(*results):
    return workbook(HEADINGS, [(nik_of(place), "", result) for place, result in enumerate(results, start=1)])


def test_the_list_holds_every_nik_as_text_and_is_recorded(verified, rina, clock):
    made = export_for_dukcapil(acting_user=rina, clock=clock)
    heading, *rows = cells_of(made.content)
    assert heading[1] == "NIK"
    assert [row[1] for row in rows] == [nik_of(number) for number in (1, 2, 3, 4)]
    assert read(made.record.file_sha256) == made.content
    event = AuditEvent.objects.latest("sequence")
    assert (event.action, made.record.row_count) == ("enrolment.dukcapil.export", 4)
    line = AuditLine.objects.get(event=event, object_type="enrolment.dukcapil_export")
    assert bytes(line.after).hex() == made.record.file_sha256
    assert AuditLine.objects.filter(event=event, object_type="registry.worker.reveal").count() == 4


def test_who_was_handed_over_waits_for_dukcapil(verified, rina, clock):
    export_for_dukcapil(acting_user=rina, clock=clock)
    row = Enrolment.objects.select_related("worker", "wadah").get(pk=verified[0])
    standing = standing_of(row, on=clock.today())
    assert (standing.code, standing.who_must_act) == ("verified:di_dukcapil", "dukcapil")
    with pytest.raises(NothingToDoError):
        export_for_dukcapil(acting_user=rina, clock=clock)


def test_each_answer_takes_its_step(verified, rina, clock):
    export_for_dukcapil(acting_user=rina, clock=clock)
    done = _import(_answers("Padan", "TIDAK PADAN", "Meninggal", "pindah"), rina, clock)
    assert done.counts["applied"] == 4
    assert states(verified) == ["matched", "verified", "left", "left"]
    reasons = dict(Enrolment.objects.filter(pk__in=verified).values_list("pk", "reason"))
    assert [reasons[pk] for pk in verified] == ["", "tidak_padan", "meninggal", "pindah"]


def test_the_same_file_twice_changes_nothing_and_says_so(verified, rina, clock):
    content = _answers("Padan", "Padan")
    first = _import(content, rina, clock)
    events = EnrolmentEvent.objects.count()
    again = _import(content, rina, clock)
    assert (again.is_repeat, again.answer, again.counts) == (True, first.answer, first.counts)
    assert EnrolmentEvent.objects.count() == events
    assert Answer.objects.count() == 1


def test_the_same_rows_in_another_format_change_nothing(verified, rina, clock):
    _import(_answers("Padan", "Padan"), rina, clock)
    events = EnrolmentEvent.objects.count()
    rows = [(nik_of(2), "", "padan"), (nik_of(1), "", "padan")]
    again = _import(csv(HEADINGS, rows), rina, clock, "jawaban.csv")
    assert not again.is_repeat
    assert again.counts["repeated"] == 2
    assert EnrolmentEvent.objects.count() == events


def test_no_row_is_lost(verified, rina, clock):
    rows = [
        (nik_of(1), "Budi 1", "padan"),
        (nik_of(1), "Budi 1", "padan"),
        (nik_of(2), "Wati 2", "padan"),
        (nik_of(2), "Wati 2", "meninggal"),
        (nik_of(3), "Slamet 3", "entahlah"),
        (nik_of(99), "Orang Lain", "padan"),
        ("332409", "NIK Pendek", "padan"),
        ("", "Tanpa NIK", "padan"),
    ]
    done = _import(workbook(HEADINGS, rows), rina, clock)
    assert done.counts == {"applied": 1, "repeated": 1, "shown": 0, "refused": 3, "unknown": 3}
    assert sum(done.counts.values()) == done.answer.row_count == len(rows)
    assert AnswerRow.objects.filter(answer=done.answer).count() == len(rows)
    assert states(verified) == ["matched", "verified", "verified", "verified"]
    kept = repr(list(AnswerRow.objects.values_list("problems", "facts")))
    assert nik_of(99) not in kept
    assert "answer:contradicts" in kept


def test_a_nik_typed_as_a_number_is_nobodys(verified, rina, clock):
    content = write_workbook([ListColumn("NIK", "integer"), ListColumn("HASIL")], [(int(nik_of(1)), "padan")])
    done = _import(content, rina, clock)
    assert done.counts["unknown"] == 1
    assert AnswerRow.objects.get().problems[0]["code"] == "answer:nik-typed-as-number"
    assert states(verified)[0] == "verified"


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.4", workbook(("NAMA", "ALAMAT"), [("Sari", "Kendal")])],
    ids=["empty", "a letter", "without NIK and result"],
)
def test_a_file_that_is_no_answer_is_refused_with_its_reason(content, verified, rina, clock):
    with pytest.raises(AnswerRefusedError) as refused:
        _import(content, rina, clock)
    assert refused.value.params["problems"][0]["code"].startswith("file:")
    assert not Answer.objects.exists()


@pytest.mark.parametrize("who", ["tono", "joko", "agus", "dewi", "wulan"])
def test_tono_cannot_take_the_list_out_or_bring_an_answer(who, verified, clock, request):
    by = request.getfixturevalue(who)
    with pytest.raises(NotPermittedError):
        export_for_dukcapil(acting_user=by, clock=clock)
    with pytest.raises(NotPermittedError):
        _import(_answers("Padan"), by, clock)
    assert not DukcapilExport.objects.exists()
