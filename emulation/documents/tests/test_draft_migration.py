"""The migration that marks issued drafts finds those that the page left out before it."""

from importlib import import_module
from types import SimpleNamespace

from django.apps import apps
from django.db import connection

from emulation.documents import actions
from emulation.documents.models import Draft
from emulation.documents.tests import papers


def test_issued_drafts_are_marked(commune, office, clerk):
    def save(key, paper):
        actions.create_or_update_draft(by=office, commune=commune, paper=paper, key=key)

    for key in ("n:1:request", "n:10:request", "d:1", "changed"):
        save(key, papers.request())
    for key in ("n:1:request:4", "d:1", "changed:1"):
        actions.freeze_document(by=clerk, commune=commune, paper=papers.request(), issued_on=papers.DAY, key=key)
    save("changed", papers.report())
    expected = dict(Draft.objects.values_list("key", "issued_at"))
    assert [key for key, at in expected.items() if at] == ["n:1:request", "d:1"]
    Draft.objects.update(issued_at=None)
    migration = import_module("emulation.documents.migrations.0010_draft_issued_at")
    migration.mark_issued_drafts(apps, SimpleNamespace(connection=connection))
    marked = dict(Draft.objects.values_list("key", "issued_at"))
    assert {key: bool(at) for key, at in marked.items()} == {key: bool(at) for key, at in expected.items()}
