import re

from django.db import migrations, models
from django.utils import timezone

NOT_PREPARED = ("issued", "dropped", "cancelled")


def day_of_drafts(apps, schema_editor):
    """Căn cứ were those of the day of the start; a replacing decision now has four articles."""
    amendments = apps.get_model("commendations", "Amendment")._base_manager
    for amendment in amendments.all().order_by("pk").iterator():
        amendment.expected_on = amendment.issued_on or timezone.localdate(amendment.created_at)
        fields = ["expected_on"]
        if amendment.kind == "replacement" and amendment.state not in NOT_PREPARED:
            amendment.recipients = re.sub(r"^Như Điều \d+", "Như Điều 4", amendment.recipients, flags=re.MULTILINE)
            fields.append("recipients")
        amendment.save(update_fields=fields)


class Migration(migrations.Migration):
    dependencies = [("commendations", "0019_returned_content")]

    operations = [
        migrations.AddField(
            "amendment", "expected_on", models.DateField("ngày dự kiến ban hành", default=timezone.localdate)
        ),
        migrations.RunPython(day_of_drafts, migrations.RunPython.noop),
    ]
