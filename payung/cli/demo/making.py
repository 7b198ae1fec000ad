"""Eighteen months of the story, played day by day: each step on its date, through the service of that step.

A plan is made first (what happens on which day), then played in the order of the days, so that the record, the journal
and the audit read as they would have been written. The same seed and day give the same story.
"""

import json
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from payung.access.viewer import SYSTEM_VIEWER
from payung.cli.demo.books import Books
from payung.cli.demo.cast import STORY, Cast, accounts_for_sign_in, make_cast, make_other_accounts, make_sponsors
from payung.cli.demo.lists import Places, office_data, service_number, sponsor_list
from payung.cli.demo.people import People, SyntheticPerson, mistyped, with_one_phone
from payung.cli.demo.way import Way
from payung.contributions.models import Notice
from payung.contributions.services import settle_death, settle_pair
from payung.coverage.services import load_known_figures, rebuild_everything
from payung.enrolment.models import Enrolment
from payung.enrolment.services import issue_slips, propose_workers
from payung.intake.models import Upload
from payung.intake.services import (
    apply_upload,
    offer_workers,
    receive_upload,
    request_workers,
    stage_upload,
    submit_upload,
)
from payung.kernel.clock import FixedClock
from payung.kernel.month import Month
from payung.registry.models import Occupation, Region, SuspectedPair, Worker
from payung.registry.selectors import workers_by_nik_index
from payung.sponsors.models import Sponsor
from payung.sponsors.services import NewCivilServant, add_civil_servants
from payung.vault.seal import blind_indexes

MONTHS = 18
WORKERS = 5_000
_NEW_IN_LISTS = 4  # one person in four of a sponsor's list is new to the office

Step = Callable[[FixedClock], object]
Progress = Callable[[int, int, str], None]


@dataclass(order=True, slots=True)
class Planned:
    """A step and its day; steps of one day keep the order in which they were planned."""

    day: date
    order: int
    what: str = field(compare=False)
    step: Step = field(compare=False)


class Story:
    """The plan of one demo and everybody in it."""

    def __init__(self, seed: int, on: date, share: float = 1.0) -> None:
        self.share = share
        self.on, self.now = on, Month.of(on)
        self.begin = (self.now + (1 - MONTHS)).first_day - timedelta(days=45)
        self.chance = random.Random(seed)  # noqa: S311  # a story needs no secrets
        villages = Region.objects.filter(code__startswith=settings.PAYUNG_REGENCY, level=4).order_by("code")
        self.places: Places = {
            code: (name, kec) for code, name, kec in villages.values_list("code", "name", "parent__name")
        }
        self.jobs = dict(Occupation.objects.order_by("code").values_list("code", "name"))
        self.maker = People(seed, villages=list(self.places), occupations=self._usual_jobs(), on=self.begin)
        self.pool: list[SyntheticPerson] = []
        self.known: list[SyntheticPerson] = []
        self.plan: list[Planned] = []
        self.cast: Cast
        self.sponsors: dict[str, Sponsor]

    def play(self, progress: Progress) -> None:
        """Plan everything, then do it day by day up to the day of the demo."""
        opening = FixedClock.on(self.begin)
        self.cast = make_cast(opening)
        self.sponsors = make_sponsors(self.cast, opening)
        make_other_accounts(self.sponsors, opening)
        self._plan_office_data()
        for number, facts in enumerate(STORY["sponsors"], start=1):
            self._plan_sponsor(Way(number, self.sponsors[facts["code"]], self.cast), facts)
        self._plan_wishes()
        self._plan_deaths()
        self._plan_duplicates()
        books = self._plan_books()
        due = sorted(one for one in self.plan if one.day <= self.on)
        for place, one in enumerate(due, start=1):
            progress(place, len(due), one.what)
            one.step(FixedClock.on(one.day))
        closing = FixedClock.on(self.on)
        self._fill_up(closing)
        load_known_figures(acting_user=SYSTEM_VIEWER, clock=closing)
        rebuild_everything(clock=closing)
        books.look(closing)

    def _at(self, day: date, what: str, step: Step) -> None:
        self.plan.append(Planned(day, len(self.plan), what, step))

    def _usual_jobs(self) -> list[str]:
        named = {job for sponsor in STORY["sponsors"] for job in sponsor["jobs"]}
        return sorted(named) * 4 + sorted(self.jobs)

    def _plan_office_data(self) -> None:
        new = sum(self._sized(one["workers"]) for one in STORY["sponsors"]) // _NEW_IN_LISTS
        self.pool = list(self.maker.many(self._sized(WORKERS) - new))
        content = office_data(self.pool, jobs=self.jobs)
        self._at(
            self.begin, "data kantor", lambda clock: self._take_in(content, "data-pekerja-rentan.csv", None, clock)
        )

    def _sized(self, count: int) -> int:
        return max(8, round(count * self.share))

    def _fill_up(self, clock: FixedClock) -> None:
        """A supplement to the office's data makes up for the rows that wait for repair or approval."""
        missing = self._sized(WORKERS) - Worker.objects.count()
        if missing > 0:
            content = office_data(self.maker.many(missing), jobs=self.jobs)
            self._take_in(content, "data-pekerja-rentan-susulan.csv", None, clock)

    def _plan_sponsor(self, way: Way, facts: dict[str, Any]) -> None:
        first = self.now + int(facts["pledges"][0][0])
        waits = facts.get("waits", "")
        is_waiting = waits in ("approval", "verification", "determination")
        start = self.on - timedelta(days=11) if is_waiting else first.first_day - timedelta(days=26)
        self._plan_way_in(way, facts, start, waits)
        for place, (offset, months, how) in enumerate(facts["pledges"]):
            if how != "none":
                self._plan_payments(way, facts, place, self.now + int(offset), int(months), str(how))

    def _plan_way_in(self, way: Way, facts: dict[str, Any], start: date, waits: str) -> None:
        """The list, and every step to the determination; a waiting list stops where it waits."""
        code, workers = facts["code"], self._sized(facts["workers"])
        first = max(self.now + int(facts["pledges"][0][0]), Month.of(start))
        months = int(facts["pledges"][0][1])
        people = with_one_phone(self._people_for(facts["jobs"], workers), facts.get("one_phone", 0))
        steps: list[tuple[int, Step]] = [
            (0, lambda clock: way.promise(clock, workers=workers, first=first, months=months)),
            (1, lambda clock: self._hand_in(way, people, waits, clock)),
            (3, way.verify),
            (5, way.hand_to_dukcapil),
            (7, way.hear_from_dukcapil),
            (8, way.ask_bpjs),
            (10, way.prepare),
            (11, way.approve),
            (12, way.register),
        ]
        stop = {"approval": 2, "verification": 2, "determination": 7}.get(waits, len(steps))
        for day, step in steps[:stop]:
            self._at(start + timedelta(days=day), code, step)

    def _plan_payments(self, way: Way, facts: dict[str, Any], place: int, first: Month, months: int, how: str) -> None:
        """Notices, pay codes, payments and BPJS's answers of one pledge."""
        code, workers = facts["code"], self._sized(facts["workers"])
        start = first.first_day - timedelta(days=13)
        if place > 0:
            self._at(start, code, lambda clock: way.promise(clock, workers=workers, first=first, months=months))
            self._at(start, code, way.carry_on)
        else:
            self._at(start, code, way.send)
        terms = [(first + k, 1) for k in range(months)] if how == "monthly" else [(first, months)]
        for number, (month, length) in enumerate(terms):
            is_first = place == 0 and number == 0
            pays = not (facts.get("waits") == "unpaid" and place > 0 and month >= self.now)
            self._plan_notice(way, month, length, how, is_first=is_first, pays=pays)

    def _plan_notice(self, way: Way, month: Month, length: int, how: str, *, is_first: bool, pays: bool) -> None:
        code, start = way.sponsor.code, month.first_day - timedelta(days=12)
        asked: list[Notice] = []
        percent = {"short": 90, "over": 110}.get(how, 100)
        late = timedelta(days=18 if how == "late" else 0)
        get_code = way.hear_from_bpjs if is_first else way.get_pay_code
        self._at(start, code, lambda clock: asked.append(way.ask_for_money(clock, first=month, months=length)))
        self._at(start + timedelta(days=2), code, lambda clock: get_code(clock, asked[0]))
        if pays:
            paid = start + timedelta(days=7) + late
            self._at(paid, code, lambda clock: way.pay(clock, asked[0], percent=percent))
            self._at(paid + timedelta(days=2), code, lambda clock: way.confirm(clock, asked[0]))
        if is_first:
            through = month + (length - 1)
            self._at(
                start + timedelta(days=10) + late, code, lambda clock: way.activate(clock, first=month, through=through)
            )
            self._at(start + timedelta(days=11) + late, code, lambda clock: self._print_slips(way, clock))

    def _plan_wishes(self) -> None:
        """Two sponsors ask the office for workers; one has an offer, one waits for it."""
        near = Region.objects.get(pk=f"{settings.PAYUNG_REGENCY}.08")
        selling = Occupation.objects.get(pk="pedagang-asongan")

        def wish(code: str, wanted: int, clock: FixedClock, occupation: Occupation | None = None) -> Any:
            return request_workers(
                self.sponsors[code],
                wanted=wanted,
                region=near,
                occupation=occupation,
                note="Sekitar pabrik",
                acting_user=self.cast.officer,
                clock=clock,
            )

        def offer(clock: FixedClock) -> None:
            offer_workers(wish("KAYU", 5, clock), acting_user=self.cast.officer, clock=clock)

        self._at(self.on - timedelta(days=6), "KAYU", offer)
        self._at(self.on - timedelta(days=2), "TEKSTIL", lambda clock: wish("TEKSTIL", 30, clock, selling))

    def _plan_deaths(self) -> None:
        """Three of those who are protected die; their later months are given back."""
        for place, days in enumerate((160, 75, 20)):
            day = self.on - timedelta(days=days)
            self._at(day, "meninggal", lambda clock, place=place: self._let_die(place, clock))  # type: ignore[misc]

    def _plan_duplicates(self) -> None:
        """A village's list has five people once more, their NIK mistyped; an officer has answered one of the pairs."""

        def hand_in(clock: FixedClock) -> None:
            people = [*self.known[:2], *self.pool[:3]]
            content = office_data([mistyped(person) for person in people], jobs=self.jobs)
            self._take_in(content, "data-susulan-desa.csv", None, clock)

        def answer(clock: FixedClock) -> None:
            pair = SuspectedPair.objects.select_related("left", "right").order_by("pk").first()
            if pair is not None:
                reason = "KTP dilihat di desa: orangnya sama"
                told = {"answer": "same", "reason": reason, "seen_state": pair.state}
                settle_pair(pair, **told, acting_user=self.cast.officer, clock=clock)

        self._at(self.on - timedelta(days=4), "data kembar", hand_in)
        self._at(self.on - timedelta(days=3), "data kembar", answer)

    def _plan_books(self) -> Books:
        """What the offices do with the books, beside the money itself."""
        books = Books(self.sponsors, self.cast, self.on)
        days: list[tuple[int, Step]] = [
            (300, books.set_budgets),
            (21, books.accept_report),
            (20, books.close_months),
            (9, books.accept_statement),
            (6, books.let_go_on),
            (2, books.hand_on),
            (1, books.receive_report),
        ]
        for before, step in days:
            self._at(self.on - timedelta(days=before), "pembukuan", step)
        return books

    def _people_for(self, jobs: Sequence[str], count: int) -> list[SyntheticPerson]:
        """Take people of these occupations from the pool; every fourth is new to the office."""
        found: list[SyntheticPerson] = []
        kept: list[SyntheticPerson] = []
        for person in self.pool:
            fits = person.occupation_code in jobs and len(found) < count - count // _NEW_IN_LISTS
            (found if fits else kept).append(person)
        missing = count - count // _NEW_IN_LISTS - len(found)
        self.pool = kept[missing:]
        return [*found, *kept[:missing], *self.maker.many(count // _NEW_IN_LISTS)]

    def _hand_in(self, way: Way, people: list[SyntheticPerson], waits: str, clock: FixedClock) -> None:
        if way.sponsor.funds == "ASN":
            self._hand_in_forms(way, people, clock)
            return
        has_faults = waits == "approval" or way.number % 3 == 0
        content = sponsor_list(
            f"USULAN PEKERJA RENTAN {way.sponsor.name}", people, places=self.places, jobs=self.jobs, faults=has_faults
        )
        name = f"usulan-{way.sponsor.code.lower()}.xlsx"
        if waits == "approval":
            self._receive(content, name, way.sponsor, clock)
        else:
            self._take_in(content, name, way.sponsor, clock)
            self._remember(way, people)

    def _hand_in_forms(self, way: Way, people: list[SyntheticPerson], clock: FixedClock) -> None:
        """ASN Peduli: the office's people come in first, then each civil servant carries two workers by name."""
        content = office_data(people, jobs=self.jobs)
        self._take_in(content, f"formulir-asn-{way.sponsor.code.lower()}.csv", None, clock)
        self._remember(way, people)
        servants = add_civil_servants(
            way.sponsor,
            rows=[
                NewCivilServant(name=self.maker.one().name, nip=service_number(way.number, n))
                for n in range(1, len(people) // 2 + 1)
            ],
            acting_user=self.cast.officer,
            clock=clock,
        )
        carried = {worker: servants[place % len(servants)] for place, worker in enumerate(way.people)}
        propose_workers(
            list(way.people),
            sponsor=way.sponsor,
            source="asn",
            civil_servants=carried,
            acting_user=self.cast.officer,
            clock=clock,
        )

    def _receive(self, content: bytes, name: str, sponsor: Sponsor | None, clock: FixedClock) -> Upload:
        received = receive_upload(
            content,
            file_name=name,
            sponsor=sponsor,
            legal_basis="Persetujuan saat pendataan",
            acting_user=self.cast.officer,
            clock=clock,
        )
        staged = stage_upload(received.upload, acting_user=self.cast.officer, clock=clock)
        return submit_upload(staged, acting_user=self.cast.officer, clock=clock)

    def _take_in(self, content: bytes, name: str, sponsor: Sponsor | None, clock: FixedClock) -> None:
        upload = self._receive(content, name, sponsor, clock)
        apply_upload(upload, approved_hash=bytes(upload.content_hash), acting_user=self.cast.approver, clock=clock)

    def _remember(self, way: Way, people: Sequence[SyntheticPerson]) -> None:
        indexes = blind_indexes(person.nik for person in people)
        known = workers_by_nik_index(indexes)
        for index, person in zip(indexes, people, strict=True):
            if index in known:
                way.people[known[index].id] = person
                self.known.append(person)

    def _print_slips(self, way: Way, clock: FixedClock) -> None:
        active = Enrolment.objects.filter(sponsor=way.sponsor, state=Enrolment.State.ACTIVE).order_by("position")
        issue_slips(list(active.values_list("pk", flat=True)), acting_user=self.cast.officer, clock=clock)

    def _let_die(self, place: int, clock: FixedClock) -> None:
        active = Enrolment.objects.filter(state=Enrolment.State.ACTIVE).order_by("pk").select_related("worker")
        enrolment = active[min(place * 17 + 5, active.count() - 1)]
        worker: Worker = enrolment.worker
        settle_death(
            worker,
            died_on=clock.today() - timedelta(days=3),
            reason="Laporan desa",
            acting_user=self.cast.officer,
            clock=clock,
        )


def make_demo(*, seed: int, on: date, progress: Progress, share: float = 1.0) -> dict[str, Any]:
    """Fill an empty program with the story, and leave a note that these are made-up people.

    `share` makes everything smaller, for tests.
    """
    story = Story(seed, on, share)
    with _hurried():
        story.play(progress)
    note = {"seed": seed, "on": on.isoformat(), "accounts": accounts_for_sign_in()}
    home = Path(settings.PAYUNG_HOME)
    home.mkdir(parents=True, exist_ok=True)
    (home / "demo.json").write_text(json.dumps(note, ensure_ascii=False, indent=1))
    return note


@contextmanager
def _hurried() -> Iterator[None]:
    """Let SQLite not wait for the disk at each of some thousand commits: made-up people can be made up again."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=EXTRA")


def counts() -> Iterator[tuple[str, int]]:
    """What the demo made, for whoever reads the terminal."""
    yield "pekerja", Worker.objects.count()
    yield "penyandang", Sponsor.objects.count()
    yield "pendaftaran", Enrolment.objects.count()
    yield "pemberitahuan", Notice.objects.count()
