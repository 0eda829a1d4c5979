from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0007_papers_cancelled_before")]

    operations = [
        migrations.AddField(
            name, "returned_content", models.JSONField("nội dung lúc bị trả lại", default=dict, blank=True)
        )
        for name in ("exemplar", "registration")
    ]
