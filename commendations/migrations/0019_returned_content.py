from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("commendations", "0018_proposals_cancelled_before")]

    operations = [
        migrations.AddField(
            "nomination", "returned_content", models.JSONField("nội dung lúc bị trả lại", default=dict, blank=True)
        ),
    ]
