"""Stored names with an apostrophe take the folded name of their person or household (villages 0010)."""

from django.db import migrations
from django.db.models import OuterRef, Q, Subquery

from emulation.core.text import fold, name_key

APOSTROPHES = "’‘ʼʻʹ′´`＇"


def fold_apostrophes(apps, schema_editor):
    for app, name in (("campaigns", "Exemplar"), ("commendations", "Nomination")):
        rows = apps.get_model(app, name).objects.all()
        for kind, model, field in (("person", "Person", "full_name"), ("household", "Household", "head_name")):
            named = apps.get_model("villages", model).objects.filter(pk=OuterRef(f"{kind}_id"))
            rows.filter(_with_apostrophe(f"{kind}__{field}")).update(
                nominee_fold=Subquery(named.values("name_fold")), nominee_key=Subquery(named.values("name_key"))
            )
    exemplars = apps.get_model("campaigns", "Exemplar").objects.filter(_with_apostrophe("nominee_fold"))
    for exemplar in exemplars.exclude(new_nominee={}).iterator():
        typed = str(exemplar.new_nominee.get("name", ""))
        exemplars.model.objects.filter(pk=exemplar.pk).update(
            nominee_fold=fold(typed)[:250], nominee_key=name_key(typed)[:400]
        )


def _with_apostrophe(field):
    found = Q()
    for apostrophe in APOSTROPHES:
        found |= Q(**{f"{field}__contains": apostrophe})
    return found


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0011_exemplar_indexes"),
        ("commendations", "0030_document_indexes"),
        ("villages", "0004_nicknames_twins"),
    ]

    operations = [migrations.RunPython(fold_apostrophes, migrations.RunPython.noop)]
