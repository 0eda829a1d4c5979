"""Word indexes: made after each migration, without the extension the migration goes on."""

import pytest
from django.db import DatabaseError, connection

from emulation.core import word_indexes

pytestmark = pytest.mark.both_databases


def test_sqlite_has_no_word_indexes(db):
    if connection.vendor == "sqlite":
        assert word_indexes.missing_indexes() == {}


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="trigram indexes are of PostgreSQL")
def test_a_missing_index_is_made_by_the_next_migration(db):
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX villages_person_words")
    assert list(word_indexes.missing_indexes()) == ["villages_person_words"]
    word_indexes.make_missing_indexes()
    assert word_indexes.missing_indexes() == {}


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="trigram indexes are of PostgreSQL")
def test_without_the_extension_a_migration_goes_on(db):
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX villages_person_words")

    def refuse(execute, sql, params, many, context):
        if "EXTENSION" in sql:
            raise DatabaseError("permission denied to create extension")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        word_indexes.make_missing_indexes()
    assert list(word_indexes.missing_indexes()) == ["villages_person_words"]
