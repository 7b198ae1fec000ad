"""`make test` counts what happened and calls a red run red."""

from tools.run_tests import NOTHING_COLLECTED, RUNS, Outcome, _read_report

REPORT = """<testsuites><testsuite>
<testcase classname="tests.store.test_bulk" name="test_rows_arrive" />
<testcase classname="tests.store.test_bulk" name="test_nothing_is_lost"><failure message="1 != 2" /></testcase>
<testcase classname="tests.journeys.test_start" name="test_it"><skipped message="Chromium is missing" /></testcase>
</testsuite></testsuites>"""


def test_report_is_counted_by_name(tmp_path):
    report = tmp_path / "report.xml"
    report.write_text(REPORT)
    outcome = _read_report(RUNS[0], 1, 2.0, report)
    assert outcome.passed == 1
    assert outcome.failed == ("tests.store.test_bulk::test_nothing_is_lost",)
    assert outcome.skipped == (("tests.journeys.test_start::test_it", "Chromium is missing"),)
    assert not outcome.is_green


def test_run_without_a_report_has_failed(tmp_path):
    assert not _read_report(RUNS[0], 0, 2.0, tmp_path / "none.xml").is_green


def test_run_that_found_no_test_has_failed():
    assert not Outcome(RUNS[0], NOTHING_COLLECTED, 1.0).is_green
