"""The long forms of proofs: seeded, in slices of minutes, their results in `docs/reliability.json`.

A ring is a module with `run(seed, amount) -> Outcome`; `rings.py` names them. Its short form stands in the tests beside
what it proves.
"""
