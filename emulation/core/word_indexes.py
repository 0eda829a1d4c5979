"""Indexes on PostgreSQL for the lookup `__word` (emulation.core.lookups): names found by the beginnings of their words.

They need the extension pg_trgm, which the owner of a database may create. Without it names are found all the same,
more slowly, and the page of system checks shows their absence. `post_migrate` makes them, so that `migrate` repairs a database
whose administrator created the extension later.
"""

from typing import Any

from django.apps import apps
from django.db import DatabaseError, connections, transaction

from emulation.core.registry import Registry

word_fields: Registry[str] = Registry("Folded names with a word index", "model.field: searched with __word")


def word_index(label: str, field: str) -> None:
    """Declare an index for `field` of the model ("villages.Person"); called in AppConfig.ready()."""
    word_fields.add(f"{label}.{field}", field)


def missing_indexes(using: str = "default") -> dict[str, str]:
    """{name of the index: statement that makes it} of declared indexes that the database lacks; none on SQLite."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return {}
    present = set(connection.introspection.table_names())
    missing = {}
    for label, field in word_fields.items():
        table = apps.get_model(label.rpartition(".")[0])._meta.db_table
        name = f"{table}_words"
        if table in present and not _has_index(connection, table, name):
            missing[name] = f"CREATE INDEX {name} ON {table} USING gin ((' ' || {field}) gin_trgm_ops)"
    return missing


def make_missing_indexes(using: str = "default", **_: Any) -> None:
    """Make the indexes if one is missing and the extension is there. Receiver of post_migrate, sent once per app."""
    missing = missing_indexes(using)
    if not missing:
        return
    try:
        with transaction.atomic(using), connections[using].cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            for statement in missing.values():
                cursor.execute(statement)
    except DatabaseError:  # the role may not create the extension, or the server does not have it
        return


def _has_index(connection: Any, table: str, name: str) -> bool:
    with connection.cursor() as cursor:
        return name in connection.introspection.get_constraints(cursor, table)
