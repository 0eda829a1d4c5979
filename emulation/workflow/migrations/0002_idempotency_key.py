from django.db import migrations


class Migration(migrations.Migration):
    """The model takes the standard term. Tables keep their names; no row is updated."""

    dependencies = [("acts", "0001_first")]

    operations = [
        migrations.AlterModelTable("formonce", "acts_formonce"),
        migrations.RenameModel("FormOnce", "IdempotencyKey"),
    ]
