from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("villages", "0001_first")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="joined_on",
            field=models.DateField(blank=True, null=True, verbose_name="vào đơn vị, được tuyển dụng ngày"),
        ),
    ]
