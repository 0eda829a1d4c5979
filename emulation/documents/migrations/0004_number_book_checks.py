import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("backups", "0001_first"),
        ("communes", "0001_first"),
        ("documents", "0003_file_editions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NumberBookCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("last_restored", models.PositiveIntegerField(verbose_name="số cuối trong bản sao")),
                ("last_on_paper", models.PositiveIntegerField(verbose_name="số cuối trên giấy")),
                ("checked_at", models.DateTimeField(auto_now_add=True, verbose_name="lúc")),
                (
                    "book",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="checks", to="documents.numberbook"
                    ),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="communes.commune",
                        verbose_name="xã",
                    ),
                ),
                (
                    "restore",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="backups.restore"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("restore", "book"), name="number_book_check_once"),
                    models.CheckConstraint(
                        condition=models.Q(("last_on_paper__gte", models.F("last_restored"))),
                        name="number_book_check_never_back",
                    ),
                ],
            },
        ),
    ]
