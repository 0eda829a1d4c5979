"""Columns that all papers with an approval share; no column is renamed in the database."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0003_photo_upload_sha256"),
    ]

    operations = [
        migrations.AlterField(
            "campaign",
            "document",
            models.OneToOneField(
                "documents.IssuedDocument",
                django.db.models.deletion.PROTECT,
                null=True,
                blank=True,
                related_name="+",
                verbose_name="văn bản",
            ),
        ),
        migrations.AlterField(
            "praiseletter",
            "signed_on",
            models.DateField("ký ngày", null=True, blank=True, db_column="signed_on"),
        ),
        migrations.RenameField("praiseletter", "signed_on", "issued_on"),
        migrations.AddField("praiseletter", "deputy", models.BooleanField("Phó Chủ tịch ký thay", default=False)),
    ]
