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
from itertools import groupby
from typing import Any

from django.apps import apps
from django.core.checks import Error, register
from django.db import connections, transaction

_declared: set[str] = set()

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
_ROWID, _EXPRESSION = -1, -2
"""The column number in PRAGMA index_xinfo for an index term that is not a column."""


def append_only(*labels: str) -> None:
    """Declare the tables of these models ("audit.AuditEntry") append-only; called in AppConfig.ready()."""
    _declared.update(labels)


def guarded_tables() -> list[str]:
    """The database tables declared append-only, sorted."""
    return sorted(apps.get_model(label)._meta.db_table for label in _declared)


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
        for taken in _taken_conditions(cursor, table)
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
        if len(triggers) == 3 and _refuses(triggers["INSERT"], _taken_conditions(cursor, table))
    }


def _refuses(trigger: str, conditions: list[str]) -> bool:
    """Whether this insert trigger refuses under exactly these conditions."""
    return trigger.count("RAISE(ABORT") == len(conditions) and all(taken in trigger for taken in conditions)


# The unique indexes of a table with their columns, without those that an index only carries along; `sql` is NULL for
# the index of a constraint inside CREATE TABLE.
_SQLITE_UNIQUE_INDEXES = """
    SELECT list.name, master.sql, part.seqno, part.cid, part.name, part.coll
    FROM pragma_index_list(%s) AS list
    JOIN pragma_index_xinfo(list.name) AS part
    LEFT JOIN sqlite_master AS master ON master.type = 'index' AND master.name = list.name
    WHERE list."unique" AND part.key
    ORDER BY list.name, part.seqno
"""


def _taken_conditions(cursor: Any, table: str) -> list[str]:
    """For the rowid and each unique index of the table: the SQL condition that a row with the key of NEW exists.

    Read from the database and not from the models: REPLACE works on the real indexes. A key with NULL equals no other.
    """
    cursor.execute(f'PRAGMA table_info("{table}")')
    columns = [row[1] for row in cursor.fetchall()]
    cursor.execute(_SQLITE_UNIQUE_INDEXES, [table])
    rows = cursor.fetchall()
    # an INTEGER PRIMARY KEY is the rowid; NEW.rowid is -1 as long as the database has not chosen one
    conditions = [_exists(f'"{table}"', ["rowid = NEW.rowid"])]
    for (_, sql), key_parts in groupby(rows, key=lambda row: row[:2]):
        conditions.append(_index_key_taken(table, sql, [row[2:] for row in key_parts], columns))
    return conditions


def _index_key_taken(table: str, sql: str | None, key_parts: list[Any], columns: list[str]) -> str:
    """The SQL condition that a row of the table has the same key in a unique index as NEW.

    `sql` is the CREATE INDEX statement, None for the index of a constraint inside CREATE TABLE.
    """
    terms, where = _index_definition(sql) if sql else ([], "")
    matches = [where] if where else []
    for place, number, column, collation in key_parts:
        if number == _ROWID:
            matches.append("rowid = NEW.rowid")
        elif number == _EXPRESSION:
            new = f"(SELECT {terms[place]} FROM {_new_row(columns, terms[place])})"  # noqa: S608 (from the schema)
            matches.append(f"({terms[place]}) COLLATE {collation} = {new}")
        else:
            matches.append(f'"{column}" COLLATE {collation} = NEW."{column}"')
    applies = f" AND {_exists(_new_row(columns, where), [where])}" if where else ""
    return _exists(f'"{table}"', matches) + applies


def _exists(source: str, conditions: list[str]) -> str:
    return f"EXISTS (SELECT 1 FROM {source} WHERE {' AND '.join(conditions)})"  # noqa: S608 (names from the schema)


def _new_row(columns: list[str], expression: str) -> str:
    """A subquery of one row with the columns of NEW that the expression uses, so that it can be copied unchanged.

    Only those columns: SQLite refuses to drop a column that a trigger names.
    """
    named = [column for column in columns if re.search(rf"\b{re.escape(column)}\b", expression, re.IGNORECASE)]
    selected = ", ".join(f'NEW."{column}" AS "{column}"' for column in named)
    return f"(SELECT {selected or 1})"


def _index_definition(sql: str) -> tuple[list[str], str]:
    """The indexed terms (columns or expressions) and the WHERE condition ("" if none) of a CREATE UNIQUE INDEX."""
    # strings and quoted names first, so that brackets and commas inside them are not separators
    tokens = re.findall(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|[(),]|[^'\"(),]+", sql)
    depth = 0
    closed = False
    terms = [""]
    rest = ""
    for token in tokens:
        if closed:
            rest += token
            continue
        depth += (token == "(") - (token == ")")
        if depth == 0:
            closed = token == ")"
        elif depth == 1 and token == ",":
            terms.append("")
        elif depth > 1 or token != "(":
            terms[-1] += token
    found = re.match(r"\s*WHERE\s+(.*)", rest, re.IGNORECASE | re.DOTALL)
    return [_without_order(term) for term in terms], found[1].strip() if found else ""


def _without_order(term: str) -> str:
    return re.sub(r"\s+(ASC|DESC)\s*$", "", term.strip(), flags=re.IGNORECASE)
