from django.db import migrations


class Migration(migrations.Migration):
    """The models take the names of the glossary. Tables keep their names; no row is updated."""

    dependencies = [("villages", "0001_squashed_0004_serving")]

    operations = [
        migrations.AlterModelTable("charge", "villages_charge"),
        migrations.RenameModel("Charge", "CouncilLiaison"),
        migrations.AlterModelTable("pending", "villages_pending"),
        migrations.RenameModel("Pending", "PendingCase"),
    ]
