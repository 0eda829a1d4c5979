from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0008_returned_content")]

    operations = [
        migrations.AddField(
            "dutyreport", "returned_content", models.JSONField("nội dung lúc bị trả lại", default=dict, blank=True)
        )
    ]
