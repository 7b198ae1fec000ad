"""Secrets at rest: sealed values, keyed indexes over them, and the keys, which never lie in the database."""
