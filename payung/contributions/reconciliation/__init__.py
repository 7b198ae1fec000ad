"""BPJS's report of payments, a collecting account's statement and BPJS's participants, held against our ledger.

reading.py    a file's rows as lines (in the child process of `tabular`), whatever its columns
codes.py      what we have of pay codes and payments, loaded in sets
money.py      each line of money against it: one outcome of a closed list
people.py     each participant against what we know and cover
staging.py    file and lines kept; nothing of the ledger changes
services.py   a person's word on a line, recording, accepting by another person, undoing by reversal
selectors.py  files, lines, sums by outcome
texts.py      the outcomes in words: what was found, what to do
"""
