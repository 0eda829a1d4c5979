"""Append-only tables: rows of the tables declared here can be added and never changed or deleted.

The database itself refuses, by triggers on SQLite and PostgreSQL, so that no code path and no careless
SQL console gets round it. `post_migrate` arms them again after each migration.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.core.checks import Error, register
from django.db import connection, connections

_declared: set[str] = set()

PG_FUNCTION = """
CREATE OR REPLACE FUNCTION guard_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'append-only table %: % refused', TG_TABLE_NAME, TG_OP; END $$
"""


def append_only(*labels: str) -> None:
    """Declares the tables of these models ("audit.Entry") append-only; called in AppConfig.ready()."""
    _declared.update(labels)


def guarded_tables() -> list[str]:
    """The database tables declared append-only, sorted."""
    return sorted(apps.get_model(label)._meta.db_table for label in _declared)


def arm(using: str = "default") -> None:
    """Puts the triggers of every declared table that exists into place; doing it twice changes nothing."""
    conn = connections[using]
    present = set(conn.introspection.table_names())
    with conn.cursor() as cursor:
        if conn.vendor == "postgresql":
            cursor.execute(PG_FUNCTION)
        for table in guarded_tables():
            if table in present:
                for statement in _statements(conn.vendor, table):
                    cursor.execute(statement)


def disarm(using: str = "default") -> None:
    """Takes the triggers away; only tests that flush the database do this."""
    conn = connections[using]
    with conn.cursor() as cursor:
        for table in guarded_tables():
            if conn.vendor == "postgresql":
                cursor.execute(f'DROP TRIGGER IF EXISTS guard_row ON "{table}"')
                cursor.execute(f'DROP TRIGGER IF EXISTS guard_truncate ON "{table}"')
            else:
                cursor.execute(f'DROP TRIGGER IF EXISTS "guard_{table}_update"')
                cursor.execute(f'DROP TRIGGER IF EXISTS "guard_{table}_delete"')


def unarmed(using: str = "default") -> list[str]:
    """Declared tables whose triggers are missing."""
    conn = connections[using]
    present = set(conn.introspection.table_names())
    with conn.cursor() as cursor:
        if conn.vendor == "postgresql":
            cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'guard_row'")
            armed = {row[0].strip('"') for row in cursor.fetchall()}
        else:
            cursor.execute("SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'guard_%_update'")
            armed = {row[0] for row in cursor.fetchall()}
    return [table for table in guarded_tables() if table in present and table not in armed]


@contextmanager
def down() -> Iterator[None]:
    """Guards down inside the block, for tests that must tamper to see tampering found."""
    disarm()
    try:
        yield
    finally:
        arm()


def arm_after_migrate(using: str = "default", **_: Any) -> None:
    arm(using)


def _statements(vendor: str, table: str) -> Iterator[str]:
    if vendor == "postgresql":
        yield f'DROP TRIGGER IF EXISTS guard_row ON "{table}"'
        yield (
            f'CREATE TRIGGER guard_row BEFORE UPDATE OR DELETE ON "{table}" '
            "FOR EACH ROW EXECUTE FUNCTION guard_append_only()"
        )
        yield f'DROP TRIGGER IF EXISTS guard_truncate ON "{table}"'
        yield (
            f'CREATE TRIGGER guard_truncate BEFORE TRUNCATE ON "{table}" '
            "FOR EACH STATEMENT EXECUTE FUNCTION guard_append_only()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        yield (
            f'CREATE TRIGGER IF NOT EXISTS "guard_{table}_{verb.lower()}" BEFORE {verb} ON "{table}" '
            f"BEGIN SELECT RAISE(ABORT, 'append-only table {table}: {verb} refused'); END"
        )


@register("database")
def check_guards(app_configs: Any = None, databases: Any = None, **_: Any) -> list[Error]:
    """System check (`check --database default`): every declared table carries its triggers."""
    if not databases:
        return []
    return [
        Error(f"Bảng {table} chưa có khóa chỉ-ghi-thêm; chạy migrate.", id="core.E001")
        for table in unarmed(connection.alias)
    ]
