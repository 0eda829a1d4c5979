"""The day of the first sending, which alone decides lateness, and the last day to register for a campaign.

Rows from before: the first sending is in the audit log; where it has none, it is the last sending.
"""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Min
from django.utils import timezone

SENT_BY = (
    ("Exemplar", "submitted_on", ("campaigns.submit",)),
    ("Registration", "registered_on", ("campaigns.register", "campaigns.decline")),
)


def fill_first_sent(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """The earlier of the first sending in the audit log and the last sending."""
    entries = apps.get_model("audit", "AuditEntry")._base_manager
    for model, column, acts in SENT_BY:
        logged = entries.filter(subject_type=f"campaigns.{model}", act__in=acts).order_by().values_list("subject_id")
        first_sent = {pk: timezone.localdate(at) for pk, at in logged.annotate(Min("at"))}
        rows = list(apps.get_model("campaigns", model)._base_manager.all())
        for row in rows:
            days = [day for day in (getattr(row, column), first_sent.get(row.pk)) if day]
            row.first_sent_on = min(days, default=None)
        apps.get_model("campaigns", model)._base_manager.bulk_update(rows, ["first_sent_on"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0004_approval"),
        ("audit", "0001_first"),
    ]

    operations = [
        migrations.AddField("exemplar", "first_sent_on", models.DateField("gửi lần đầu", null=True, blank=True)),
        migrations.AddField(
            "registration", "first_sent_on", models.DateField("trả lời lần đầu", null=True, blank=True)
        ),
        migrations.AddField(
            "campaign", "register_until", models.DateField("đăng ký đến hết ngày", null=True, blank=True)
        ),
        migrations.RunPython(fill_first_sent, migrations.RunPython.noop),
    ]
