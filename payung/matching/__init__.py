"""How alike two records are, and why: the agreement of names, the finding of a village by its written name.

Pure: no database, no Django. What is alike is decided here; what follows from it is decided by the caller.
"""
