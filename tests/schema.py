"""The schema of the connected database, for a comparison of two databases."""

import json
from typing import Any

from django.db import connection

NOT_COMPARED = {"django_migrations", "auth_group_permissions"}
"""Not in the models; Django's own table whose migrations give `id` another integer than its models do."""


def schema() -> dict[str, Any]:
    """{table: {"columns": [[name, type, null]], "constraints": [[columns, primary key, unique, foreign key, check, index]]}}.

    Without names of constraints and orders of columns (a renamed table keeps old names), and without `NOT_COMPARED`.
    """
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table not in NOT_COMPARED:
                found[table] = {"columns": _columns(cursor, table), "constraints": _constraints(cursor, table)}
    return found


def _columns(cursor: Any, table: str) -> list[list[Any]]:
    rows = connection.introspection.get_table_description(cursor, table)
    return sorted([row.name, str(row.type_code), row.display_size, row.null_ok, row.collation] for row in rows)


def _constraints(cursor: Any, table: str) -> list[list[Any]]:
    keys = ("columns", "primary_key", "unique", "foreign_key", "check", "index", "orders", "type")
    rows = connection.introspection.get_constraints(cursor, table).values()
    return sorted(([row.get(key) for key in keys] for row in rows), key=json.dumps)
