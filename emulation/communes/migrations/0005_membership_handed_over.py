"""From whom a role was handed over; empty for those of before, which nobody recorded."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("communes", "0004_acts_for_vice_chair")]

    operations = [
        migrations.AddField(
            model_name="membership", name="handed_over_by_id", field=models.BigIntegerField(blank=True, null=True)
        ),
    ]
