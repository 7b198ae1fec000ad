"""Findings: opened once, judged with a reason by somebody else than whom they are about; Tono sees none."""

import json

import pytest
from click.testing import CliRunner
from django.db import IntegrityError, transaction
from django.urls import reverse

from payung.access.errors import NotPermittedError, SamePersonError
from payung.audit.models import AuditEvent
from payung.cli.findings import findings
from payung.jobs.schedule import tick
from payung.watch.errors import ReasonMissingError
from payung.watch.models import Finding, FindingReview
from payung.watch.rules.found import Found
from payung.watch.selectors import findings_visible_to
from payung.watch.services.findings import look_for_fraud, review_finding
from payung.watch.telling import RULE_NAMES, TELLERS, tell
from tests.watch.test_rules import bury, pay_for

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def finding(pt_maju, rina, wulan, agus, clock):
    """Somebody of PT Maju who was entered after their death."""
    workers = pay_for(pt_maju, 3, rina, wulan)
    bury(workers, 1, on=clock.today().replace(month=10))
    (made,) = look_for_fraud(acting_user=agus, clock=clock)
    return made


def test_a_second_run_opens_nothing_again(finding, agus, clock):
    assert look_for_fraud(acting_user=agus, clock=clock) == []
    assert Finding.objects.count() == 1


def test_the_reason_is_told_with_its_figures(finding):
    assert finding.rule == "after-death"
    assert tell(finding) == (
        "Meninggal 22 Oktober 2026; pendaftarannya dimulai 1 November 2026 dan iuran pertamanya dibayar "
        "1 November 2026."
    )


def test_every_rule_has_its_name_and_its_words():
    assert set(Finding.Rule.values) == set(RULE_NAMES) == set(TELLERS)


def test_it_is_judged_with_a_reason_and_recorded(finding, wulan, clock):
    review_finding(finding, answer="wajar", reason="akta keliru", acting_user=wulan, clock=clock)
    assert AuditEvent.objects.get(action="watch.finding.review").reason == "akta keliru"
    assert not findings_visible_to(wulan).exists()
    assert findings_visible_to(wulan, state="wajar").get().answer == "wajar"
    review_finding(finding, answer="ditindaklanjuti", reason="ternyata benar", acting_user=wulan, clock=clock)
    assert findings_visible_to(wulan, state="ditindaklanjuti").count() == 1
    assert not findings_visible_to(wulan, state="wajar").exists()


@pytest.mark.parametrize(("answer", "reason"), [("wajar", "  "), ("bukan", "x"), ("", "x")])
def test_without_a_reason_or_a_known_answer_it_is_refused(answer, reason, finding, wulan, clock):
    with pytest.raises(ReasonMissingError):
        review_finding(finding, answer=answer, reason=reason, acting_user=wulan, clock=clock)
    assert not FindingReview.objects.exists()


def test_whom_it_is_about_cannot_judge_it(wulan, clock, monkeypatch, agus):
    about = Found("x", "access.user", wulan.actor.id, "Wulan", {"people": 1}, (wulan.actor.id,))
    monkeypatch.setattr("payung.watch.services.findings.RULES", {"one-phone": lambda _day: [about]})
    (made,) = look_for_fraud(acting_user=agus, clock=clock)
    with pytest.raises(SamePersonError):
        review_finding(made, answer="wajar", reason="saya sendiri", acting_user=wulan, clock=clock)
    review_finding(made, answer="wajar", reason="diperiksa", acting_user=agus, clock=clock)


@pytest.mark.usefixtures("finding")
def test_findings_and_what_was_said_of_them_never_change(wulan, clock):
    review_finding(Finding.objects.get(), answer="wajar", reason="x", acting_user=wulan, clock=clock)
    for model in (FindingReview, Finding):
        with pytest.raises(IntegrityError, match="append only"), transaction.atomic():
            model.objects.update(**{"reason": "y"} if model is FindingReview else {"label": "y"})
        with pytest.raises(IntegrityError, match="append only"), transaction.atomic():
            model.objects.all()._raw_delete(model.objects.db)


def test_the_pages_show_it_and_take_the_answer(finding, client_of, wulan):
    browser = client_of(wulan)
    listed = browser.get(reverse("findings")).content.decode()
    assert "Didaftarkan sesudah meninggal" in listed
    page = reverse("finding", args=[finding.public_id])
    assert "Meninggal 22 Oktober 2026" in browser.get(page).content.decode()
    told = browser.post(f"{page}tinjau/", {"answer": "wajar", "reason": ""}, follow=True).content.decode()
    assert "tuliskan alasannya" in told
    told = browser.post(f"{page}tinjau/", {"answer": "wajar", "reason": "akta keliru"}, follow=True).content.decode()
    assert "akta keliru" in told
    assert "Tidak ada temuan" in browser.get(reverse("findings")).content.decode()
    assert (
        finding.label
        in browser.get(reverse("findings"), {"keadaan": "wajar", "aturan": "after-death"}).content.decode()
    )


def test_the_commands_look_list_and_judge(finding):
    def run(*arguments):
        result = CliRunner().invoke(findings, [*arguments, "--json"])
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    assert run("look") == {"new": []}
    (listed,) = run("list")["findings"]
    assert listed["why"].startswith("Meninggal")
    run("review", listed["id"], "--answer", "wajar", "--reason", "akta keliru")
    assert run("list") == {"findings": []}


def test_it_is_done_every_night(clock):
    assert "watch.findings" in tick(clock=clock)


def test_tono_cannot_see_judge_or_look(finding, client_of, tono, clock):
    browser, page = client_of(tono), reverse("finding", args=[finding.public_id])
    assert [browser.get(reverse("findings")).status_code, browser.get(page).status_code] == [403, 403]
    assert browser.post(f"{page}tinjau/", {"answer": "wajar", "reason": "x"}).status_code == 403
    with pytest.raises(NotPermittedError):
        review_finding(finding, answer="wajar", reason="x", acting_user=tono, clock=clock)
    with pytest.raises(NotPermittedError):
        look_for_fraud(acting_user=tono, clock=clock)
    with pytest.raises(NotPermittedError):
        findings_visible_to(tono)
    refused = CliRunner().invoke(findings, ["list", "--as", "tono-petugas_perusahaan@contoh.example"])
    assert refused.exit_code == 1


def test_it_waits_among_the_tasks_of_who_may_judge_until_somebody_has(finding, client_of, wulan, dewi, clock):
    home, words = reverse("beranda"), "Tinjau 1 temuan"
    assert words in client_of(wulan).get(home).content.decode()
    assert words not in client_of(dewi).get(home).content.decode()
    review_finding(finding, answer="wajar", reason="akta keliru", acting_user=wulan, clock=clock)
    assert words not in client_of(wulan).get(home).content.decode()
