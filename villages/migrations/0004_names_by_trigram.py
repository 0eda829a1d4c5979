from django.db import DatabaseError, migrations, transaction

TABLES = ("villages_person", "villages_household")


def create_indexes(apps, schema_editor):
    """On PostgreSQL, indexes that find a name by the beginnings of its words (emulation.core.lookups).

    They need the extension pg_trgm, which the owner of the database may create; without it names are found all the
    same, more slowly.
    """
    if schema_editor.connection.vendor != "postgresql":
        return
    try:
        with transaction.atomic():
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except DatabaseError:
        return
    for table in TABLES:
        schema_editor.execute(
            f"CREATE INDEX IF NOT EXISTS {table}_words ON {table} USING gin ((' ' || name_fold) gin_trgm_ops)"
        )


def drop_indexes(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            schema_editor.execute(f"DROP INDEX IF EXISTS {table}_words")


class Migration(migrations.Migration):

    dependencies = [("villages", "0003_form_of_address")]

    operations = [migrations.RunPython(create_indexes, drop_indexes)]
