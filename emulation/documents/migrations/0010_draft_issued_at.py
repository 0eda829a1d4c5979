from django.db import migrations, models
from django.db.models import Max, Q


def mark_issued_drafts(apps, schema_editor):
    """A draft is issued if a paper has its key, or, since its last change, its key and a suffix (":…")."""
    papers = apps.get_model("documents", "IssuedDocument")._base_manager.using(schema_editor.connection.alias)
    drafts = apps.get_model("documents", "Draft")._base_manager.using(schema_editor.connection.alias)
    same = {}
    longer = {}
    for commune, key, at in papers.values_list("commune", "key").annotate(at=Max("created_at")).iterator(2000):
        same[commune, key] = at
        parts = key.split(":")
        for count in range(1, len(parts)):
            place = (commune, ":".join(parts[:count]))
            longer[place] = max(at, longer.get(place, at))
    for pk, commune, key, changed in list(drafts.values_list("pk", "commune", "key", "updated_at")):
        at = same.get((commune, key))
        later = longer.get((commune, key))
        if later and later >= changed:
            at = max(later, at or later)
        if at:
            drafts.filter(pk=pk).update(issued_at=at)


class Migration(migrations.Migration):

    dependencies = [("documents", "0009_document_text")]

    operations = [
        migrations.AddField("draft", "issued_at", models.DateTimeField(null=True)),
        migrations.RunPython(mark_issued_drafts, migrations.RunPython.noop),
        migrations.AddIndex(
            "draft",
            models.Index(fields=["commune", "-updated_at"], condition=Q(issued_at=None), name="draft_not_issued"),
        ),
    ]
