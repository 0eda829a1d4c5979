"""Append-only tables: rows of the declared tables can be added but never changed or deleted.

Triggers on SQLite and PostgreSQL enforce this in the database, also against an SQL console. `post_migrate` installs
missing triggers after each migration, from the unique indexes that the tables have at that time.

On SQLite, REPLACE deletes conflicting rows without firing their delete triggers. A third trigger therefore refuses an
INSERT whose rowid, primary key or other unique key is taken, before the conflict handling begins. It raises
IntegrityError as the index itself would; `INSERT OR IGNORE` raises too. PostgreSQL has no REPLACE, and
`ON CONFLICT DO UPDATE` fires the update trigger.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.core.checks import Error, register
from django.db import connections, transaction

from emulation.core.registry import Registry
from emulation.core.sqlite_unique_keys import taken_conditions

guarded_models: Registry[str] = Registry("Append-only tables", "model: its rows are never changed or deleted")

_PG_FUNCTION = """
CREATE OR REPLACE FUNCTION guard_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'append-only table %: % refused', TG_TABLE_NAME, TG_OP; END $$
"""
_PG_TRIGGERS = """
SELECT c.relname, t.tgname, t.tgtype, t.tgenabled IN ('O', 'A')
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
WHERE NOT t.tgisinternal AND p.proname = 'guard_append_only' AND pg_table_is_visible(c.oid)
"""
_PG_ROW, _PG_TRUNCATE = 1 | 2 | 8 | 16, 2 | 32
"""Bits of pg_trigger.tgtype: 1 for each row, 2 before, 8 delete, 16 update, 32 truncate."""

_SQLITE_TRIGGERS = """
SELECT tbl_name, name, sql FROM sqlite_master
WHERE type = 'trigger' AND sql LIKE '%RAISE(ABORT, ''append-only table %'
"""


def append_only(*labels: str) -> None:
    """Declare the tables of these models ("audit.AuditEntry") append-only; called in AppConfig.ready()."""
    for label in labels:
        guarded_models.add(label, label)


def guarded_tables() -> list[str]:
    """The database tables declared append-only, sorted."""
    return sorted(apps.get_model(label)._meta.db_table for label in guarded_models)


def install_triggers(using: str = "default") -> None:
    """Drop all triggers of this module and create those of every declared table that exists."""
    conn = connections[using]
    present = set(conn.introspection.table_names())
    with transaction.atomic(using), conn.cursor() as cursor:  # no table is ever visible without its triggers
        drop_triggers(using)  # of all tables first: a renamed table keeps trigger names that another table may need now
        if conn.vendor == "postgresql":
            cursor.execute(_PG_FUNCTION)
        for table in guarded_tables():
            if table in present:
                for statement in trigger_statements(cursor, table):
                    cursor.execute(statement)


def trigger_statements(cursor: Any, table: str) -> list[str]:
    """The CREATE TRIGGER statements that make a table append-only, for the database of the cursor."""
    return _pg_statements(table) if cursor.db.vendor == "postgresql" else _sqlite_statements(cursor, table)


def drop_triggers(using: str = "default") -> None:
    """Drop the triggers of this module, found by their body and not by their names; only tests call this directly."""
    conn = connections[using]
    quote = conn.ops.quote_name
    with conn.cursor() as cursor:
        if conn.vendor == "postgresql":
            cursor.execute(_PG_TRIGGERS)
            statements = [f"DROP TRIGGER {quote(name)} ON {quote(table)}" for table, name, *_ in cursor.fetchall()]
        else:
            cursor.execute(_SQLITE_TRIGGERS)
            statements = [f"DROP TRIGGER {quote(name)}" for _, name, _ in cursor.fetchall()]
        for statement in statements:
            cursor.execute(statement)


def missing_triggers(using: str = "default") -> list[str]:
    """Declared tables that lack a trigger, or whose insert trigger does not match their current unique keys."""
    conn = connections[using]
    present = set(conn.introspection.table_names())
    with conn.cursor() as cursor:
        complete = _pg_complete(cursor) if conn.vendor == "postgresql" else _sqlite_complete(cursor)
        return [table for table in guarded_tables() if table in present and table not in complete]


@contextmanager
def triggers_disabled() -> Iterator[None]:
    """Drop the triggers inside the block, for tests that tamper with rows and check that this is detected."""
    drop_triggers()
    try:
        yield
    finally:
        install_triggers()


def install_missing_triggers(using: str = "default", **_: Any) -> None:
    """Install the triggers if one is missing. Receiver of post_migrate, which is sent once per app."""
    if missing_triggers(using):
        install_triggers(using)


@register("database")
def check_triggers(app_configs: Any = None, databases: Any = None, **_: Any) -> list[Error]:
    """System check (`check --database default`): every declared table has its triggers."""
    errors = []
    for using in databases or []:
        for table in missing_triggers(using):
            errors.append(Error(f"Bảng {table} chưa có đủ khóa chỉ-ghi-thêm; chạy migrate.", id="core.E001"))
    return errors


# ── PostgreSQL ───────────────────────────────────────────────────────────────────────────────────


def _pg_statements(table: str) -> list[str]:
    return [
        f'CREATE TRIGGER guard_row BEFORE UPDATE OR DELETE ON "{table}" '
        "FOR EACH ROW EXECUTE FUNCTION guard_append_only()",
        f'CREATE TRIGGER guard_truncate BEFORE TRUNCATE ON "{table}" '
        "FOR EACH STATEMENT EXECUTE FUNCTION guard_append_only()",
    ]


def _pg_complete(cursor: Any) -> set[str]:
    cursor.execute(_PG_TRIGGERS)
    kinds = {(table, kind) for table, _, kind, enabled in cursor.fetchall() if enabled}
    return {table for table, kind in kinds if kind == _PG_ROW and (table, _PG_TRUNCATE) in kinds}


# ── SQLite ───────────────────────────────────────────────────────────────────────────────────────


def _sqlite_statements(cursor: Any, table: str) -> list[str]:
    refused = f"RAISE(ABORT, 'append-only table {table}: "
    insert = "".join(
        f"SELECT {refused}INSERT over an existing row refused') WHERE {taken}; "
        for taken in taken_conditions(cursor, table)
    )
    bodies = {verb: f"SELECT {refused}{verb} refused'); " for verb in ("UPDATE", "DELETE")} | {"INSERT": insert}
    return [
        f'CREATE TRIGGER "guard_{table}_{verb.lower()}" BEFORE {verb} ON "{table}" BEGIN {body}END'
        for verb, body in bodies.items()
    ]


def _sqlite_complete(cursor: Any) -> set[str]:
    cursor.execute(_SQLITE_TRIGGERS)
    found: dict[str, dict[str, str]] = {}
    for table, _, sql in cursor.fetchall():
        verb = re.search(r"\bBEFORE (UPDATE|DELETE|INSERT)\b", sql)
        if verb:
            found.setdefault(table, {})[verb[1]] = sql
    return {
        table
        for table, triggers in found.items()
        if len(triggers) == 3 and _refuses(triggers["INSERT"], taken_conditions(cursor, table))
    }


def _refuses(trigger: str, conditions: list[str]) -> bool:
    """Whether this insert trigger refuses under exactly these conditions."""
    return trigger.count("RAISE(ABORT") == len(conditions) and all(taken in trigger for taken in conditions)
