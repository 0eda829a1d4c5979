from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("commendations", "0020_amendment_expected_on")]

    operations = [
        migrations.AddField("amendment", "fallen", models.JSONField("hệ quả khi ban hành", default=dict, blank=True))
    ]
