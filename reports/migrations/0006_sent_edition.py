from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0005_reports_cancelled_before")]

    operations = [
        migrations.AddField(
            "periodreport",
            "sent_edition",
            models.JSONField("bản đã gửi, trước khi lập lại", default=dict, blank=True),
        ),
    ]
