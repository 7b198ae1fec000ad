"""Cases 1 to 27: what becomes of NIKs on their way through Excel and through people's hands."""

from tests.bad_input.building import listed
from tests.bad_input.people import SARI
from tests.bad_input.seeds import Answer, Seed, seed


@seed(6)
def leading_apostrophe() -> Seed:
    answer = Answer("A", fates={2: "accepted"}, told=("note:nik-cleaned",))
    return listed(6, "leading-apostrophe", answer, SARI | {"nik": "'" + SARI["nik"]})
