from django.db import migrations


def cancel_reports(apps, schema_editor):
    """Reports cancelled as papers before their rows followed: they are cancelled, and can be made again."""
    rows = apps.get_model("reports", "PeriodReport").objects.filter(state__in=["sent", "acknowledged"])
    cancelled = list(rows.filter(document__events__kind="cancelled").values_list("pk", flat=True))
    rows.filter(pk__in=cancelled).update(state="cancelled")


class Migration(migrations.Migration):

    dependencies = [
        ("reports", "0004_first_sent"),
        ("documents", "0007_cancellations"),
    ]

    operations = [
        migrations.RunPython(cancel_reports, migrations.RunPython.noop, elidable=True),
    ]
