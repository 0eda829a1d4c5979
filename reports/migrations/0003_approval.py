"""The columns that all papers with an approval share, and reports that the chair returned in a state of their own.

A report that was returned was in the state "draft", with the reason under "assessment".
"""

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import emulation.core.fields


def mark_returned(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Moves the reason; a returned draft is now in the state "returned"."""
    reports = apps.get_model("reports", "PeriodReport")._base_manager.exclude(return_notes={})
    for report in reports:
        if "assessment" in report.return_notes:
            report.return_notes = {"reason": report.return_notes["assessment"]}
            report.state = "returned" if report.state == "draft" and report.edition == 1 else report.state
            report.save(update_fields=["return_notes", "state"])


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0002_calendar_link"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint("periodreport", "report_sent_has_document"),
        migrations.AlterField(
            "periodreport", "sent_on", models.DateField("ngày gửi", null=True, blank=True, db_column="sent_on")
        ),
        migrations.RenameField("periodreport", "sent_on", "issued_on"),
        migrations.AddConstraint(
            "periodreport",
            models.CheckConstraint(
                condition=~models.Q(state__in=["sent", "acknowledged", "sent_back"])
                | models.Q(document__isnull=False, issued_on__isnull=False, figures__isnull=False),
                name="report_sent_has_document",
            ),
        ),
        migrations.AlterField(
            "periodreport",
            "document",
            models.OneToOneField(
                "documents.IssuedDocument",
                django.db.models.deletion.PROTECT,
                null=True,
                blank=True,
                related_name="+",
                verbose_name="văn bản",
            ),
        ),
        migrations.AddField(
            "periodreport",
            "signer",
            emulation.core.fields.CleanCharField("người ký", max_length=120, blank=True, default=""),
            preserve_default=False,
        ),
        migrations.AddField("periodreport", "deputy", models.BooleanField("Phó Chủ tịch ký thay", default=False)),
        migrations.AddField(
            "periodreport",
            "created_by",
            models.ForeignKey(
                settings.AUTH_USER_MODEL, django.db.models.deletion.PROTECT, null=True, blank=True, related_name="+"
            ),
        ),
        migrations.RunPython(mark_returned, migrations.RunPython.noop),
    ]
