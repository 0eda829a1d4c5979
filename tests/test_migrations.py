"""Squashed migrations stand beside the files that they replace and must say the same."""

import pytest
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState

WHOLE, PIECES = MigrationLoader(None), MigrationLoader(None, replace_migrations=False)


def tables(loader: MigrationLoader, node: tuple[str, str]) -> dict[str, ModelState]:
    return {model: state for (app, model), state in loader.project_state([node]).models.items() if app == node[0]}


@pytest.mark.parametrize("squashed", sorted(WHOLE.replacements), ids="/".join)
def test_a_squashed_migration_ends_where_what_it_replaces_ends(squashed):
    assert tables(WHOLE, squashed) == tables(PIECES, WHOLE.replacements[squashed].replaces[-1])


@pytest.mark.parametrize("squashed", sorted(WHOLE.replacements), ids="/".join)
def test_a_squashed_migration_asks_only_for_what_the_old_ones_asked_for(squashed):
    """Asking for another squash, it would need all of that one: a database that lacks the last file would not migrate."""
    assert set(WHOLE.replacements[squashed].dependencies) & set(WHOLE.replacements) == set()
