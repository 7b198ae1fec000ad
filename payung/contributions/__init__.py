"""The ledger: notices and pay codes, payments, allocation, reversal, covered worker-months."""
