"""Cases 126 to 135: lists that are well written and mean what cannot be."""

from collections.abc import Iterator

from payung.intake.checks import KnownPerson
from payung.intake.terms import PledgeTerms, Terms
from payung.kernel.funds import SumberDana
from payung.kernel.month import Month
from tests.bad_input.building import listed, of_grid
from tests.bad_input.people import BUDI, JOKO, SARI, TINI, USUAL, many
from tests.bad_input.seeds import Answer, Seed, seed
from tests.bad_input.world import World
from tests.tabular import exports

NIK = str(SARI["nik"])
DECEMBER = Month.from_text("2026-12")


def _under(pledge: PledgeTerms | None, *, is_active: bool = True) -> World:
    return World(terms=Terms(sponsor_is_active=is_active, pledge=pledge))


def _pledge(*, is_live: bool = True, last_month: Month = DECEMBER, room: int = 250) -> PledgeTerms:
    return PledgeTerms(is_live=is_live, last_month=last_month, room=room, per_worker_rp=100_800)


@seed(126)
def covered_by_another() -> Seed:
    """The fate holds the month and nothing of who pays."""
    world = World(known={NIK: KnownPerson(7, "Sari Wulandari")}, covered={7: DECEMBER})
    answer = Answer("K", fates={2: "covered:2026-12", 3: "accepted"})
    return listed(126, "covered", answer, SARI, TINI, world=world)


@seed(127)
def closed_month() -> Seed:
    world = World(closed=frozenset({Month.from_text("2026-10")}))
    answer = Answer("Q", fates={2: "repair:month-closed", 3: "accepted"})
    people = (SARI | {"month": "2026-10"}, TINI | {"month": "2026-12"})
    return listed(127, "closed", answer, *people, fields=(*USUAL, "month"), world=world)


@seed(128)
def more_than_the_pledge() -> Iterator[Seed]:
    yield listed(128, "beyond", Answer("R", "file:beyond-pledge"), SARI, TINI, world=_under(_pledge(room=1)))
    fits = Answer("K", fates={2: "accepted", 3: "accepted"})
    yield listed(128, "fits", fits, SARI, TINI, world=_under(_pledge(room=2)))


@seed(129)
def no_standing_pledge() -> Iterator[Seed]:
    over = _pledge(last_month=Month.from_text("2026-10"))
    yield listed(129, "over", Answer("R", "file:pledge-over"), SARI, world=_under(over))
    withdrawn = _pledge(is_live=False)
    yield listed(129, "withdrawn", Answer("R", "file:pledge-withdrawn"), SARI, world=_under(withdrawn))
    inactive = _under(None, is_active=False)
    yield listed(129, "inactive", Answer("R", "file:sponsor-inactive"), SARI, world=inactive)


@seed(130)
def wage_earner() -> Iterator[Seed]:
    fate = "repair:formal-employee"
    answer = Answer("Q", fates={2: fate, 3: "accepted"})
    people = (SARI | {"occupation": "Karyawan Swasta"}, TINI | {"occupation": "Buruh tani"})
    yield listed(130, "occupation", answer, *people, fields=(*USUAL, "occupation"))
    people = (SARI | {"segment": "PU"}, TINI | {"segment": "BPU"})
    yield listed(130, "segment", answer, *people, fields=(*USUAL, "segment"))
    world = World(known={NIK: KnownPerson(7, "Sari Wulandari", is_employee=True)})
    yield listed(130, "registry", answer, SARI, TINI, world=world)


@seed(131)
def ages() -> Iterator[Seed]:
    young = SARI | {"nik": "3324156311080001", "birth_date": "23-11-2008"}
    old = SARI | {"nik": "3324156211610001", "birth_date": "22-11-1961"}
    for name, person, reason in (("young", young, "terlalu_muda"), ("old", old, "terlalu_tua")):
        answer = Answer("Q", fates={2: "repair:age", 3: "accepted"}, told=(f"repair:age/{reason}",))
        yield listed(131, name, answer, person, TINI)


@seed(132)
def one_fact_for_everybody() -> Iterator[Seed]:
    birth = Answer("K", fates={2: "accepted"}, told=("note:one-birth-date",))
    yield listed(132, "birth-date", birth, *many(40, one_birth_date=True))
    phone = Answer("K", fates={2: "accepted"}, told=("note:one-phone",))
    people = [person | {"phone": "081840381908"} for person in many(40)]
    yield listed(132, "phone", phone, *people, fields=(*USUAL, "phone"))


@seed(133)
def niks_in_a_row() -> Seed:
    answer = Answer("K", fates={2: "accepted", 9: "accepted"}, told=("note:niks-in-a-row",))
    return listed(133, "in-a-row", answer, *many(8, one_birth_date=True, step=1))


@seed(134)
def outside_the_area() -> Iterator[Seed]:
    fate = "repair:village-unknown"
    answer = Answer("Q", fates={2: fate, 3: "accepted"}, told=(f"{fate}/outside",))
    people = (SARI | {"kabupaten": "Kota Semarang"}, TINI | {"kabupaten": "Kab. Kendal"})
    yield listed(134, "kabupaten", answer, *people, fields=(*USUAL, "kabupaten"))
    people = (BUDI | {"village_code": "33.22.10.2001"}, JOKO | {"village_code": "33.24.15.1013"})
    yield listed(134, "code", answer, *people, fields=(*USUAL, "village_code"))


def _of(funds: SumberDana, basis: str = "") -> World:
    return World(terms=Terms(funds=funds, legal_basis=basis))


@seed(135)
def residents_who_never_met_the_sponsor() -> Iterator[Seed]:
    """A register of residents in a company's hands needs its ground; a government has the law, own workers a form."""
    refused, fates = Answer("R", "file:no-legal-basis"), {2: "accepted", 3: "accepted"}
    forms = {"siak": exports.siak, "siak-columns": exports.siak_columns}
    for name, make in forms.items():
        yield of_grid(135, name, refused, make(), world=_of(SumberDana.CSR))
        granted = _of(SumberDana.CSR, "Persetujuan tiap warga, 3 November 2026")
        yield of_grid(135, f"{name}-with-its-ground", Answer("K", fates=fates), make(), world=granted)
    yield of_grid(135, "opensid", refused, exports.opensid_ekspor(), world=_of(SumberDana.DONASI))
    yield of_grid(135, "dash-for-a-ground", refused, exports.siak(), world=_of(SumberDana.CSR, " - "))
    yield of_grid(135, "of-a-government", Answer("K", fates=fates), exports.siak(), world=_of(SumberDana.APBD))
    yield listed(135, "own-workers", Answer("K", fates=fates), SARI, TINI, world=_of(SumberDana.CSR))
