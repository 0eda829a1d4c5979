"""What a version of the council ended when it was recorded; empty for those of the set-up."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("villages", "0010_absence_of_roles")]

    operations = [
        migrations.AddField(
            model_name="councilversion", name="ended", field=models.JSONField(blank=True, default=dict)
        ),
    ]
