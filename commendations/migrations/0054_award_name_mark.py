"""What distinguished the person or household of an award from others of the name; null for awards of before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("commendations", "0050_nomination_outcome_group")]

    operations = [
        migrations.AddField("award", "name_mark", models.CharField(max_length=160, null=True, blank=True)),
    ]
