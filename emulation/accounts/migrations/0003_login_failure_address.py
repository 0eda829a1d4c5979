from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_email")]

    operations = [
        migrations.AddField(
            model_name="loginfailure",
            name="address",
            field=models.CharField(blank=True, default="", max_length=45),
        ),
    ]
