"""Which job comes first. Jobs that already wait are of normal priority."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("jobs", "0001_first")]

    operations = [
        migrations.AddField(
            model_name="job",
            name="priority",
            field=models.PositiveSmallIntegerField(
                choices=[(0, "Có người đang chờ"), (1, "Bình thường"), (2, "Làm hàng loạt")], default=1
            ),
        ),
        migrations.RemoveIndex(model_name="job", name="job_waiting"),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(fields=["state", "priority", "due_at"], name="job_by_priority"),
        ),
    ]
