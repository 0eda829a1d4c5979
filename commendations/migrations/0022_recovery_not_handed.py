from django.db import migrations, models
from django.db.models import Q


def withdraw_outdated_payment_lists(apps, schema_editor):
    """Payment lists made before awards of their decision were amended show the old names and sums; they are made again by hand."""
    Amendment = apps.get_model("commendations", "Amendment")
    Draft = apps.get_model("documents", "Draft")
    for amendment in Amendment.objects.filter(state="issued").iterator():
        Draft.objects.filter(
            commune_id=amendment.commune_id,
            key=f"commendations.money:{amendment.decision_id}",
            updated_at__lt=amendment.state_since,
        ).delete()


class Migration(migrations.Migration):
    dependencies = [("commendations", "0021_amendment_fallen"), ("documents", "0007_cancellations")]

    operations = [
        migrations.AddField(
            "awardrecovery",
            "not_handed",
            models.BooleanField("chưa trao, không có gì phải thu hồi", default=False),
        ),
        migrations.RemoveConstraint("awardrecovery", "recovery_of_something"),
        migrations.AddConstraint(
            "awardrecovery",
            models.CheckConstraint(
                condition=Q(certificate=True) | Q(amount__gt=0) | Q(not_handed=True), name="recovery_of_something"
            ),
        ),
        migrations.RunPython(withdraw_outdated_payment_lists, migrations.RunPython.noop, elidable=True),
    ]
