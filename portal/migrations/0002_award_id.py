from django.db import migrations, models


def fill_award_ids(apps, schema_editor):
    """Entries published before have the code of their award."""
    Award = apps.get_model("commendations", "Award")
    for entry in apps.get_model("portal", "HonourEntry").objects.filter(award_id=None).iterator(500):
        award = Award.objects.filter(code=entry.code).values_list("pk", flat=True).first()
        if award is not None:
            entry.award_id = award
            entry.save(update_fields=["award_id"])


class Migration(migrations.Migration):

    dependencies = [
        ("portal", "0001_first"),
        ("commendations", "0012_cancelled_decisions"),
    ]

    operations = [
        migrations.AddField(
            model_name="honourentry",
            name="award_id",
            field=models.BigIntegerField(db_index=True, null=True),
        ),
        migrations.RunPython(fill_award_ids, migrations.RunPython.noop, elidable=True),
    ]
