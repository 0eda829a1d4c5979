"""Append-only tables keep their triggers after any migration; on SQLite the triggers cover every kind of unique key."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from emulation.core import append_only

pytestmark = pytest.mark.both_databases

sqlite_only = pytest.mark.skipif(connection.vendor != "sqlite", reason="REPLACE and its trigger exist on SQLite only")


def run(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def test_every_declared_table_has_its_triggers(db):
    assert "audit_entry" in append_only.guarded_tables()
    assert append_only.missing_triggers() == []


def test_migrate_installs_the_triggers_of_a_rebuilt_table_again(committed):
    entry = apps.get_model("audit.AuditEntry")
    old = models.CharField(max_length=80)
    new = models.CharField(max_length=81)
    for field in (old, new):
        field.set_attributes_from_name("act")
        field.model = entry
    with connection.schema_editor() as editor:
        editor.alter_field(entry, old, new)
    if connection.vendor == "sqlite":
        assert append_only.missing_triggers() == ["audit_entry"]
        assert [error.id for error in append_only.check_triggers(databases=["default"])] == ["core.E001"]
    call_command("migrate", verbosity=0)
    assert append_only.missing_triggers() == []


@pytest.mark.parametrize("table", ["audit_entry"])
def test_triggers_are_disabled_only_in_a_block(db, table):
    with append_only.triggers_disabled():
        assert table in append_only.missing_triggers()
    assert append_only.missing_triggers() == []


def test_migrate_installs_the_triggers_that_its_own_checks_require(committed):
    append_only.drop_triggers()
    call_command("migrate", plan=True, skip_checks=True, verbosity=0)
    assert append_only.missing_triggers() == append_only.guarded_tables()
    call_command("migrate", skip_checks=False, verbosity=0)
    assert append_only.missing_triggers() == []


def names_of_triggers(table):
    """Names of all triggers of a table except those that PostgreSQL creates for foreign keys."""
    return sorted(
        name
        for (name,) in run(
            f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{table}'"
            if connection.vendor == "sqlite"
            else f"SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgrelid = '{table}'::regclass"
        )
    )


def test_each_missing_trigger_is_detected(db):
    names = names_of_triggers("legal_calendarday")
    assert len(names) == (3 if connection.vendor == "sqlite" else 2)
    for name in names:
        run(f'DROP TRIGGER "{name}"' + ("" if connection.vendor == "sqlite" else " ON legal_calendarday"))
        assert append_only.missing_triggers() == ["legal_calendarday"], name
        append_only.install_missing_triggers()
        assert append_only.missing_triggers() == [] and names_of_triggers("legal_calendarday") == names


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL can disable a trigger")
def test_a_disabled_trigger_counts_as_missing(db):
    run("ALTER TABLE legal_calendarday DISABLE TRIGGER guard_row")
    assert append_only.missing_triggers() == ["legal_calendarday"]


def test_triggers_are_found_by_table_and_not_by_name(db):
    """A table renamed by a migration keeps trigger names that another table may need now."""
    run(
        "ALTER TABLE legal_calendarday RENAME TO scratch_old",
        "ALTER TABLE documents_picture RENAME TO legal_calendarday",
        "ALTER TABLE scratch_old RENAME TO documents_picture",
    )
    assert append_only.missing_triggers() == []
    append_only.install_triggers()
    assert append_only.missing_triggers() == []
    append_only.drop_triggers()
    assert names_of_triggers("legal_calendarday") == names_of_triggers("documents_picture") == []
    assert {"legal_calendarday", "documents_picture"} <= set(append_only.missing_triggers())


@sqlite_only
def test_triggers_follow_the_unique_keys(db):
    run('CREATE UNIQUE INDEX "scratch" ON legal_calendarday (day) WHERE "kind" = \'off\'')
    assert append_only.missing_triggers() == ["legal_calendarday"]
    append_only.install_missing_triggers()
    assert append_only.missing_triggers() == []
    run("DROP INDEX scratch")
    assert append_only.missing_triggers() == ["legal_calendarday"]
    append_only.install_missing_triggers()
    assert append_only.missing_triggers() == []


@sqlite_only
def test_a_column_outside_the_keys_can_still_be_dropped(db):
    run(
        "CREATE TABLE scratch (id INTEGER PRIMARY KEY, a TEXT, state TEXT, other TEXT)",
        "CREATE UNIQUE INDEX scratch_key ON scratch (lower(a)) WHERE state = 'open'",
    )
    with connection.cursor() as cursor:
        run(*append_only.trigger_statements(cursor, "scratch"))
    run("ALTER TABLE scratch DROP COLUMN other")


SCRATCH = {
    # name: (columns, indexes, existing rows, values that conflict with an existing row, values that do not)
    "rowid": ("a TEXT", [], "(1, 'x')", "(1, 'y')", "(2, 'x')"),
    "text primary key": ("a TEXT NOT NULL UNIQUE", [], "(1, 'x')", "(2, 'x')", "(2, 'y')"),
    "two columns": ("a TEXT, b INT, UNIQUE (a, b)", [], "(1, 'x', 1)", "(2, 'x', 1)", "(2, 'x', 2)"),
    "a key with null equals none": ("a TEXT, b INT, UNIQUE (a, b)", [], "(1, 'x', 1), (2, 'x', NULL)", "(3, 'x', 1)", "(3, 'x', NULL)"),
    "rowid in a longer key": ("a TEXT, b INT, UNIQUE (id, a)", [], "(1, 'x', 1)", "(1, 'x', 2)", "(2, 'x', 1)"),
    "partial, applies to both": ("a TEXT, b TEXT", ["(a) WHERE b = 'where (x), '"], "(1, 'x', 'where (x), ')", "(2, 'x', 'where (x), ')", "(2, 'y', 'where (x), ')"),
    "partial, not the new one": ("a TEXT, b INT", ["(a) WHERE b IS NOT NULL AND (b > 0)"], "(1, 'x', 1)", "(2, 'x', 2)", "(2, 'x', 0)"),
    "partial, not the old one": ("a TEXT, b INT", ["(a) WHERE NOT (b = 0)"], "(1, 'x', 0), (2, 'z', 1)", "(3, 'z', 3)", "(3, 'x', 1)"),
    "partial, null": ("a TEXT, b INT", ["(a) WHERE b IS NULL"], "(1, 'x', NULL)", "(2, 'x', NULL)", "(2, 'x', 1)"),
    "expression": ("a TEXT, b INT", ["(lower(a), b DESC)"], "(1, 'x', 1)", "(2, 'X', 1)", "(2, 'X', 2)"),
    "expression with commas": ("a TEXT, b INT", ["(coalesce(a, 'p,q)'), (b + 1))"], "(1, NULL, 1)", "(2, 'p,q)', 1)", "(2, 'p,q)', 2)"),
    "expression, partial": ("a TEXT, b INT", ["((a || '!')) WHERE b = 1"], "(1, 'x', 1)", "(2, 'x', 1)", "(2, 'x', 2)"),
    "collation of the index": ("a TEXT", ["(a COLLATE NOCASE)"], "(1, 'x')", "(2, 'X')", "(2, 'y')"),
    "collation of the column": ("a TEXT COLLATE NOCASE UNIQUE", [], "(1, 'x')", "(2, 'X')", "(2, 'y')"),
    "types are compared as stored": ("a TEXT UNIQUE", [], "(1, 5)", "(2, '5')", "(2, 6)"),
    "quoted names": ('"a b" TEXT, "where" INT', ['("a b") WHERE "where" = 1'], "(1, 'x', 1)", "(2, 'x', 1)", "(2, 'x', 2)"),
}  # fmt: skip


@sqlite_only
@pytest.mark.parametrize("case", SCRATCH)
def test_every_kind_of_unique_key_refuses_replace(db, case):
    columns, indexes, existing, conflicting, new = SCRATCH[case]
    run(f"CREATE TABLE scratch (id INTEGER PRIMARY KEY, {columns})")
    run(*(f"CREATE UNIQUE INDEX scratch_{place} ON scratch {index}" for place, index in enumerate(indexes)))
    run(f"INSERT INTO scratch VALUES {existing}")
    before = run("SELECT * FROM scratch")
    with transaction.atomic():
        run(f"INSERT OR REPLACE INTO scratch VALUES {conflicting}")
        assert run("SELECT * FROM scratch") != before, (
            "without triggers REPLACE must change a row: the case tests nothing"
        )
        transaction.set_rollback(True)
    with connection.cursor() as cursor:
        run(*append_only.trigger_statements(cursor, "scratch"))
    for how in ("INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE", "INSERT"):
        with pytest.raises(IntegrityError, match="append-only table scratch"), transaction.atomic():
            run(f"{how} INTO scratch VALUES {conflicting}")
    for number in range(1, len(before) + 1):
        with pytest.raises(DatabaseError, match="append-only table scratch"), transaction.atomic():
            run(f"UPDATE OR REPLACE scratch SET id = 9 WHERE id = {number}")
    assert run("SELECT * FROM scratch") == before
    run(f"INSERT OR REPLACE INTO scratch VALUES {new}")
    assert len(run("SELECT * FROM scratch")) == len(before) + 1


@sqlite_only
def test_a_table_without_an_integer_key(db):
    """Its rowid is a separate key: REPLACE on the rowid would delete the row as well."""
    run("CREATE TABLE scratch (code TEXT PRIMARY KEY)", "INSERT INTO scratch (rowid, code) VALUES (5, 'x')")
    with connection.cursor() as cursor:
        run(*append_only.trigger_statements(cursor, "scratch"))
    for values in ("(5, 'y')", "(6, 'x')"):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            run(f"INSERT OR REPLACE INTO scratch (rowid, code) VALUES {values}")
    run("INSERT INTO scratch (code) VALUES ('y'), ('z')")
    assert run("SELECT rowid, code FROM scratch") == [(5, "x"), (6, "y"), (7, "z")]
