"""The migrations make the schema of the models: the tests run on tables made from the models (`--nomigrations`)."""

import json
from typing import Any

import pytest

from tests.schema import schema

pytestmark = pytest.mark.both_databases

PRINT_SCHEMA = "import json; from tests.schema import schema; print(json.dumps(schema()))"


def test_migrations_make_the_tables_of_the_models(db: None, isolated_install: Any) -> None:
    migrated = json.loads(isolated_install.run(PRINT_SCHEMA))
    made = json.loads(json.dumps(schema()))
    assert migrated.keys() == made.keys()
    differing = {table: (migrated[table], made[table]) for table in made if migrated[table] != made[table]}
    assert differing == {}
