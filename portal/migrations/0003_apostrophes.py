"""In the search text all apostrophes are one letter."""

from django.db import migrations
from django.db.models import F, Value
from django.db.models.functions import Replace


def fold_apostrophes(apps, schema_editor):
    rows = apps.get_model("portal", "HonourEntry").objects
    for apostrophe in "’‘ʼʻʹ′`":
        rows.filter(search__contains=apostrophe).update(search=Replace(F("search"), Value(apostrophe), Value("'")))


class Migration(migrations.Migration):
    dependencies = [("portal", "0002_award_id")]

    operations = [migrations.RunPython(fold_apostrophes, migrations.RunPython.noop)]
