"""The pages of the way in, in a real browser: nothing serious for axe, nothing sideways, on a desk and on a phone."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import transaction
from playwright.sync_api import sync_playwright

from payung.contributions.services import issue_notice, record_payment
from payung.enrolment.models import Answer, Enrolment
from payung.enrolment.services import (
    Paper,
    export_batch_for_bpjs,
    import_acceptance,
    import_dukcapil_answer,
    open_round,
    prepare_determination,
)
from payung.kernel.month import Month
from tests.enrolment.papers import workbook
from tests.enrolment.people import (
    BRANGSONG,
    add_pledge,
    add_workers,
    determine_all,
    jump,
    nik_of,
    propose,
    register_all,
)
from tests.journeys.conftest import DESKTOP, FLAGS, PHONE
from tools import chromium

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]
SERIOUS = {"serious", "critical"}


@pytest.fixture
def pages(pt_maju, rina, wulan, clock):
    """Somebody at each step, and the address of each page with what stands on it."""
    given = {"acting_user": rina, "clock": clock}
    pledge = add_pledge(pt_maju, quota=40, clock=clock)
    with transaction.atomic():
        workers = add_workers(24, clock=clock)
    people = propose(workers, pt_maju, by=wulan, clock=clock, pledge=pledge)
    steps = ("verified", "matched", "checked")
    for at, state in enumerate(steps):
        with transaction.atomic():
            jump(people[: 20 - 4 * at], state, by=wulan, clock=clock)
    determine_all(pt_maju, by=rina, approver=wulan, clock=clock)
    wadah = register_all(pt_maju, by=rina, clock=clock)
    batch = export_batch_for_bpjs(wadah, **given).batch
    sent = list(Enrolment.objects.filter(state="sent").select_related("worker").order_by("pk"))
    notice = issue_notice(pledge, first_month=Month.from_text("2026-12"), months=1, **given)
    rows = [
        (nik_of(place), "Bambang" if place == 1 else row.worker.name, "Diterima", "")
        for place, row in enumerate(sent[:9], start=1)
    ]
    paper = Paper(
        workbook(("NIK", "NAMA", "STATUS", "ALASAN"), [*rows, (nik_of(99), "Orang Lain", "Diterima", "")]),
        "jawaban.xlsx",
    )
    answer = import_acceptance(batch, paper=paper, **given).answer
    record_payment(
        pt_maju,
        amount_rp=notice.total_rp,
        paid_on=clock.today(),
        proof=b"bukti",
        proof_name="bukti.pdf",
        client_key="bayar",
        notice=notice,
        **given,
    )
    rest = list(Enrolment.objects.filter(state="matched").values_list("pk", flat=True))
    with transaction.atomic():
        jump(rest[:2], "checked", by=wulan, clock=clock)
    made = prepare_determination(
        pt_maju,
        basis="surat_komitmen",
        number="013/CSR/2026",
        dated_on=clock.today(),
        file=b"%PDF-1.4 surat",
        file_name="surat.pdf",
        **given,
    )
    with transaction.atomic():
        jump(rest[2:3], "checked", by=wulan, clock=clock)
    import_dukcapil_answer(
        workbook(("NIK", "NAMA", "HASIL"), [(nik_of(98), "Siapa", "Padan")]), file_name="padan.xlsx", **given
    )
    opened = open_round(number="141/BA/XI/2026", held_on=clock.today(), acting_user=rina, clock=clock)
    person = Enrolment.objects.get(pk=people[0]).public_id
    assert Answer.objects.count() == 2
    return {
        "steps": "",
        "people": "orang/",
        "person": f"orang/{person}/",
        "leave": f"orang/{person}/keluar/",
        "substitute": f"orang/{person}/ganti/",
        "rounds": "verifikasi/",
        "round-new": "verifikasi/baru/",
        "round": f"verifikasi/{opened.public_id}/",
        "dukcapil": "dukcapil/",
        "check": "periksa/",
        "determinations": "penetapan/",
        "determination-new": f"penetapan/baru/?penyandang={pt_maju.public_id}",
        "determination": f"penetapan/{made.public_id}/",
        "wadah": "wadah/",
        "batches": "bpjs/",
        "batch": f"bpjs/{batch.public_id}/",
        "acceptance": f"bpjs/{batch.public_id}/penerimaan/",
        "activation": "bpjs/kpj/",
        "answer": f"jawaban/{answer.public_id}/",
        "differences": "perbedaan/",
        "slips": f"slip/?desa={BRANGSONG}",
    }


def test_each_page_reads_well_on_a_desk_and_on_a_phone(pages, rina, client_of, live_server, monkeypatch):
    found = chromium.found()
    if found is None:
        pytest.skip("Chromium is missing: apt-get install chromium")
    shots = os.environ.get("PAYUNG_SHOTS")
    session = client_of(rina).cookies[settings.SESSION_COOKIE_NAME].value
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    wrong = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        for name, size in (("desk", DESKTOP), ("phone", PHONE)):
            context = browser.new_context(base_url=live_server.url, viewport=size)
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
            tab = context.new_page()
            for page, address in pages.items():
                answer = tab.goto(f"/pendaftaran/{address}")
                findings = Axe().run(tab).response["violations"]
                bad = [(each["id"], each["nodes"][0]["html"]) for each in findings if each["impact"] in SERIOUS]
                sideways = tab.evaluate("document.documentElement.scrollWidth - innerWidth")
                if bad or sideways > 0 or answer is None or answer.status != 200:
                    wrong[page, name] = (answer and answer.status, bad, sideways)
                if shots:
                    tab.screenshot(path=Path(shots) / f"{page}-{name}.png", full_page=True)
            context.close()
        browser.close()
    assert wrong == {}
