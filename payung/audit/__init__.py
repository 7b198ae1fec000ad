"""Who did what to which object, and why: rows that only grow, each chained to the one before.

Rows hold ids, labels and hashes, never the values themselves, and no foreign key: the record outlives what it tells of.
"""
