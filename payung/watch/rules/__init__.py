"""What looks like fraud: each rule gives what it found, with the figures it rests on. Nothing here accuses anybody.

A finding's `key` names it for ever: what was found once is not opened again. Where a count grows the key holds it (or
the month), so that more of the same comes before a person anew.
"""

from collections.abc import Callable, Mapping
from datetime import date

from payung.watch.rules.deaths import after_death, soon_after_cover
from payung.watch.rules.found import Found
from payung.watch.rules.ghosts import one_address, one_phone, without_kpj, without_steps
from payung.watch.rules.money import friends, paid_twice

RULES: Mapping[str, Callable[[date], list[Found]]] = {
    "after-death": after_death,
    "dying": soon_after_cover,
    "no-kpj": without_kpj,
    "no-steps": without_steps,
    "one-phone": one_phone,
    "one-address": one_address,
    "paid-twice": paid_twice,
    "friends": friends,
}
