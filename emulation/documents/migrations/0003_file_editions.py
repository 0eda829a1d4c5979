from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0002_branding_image"),
    ]

    operations = [
        migrations.AddField(
            model_name="documentfile",
            name="edition",
            field=models.PositiveSmallIntegerField(db_default=1, default=1, verbose_name="lần tạo"),
        ),
        migrations.RemoveConstraint(model_name="documentfile", name="document_file_once"),
        migrations.AddConstraint(
            model_name="documentfile",
            constraint=models.UniqueConstraint(
                fields=("document", "format", "edition"), name="document_file_edition_once"
            ),
        ),
    ]
