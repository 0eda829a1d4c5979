"""Absences of holders of other roles than heads of units; rows of before are all of heads."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("villages", "0006_person_matches")]

    operations = [
        migrations.AlterField(
            model_name="absence",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="absences",
                to="villages.unit",
                verbose_name="đơn vị",
            ),
        ),
        migrations.AddField(
            model_name="absence",
            name="role",
            field=models.CharField(blank=True, default="", max_length=20, verbose_name="vai trò"),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("unit", None), models.Q(("role", ""), _negated=True)),
                    models.Q(("role", ""), ("unit__isnull", False)),
                    _connector="OR",
                ),
                name="absence_of_unit_or_role",
            ),
        ),
    ]
