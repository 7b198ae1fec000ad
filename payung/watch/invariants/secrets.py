"""I-24 and I-25: whoever opened a NIK said what for, and no NIK lies readable in a column of the database."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.models import Count, Exists, F, OuterRef, Q

from payung.audit.models import AuditEvent, AuditLine
from payung.contributions.invariants.violation import Violation, rows, violations
from payung.kernel.nik import holds_a_nik
from payung.registry.services.reveal import Purpose

OPENED = "registry.worker.reveal"
SIXTEEN = "[0-9]" * 16
# Sixteen digits are no secret here: codes of BPJS, keys of requests, hashes, and what Django's own tables hold.
NO_NIK_IN = frozenset(
    {"code", "code_text", "client_key", "kpj", "file_sha256", "proof_sha256", "request_id", "object_id", "password"}
)
TEXTS = (models.CharField, models.TextField, models.JSONField)


def I_24() -> list[Violation]:
    """Each event that opened somebody's numbers names a purpose of the list, and has as many lines as it says."""
    opened = AuditEvent.objects.filter(Exists(AuditLine.objects.filter(event=OuterRef("pk"), object_type=OPENED)))
    named = Q(pk__in=[])
    for purpose in Purpose:
        named |= Q(reason__startswith=f"{purpose.value}: ")
    silent = AuditEvent.objects.filter(action=OPENED, outcome="done", line_count=0)
    lost = opened.annotate(kept=Count("lines")).exclude(kept=F("line_count"))
    return [
        *violations("I-24", "audit.event", opened.exclude(named).values_list("sequence")),
        *violations("I-24", "audit.event", silent.values_list("sequence")),
        *violations("I-24", "audit.event", lost.values_list("sequence", "line_count", "kept"), ("said", "kept")),
    ]


def I_25() -> list[Violation]:
    """No column that is kept in the clear holds a NIK: every text of every table is looked through."""
    return [violation for table, key, columns in text_columns() for violation in _readable(table, key, columns)]


def text_columns() -> Iterator[tuple[str, str, list[str]]]:
    """The tables of Payung with their key and the columns in which somebody could have written a NIK."""
    for model in apps.get_models():
        if not model.__module__.startswith("payung."):
            continue
        columns = [str(field.column) for field in model._meta.concrete_fields if _is_open_text(field)]
        if columns:
            yield model._meta.db_table, str(model._meta.pk.column), columns


def _is_open_text(field: models.Field[Any, Any]) -> bool:
    if not isinstance(field, TEXTS) or field.name in NO_NIK_IN or field.choices:
        return False
    return field.max_length is None or field.max_length >= 16


def _readable(table: str, key: str, columns: list[str]) -> Iterator[Violation]:
    """The database finds runs of sixteen digits; the kernel says which may be a NIK and not a part of a hash."""
    quoted = [f'"{column}"' for column in columns]
    if connection.vendor == "postgresql":
        looks = " OR ".join(f"{name}::text ~ '[0-9]{{16}}'" for name in quoted)
    else:
        looks = " OR ".join(f"{name} GLOB '*{SIXTEEN}*'" for name in quoted)
    for row in rows(f'SELECT "{key}", {", ".join(quoted)} FROM "{table}" WHERE {looks}'):  # noqa: S608 - our own names
        for column, value in zip(columns, row[1:], strict=True):
            if holds_a_nik(str(value)):
                yield Violation("I-25", f"{table}.{column}", str(row[0]), "nik")
