"""The people and households of the nominations of each unit, as its nominees."""

from django.db import migrations


def store_nominees(apps, schema_editor):
    rows = apps.get_model("commendations", "Nomination").objects.exclude(person=None, household=None).order_by()
    nominees = apps.get_model("villages", "UnitNominee")
    pairs = rows.values_list("unit_id", "person_id", "household_id").distinct()
    found = [nominees(unit_id=unit, person_id=person, household_id=household) for unit, person, household in pairs]
    nominees.objects.bulk_create(found, ignore_conflicts=True, batch_size=2000)


class Migration(migrations.Migration):

    dependencies = [
        ("commendations", "0083_returned_papers"),
        ("villages", "0034_unit_nominees"),
    ]

    operations = [migrations.RunPython(store_nominees, migrations.RunPython.noop)]
