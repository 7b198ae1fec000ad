"""Official papers: minutes, notices, slips and annexes as tagged PDF, with their letterhead, numbers and signers.

Each paper is a frozen dataclass and a function that turns it into bytes; this module knows no domain and fetches
nothing.
"""
