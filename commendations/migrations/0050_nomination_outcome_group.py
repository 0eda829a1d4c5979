"""The group of a person whom a superior commended, as reports have counted it; null: no such award."""

from typing import Any

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def store_groups(apps: Any, schema_editor: Any) -> None:
    """What reports have counted until now stays."""
    nominations = apps.get_model("commendations", "Nomination").objects
    people = apps.get_model("villages", "Person").objects.filter(pk=OuterRef("person_id"))
    nominations.filter(state="awarded_above", person__isnull=False).update(
        outcome_group=Subquery(people.values("group")[:1])
    )
    nominations.filter(state="awarded_above", person__isnull=True).update(outcome_group="")


class Migration(migrations.Migration):

    dependencies = [
        ("commendations", "0036_handover_reversals"),
        ("villages", "0011_council_renewal"),
    ]
    # It reads the groups that the migration of villages forgets.
    run_before = [("villages", "0016_unknown_groups")]

    operations = [
        migrations.AddField(
            model_name="nomination",
            name="outcome_group",
            field=models.CharField(
                blank=True,
                editable=False,
                max_length=10,
                null=True,
                verbose_name="nhóm đối tượng khi cấp trên khen",
            ),
        ),
        migrations.RunPython(store_groups, migrations.RunPython.noop),
    ]
