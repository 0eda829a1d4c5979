"""Collectives that are no units: rows of units of a further kind, with what they are and the unit that they belong to."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("villages", "0025_unit_change_replaced")]

    operations = [
        migrations.AlterField(
            "unit",
            "kind",
            models.CharField(
                "loại",
                max_length=12,
                choices=[
                    ("village", "Thôn"),
                    ("school", "Trường học"),
                    ("station", "Trạm Y tế"),
                    ("organisation", "Mặt trận, đoàn thể"),
                    ("office", "Văn phòng"),
                    ("collective", "Tập thể khác"),
                ],
            ),
        ),
        migrations.AddField(
            "unit",
            "collective_kind",
            models.CharField(
                "là",
                max_length=12,
                blank=True,
                default="",
                choices=[
                    ("group", "Tổ"),
                    ("chapter", "Chi hội"),
                    ("class", "Lớp"),
                    ("enterprise", "Doanh nghiệp"),
                    ("cooperative", "Hợp tác xã"),
                ],
            ),
        ),
        migrations.AddField(
            "unit",
            "parent",
            models.ForeignKey(
                "villages.unit",
                models.PROTECT,
                null=True,
                blank=True,
                editable=False,
                related_name="+",
                verbose_name="thuộc đơn vị",
            ),
        ),
        migrations.AddConstraint(
            "unit",
            models.CheckConstraint(
                condition=models.Q(models.Q(("kind", "collective"), models.Q(("collective_kind", ""), _negated=True)))
                | models.Q(
                    models.Q(("kind", "collective"), _negated=True), ("collective_kind", ""), ("parent", None)
                ),
                name="unit_collective_kind",
            ),
        ),
        migrations.CreateModel(
            "Collective",
            fields=[],
            options={"ordering": ["name", "pk"], "proxy": True, "indexes": [], "constraints": []},
            bases=("villages.unit",),
        ),
    ]
