from django.db import migrations


class Migration(migrations.Migration):
    """The model takes the standard term. Tables keep their names; no row is updated."""

    dependencies = [("notices", "0002_mail")]

    operations = [
        migrations.AlterModelTable("notice", "notices_notice"),
        migrations.RenameModel("Notice", "Notification"),
    ]
