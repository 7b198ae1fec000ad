"""Years of the programme, played from one number: `World(seed)` drives the services and keeps its own account.

chance.py     clock, public ids and dice, all from the seed
books.py      the account in plain dictionaries: what must be covered, asked, paid and left over
office.py     the people who act; every deed through one door, where a crash may strike
deeds/        the deeds themselves, each with its line in the account
world.py      the plan: what happens in which month, and what goes wrong
comparing.py  the program held against the account, in sets
state.py      the canonical state and its hash
base.py       the prepared database and its copies
soak.py       the ring
"""
