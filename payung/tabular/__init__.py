"""Files of rows: bytes in, rows and problems out; column maps; workbooks marked and written.

Lists, bank statements, BPJS's answers and lists of deaths all come through here. Nothing here knows a worker from an
invoice: what a row means is decided by whoever asked for it. `README.md` shows the way through.
"""
