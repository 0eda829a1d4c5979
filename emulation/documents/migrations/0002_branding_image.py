from django.db import migrations


class Migration(migrations.Migration):
    """The model takes the name of what it holds. Tables keep their names; no row is updated."""

    dependencies = [("documents", "0001_squashed_0003_pictures")]

    operations = [
        migrations.AlterModelTable("picture", "documents_picture"),
        migrations.RenameModel("Picture", "BrandingImage"),
    ]
