"""Databases of a measure's own on PostgreSQL: an empty one, and a copy of one as it stands. SQLite copies its home."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql


@contextmanager
def database(name: str, *, like: str = "") -> Iterator[str]:
    """The address of a database of this name, empty or a copy of that at `like`; gone afterwards. "" on SQLite."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        yield ""
        return
    template = urlsplit(like).path.lstrip("/") if like else "template1"
    with psycopg.connect(_at(url, "postgres"), autocommit=True) as connection:
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        connection.execute(drop)
        make = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        connection.execute(make.format(sql.Identifier(name), sql.Identifier(template)))
        try:
            yield _at(url, name)
        finally:
            connection.execute(drop)


def _at(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
