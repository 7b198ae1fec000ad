"""What one cell of a list says: a NIK, a name, a date, a village. Pure; each file is one kind of cell.

Nothing is guessed. A cell is read as it stands, or after a change that loses nothing (which is told as a note), or it
becomes a fault with what was found and what was expected.
"""
