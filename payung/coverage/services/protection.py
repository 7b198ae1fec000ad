"""Asking about one's own protection with a slip's code: tries are limited, and nothing is written in the database."""

from payung.access.limits import Limit, take_try
from payung.coverage.errors import TooManyTriesError
from payung.coverage.selectors.protection import Protection, protection_by_code
from payung.kernel.clock import Clock

# A village office reads slips out one after another behind one address; a guesser of 128 random bits gains nothing.
TRIES = Limit("protection", per_source=20, overall=3_000, seconds=600)


def ask_protection(code: str, *, source: str, clock: Clock) -> Protection | None:
    """Answer the holder of a slip; None for a code that opens nothing. Raise `TooManyTriesError` after too many tries.

    `source` is the asker's address. Doors ask by POST, so that a code stands in no address and no log.
    """
    wait = take_try(TRIES, source, now=clock.now())
    if wait:
        raise TooManyTriesError(wait)
    return protection_by_code(code, on=clock.today())
