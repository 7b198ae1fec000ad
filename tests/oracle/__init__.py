"""The ledger held against a model that was written apart from it."""
