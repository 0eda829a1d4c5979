"""Append-only tables stay armed, whatever a migration does."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models

from emulation.core import guards


def test_every_declared_table_is_armed(db):
    assert "audit_entry" in guards.guarded_tables()
    assert guards.unarmed() == []


def test_a_rebuilt_table_is_found_unarmed_and_armed_again_by_migrate(committed):
    entry = apps.get_model("audit.Entry")
    old, new = models.CharField(max_length=80), models.CharField(max_length=81)
    for field in (old, new):
        field.set_attributes_from_name("act")
        field.model = entry
    with connection.schema_editor() as editor:
        editor.alter_field(entry, old, new)
    if connection.vendor == "sqlite":
        assert guards.unarmed() == ["audit_entry"]
        assert [error.id for error in guards.check_guards(databases=["default"])] == ["core.E001"]
    call_command("migrate", verbosity=0)
    assert guards.unarmed() == []


@pytest.mark.parametrize("table", ["audit_entry"])
def test_guards_down_is_a_matter_of_a_block(db, table):
    with guards.down():
        assert table in guards.unarmed()
    assert guards.unarmed() == []
