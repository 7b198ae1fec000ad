"""How often each source gets each field wrong. Shares of records, by source; what is not listed does not happen.

Judged from what such lists are: DTSEN and OpenSID's export come from civil registration and are checked against it; a
village list is written down by hand and typed later; a company's list is typed from copies of cards, in Excel.
"""

from dataclasses import dataclass

SOURCES = ("desa", "perusahaan", "dtsen", "opensid")
SHARES = (0.20, 0.15, 0.35, 0.30)  # of all records
DUPLICATED = 0.20  # of people, who have two to four records
COPIES = {2: 0.72, 3: 0.20, 4: 0.08}
SAME_SOURCE = 0.15  # of further records, which stand in a list of the same source again

NIK = {
    "nik-digit": (0.022, 0.015, 0.002, 0.006),
    "nik-swapped": (0.010, 0.008, 0.001, 0.003),
    "nik-missing": (0.050, 0.030, 0.004, 0.018),
    "nik-family-card": (0.010, 0.006, 0.000, 0.003),
    "nik-of-relative": (0.004, 0.003, 0.0005, 0.001),
    "nik-rounded": (0.006, 0.030, 0.000, 0.004),
    "nik-scientific": (0.001, 0.006, 0.000, 0.0005),
    "nik-short": (0.006, 0.005, 0.000, 0.001),
}
BIRTH = {
    "birth-missing": (0.060, 0.050, 0.002, 0.006),
    "birth-day-off": (0.012, 0.008, 0.002, 0.004),
    "birth-month-off": (0.006, 0.005, 0.001, 0.002),
    "birth-year-off": (0.014, 0.008, 0.002, 0.004),
    "birth-day-month-swapped": (0.008, 0.020, 0.001, 0.004),
    "birth-first-of-january": (0.020, 0.004, 0.004, 0.010),
    "birth-year-only": (0.012, 0.003, 0.000, 0.002),
}
# Several of these may befall one name. Those of spelling are tried on each word that has other spellings.
NAME = {
    "name-spelling": (0.20, 0.15, 0.04, 0.06),
    "name-old-spelling": (0.010, 0.006, 0.003, 0.004),
    "name-phonetic": (0.050, 0.040, 0.010, 0.015),
    "name-typing": (0.025, 0.035, 0.005, 0.010),
    "name-title": (0.050, 0.040, 0.006, 0.012),
    "name-late": (0.003, 0.000, 0.001, 0.002),
    "name-initial": (0.030, 0.040, 0.003, 0.006),
    "name-word-dropped": (0.050, 0.035, 0.006, 0.010),
    "name-words-swapped": (0.006, 0.008, 0.001, 0.002),
    "name-called": (0.030, 0.006, 0.000, 0.003),
    "name-relative-added": (0.018, 0.004, 0.001, 0.004),
    "name-space": (0.025, 0.025, 0.006, 0.010),
}
SEX = {"sex-wrong": (0.004, 0.005, 0.0005, 0.001), "sex-missing": (0.020, 0.060, 0.0, 0.002)}
VILLAGE = {
    "village-missing": (0.000, 0.080, 0.000, 0.000),
    "village-moved": (0.006, 0.025, 0.025, 0.010),
    "village-neighbour": (0.010, 0.030, 0.004, 0.006),
    "village-misspelt": (0.010, 0.050, 0.000, 0.002),
}
MOTHER = {
    "mother-missing": (0.55, 0.85, 0.02, 0.08),
    "mother-spelling": (0.15, 0.10, 0.03, 0.06),
    "mother-typing": (0.03, 0.03, 0.006, 0.01),
    "mother-word-dropped": (0.08, 0.05, 0.01, 0.02),
}
PHONE = {
    "phone-missing": (0.45, 0.15, 0.80, 0.60),
    "phone-changed": (0.08, 0.08, 0.12, 0.12),
    "phone-relatives": (0.05, 0.02, 0.03, 0.04),
}
BIRTH_PLACE = {"birth-place-missing": (0.10, 0.25, 0.01, 0.02), "birth-place-other": (0.08, 0.08, 0.03, 0.03)}


@dataclass(frozen=True, slots=True)
class Population:
    """Shares of people with what makes them hard to tell apart, and of people whose papers disagree."""

    default_birthday: float = 0.04  # of those born before 1975: 1 January, 31 December or 17 August on the card itself
    nik_keeps_old_birth_date: float = 0.006
    nik_from_elsewhere: float = 0.08
    twins: float = 0.012  # of children who follow another child
    sons_of_one_name: float = 0.004
    named_after_father: float = 0.10
    siblings_share_last_word: float = 0.15
    namesakes_of_one_day: float = 0.0010  # another person with the name and the birth date of one in the same village
    own_phone: float = 0.75
