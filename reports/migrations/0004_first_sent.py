"""The day on which a report was first sent to the superior: only the first sending can be late.

Reports from before: the first sending is in the audit log; where it has none, it is the day of issue.
"""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Min
from django.utils import timezone


def fill_first_sent(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """The earlier of the first sending in the audit log and the day of issue."""
    entries = apps.get_model("audit", "AuditEntry")._base_manager
    logged = entries.filter(subject_type="reports.PeriodReport", act="reports.send").order_by()
    first_sent = {pk: timezone.localdate(at) for pk, at in logged.values_list("subject_id").annotate(Min("at"))}
    for report in apps.get_model("reports", "PeriodReport")._base_manager.all():
        days = [day for day in (report.issued_on, first_sent.get(report.pk)) if day]
        report.first_sent_on = min(days, default=None)
        report.save(update_fields=["first_sent_on"])


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0003_approval"),
        ("audit", "0001_first"),
    ]

    operations = [
        migrations.AddField("periodreport", "first_sent_on", models.DateField("gửi lần đầu", null=True, blank=True)),
        migrations.RunPython(fill_first_sent, migrations.RunPython.noop),
    ]
