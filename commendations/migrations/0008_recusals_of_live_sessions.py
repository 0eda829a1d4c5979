"""Keeps with each case who is recused on it at a session that is not over."""

from django.db import migrations


def keep(apps, schema_editor):
    item_model = apps.get_model("commendations", "SessionItem")
    recusal_model = apps.get_model("commendations", "Recusal")
    live = item_model.objects.filter(session__state__in=["planned", "open"])
    for item in live.order_by("pk").iterator(500):
        for seat in item.recused.all():
            recusal_model.objects.get_or_create(
                commune_id=item.commune_id, nomination_id=item.nomination_id, person_id=seat.person_id, lifted_at=None
            )


class Migration(migrations.Migration):
    dependencies = [("commendations", "0007_recusals")]

    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
