"""Which unit acts for a closed one; the paper that orders another name of the commune (empty in old rows)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("communes", "0002_membership_given_by")]

    operations = [
        migrations.AddField(
            model_name="communeidentity",
            name="paper",
            field=models.CharField(blank=True, default="", max_length=300, verbose_name="văn bản quyết định"),
        ),
        migrations.CreateModel(
            name="UnitSuccession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("unit_id", models.BigIntegerField(unique=True)),
                ("successor_id", models.BigIntegerField(db_index=True)),
                ("starts_on", models.DateField(verbose_name="từ ngày")),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successions",
                        to="communes.commune",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("unit_id", models.F("successor_id")), _negated=True),
                        name="succession_by_another_unit",
                    )
                ],
            },
        ),
    ]
