"""What distinguishes people and households of one name, stored with them."""

from collections import defaultdict

from django.db import migrations, models

from villages.rules.name_marks import MAX_MARK, Namesake, name_marks


def store_marks(apps, schema_editor):
    people = apps.get_model("villages", "Person").objects.select_related("household", "same_as__household")
    households = apps.get_model("villages", "Household").objects.all()
    for rows, facts_of in ((people, _facts_of_person), (households, _facts_of_household)):
        by_name = defaultdict(list)
        for row in rows.order_by("pk").iterator():
            by_name[row.commune_id, row.name_key].append(row)
        for same in by_name.values():
            if len(same) > 1:
                _store(same, facts_of)


def _store(same, facts_of):
    who = {row.pk: getattr(row, "same_as_id", None) or row.pk for row in same}
    facts = {who[row.pk]: facts_of(row) for row in same}
    for row in same:
        here = list(dict.fromkeys(who[one.pk] for one in same if one.unit_id == row.unit_id))
        row.name_mark = name_marks([facts[one] for one in here])[here.index(who[row.pk])]
        row.name_elsewhere = any(one.unit_id != row.unit_id and who[one.pk] != who[row.pk] for one in same)
        row.save(update_fields=["name_mark", "name_elsewhere"])


def _facts_of_person(row):
    kept = row.same_as or row
    household = kept.household
    words = " – ".join(filter(None, [household.head_name, household.address])) if household else ""
    return Namesake(kept.birth_year, f"hộ {words}" if words else "", kept.birth_date, kept.post, kept.sex)


def _facts_of_household(row):
    return Namesake(household=row.address)


def columns():
    for model in ("person", "household"):
        yield migrations.AddField(
            model,
            "name_mark",
            models.CharField(max_length=MAX_MARK, blank=True, default="", editable=False),
        )
        yield migrations.AddField(model, "name_elsewhere", models.BooleanField(default=False, editable=False))


class Migration(migrations.Migration):
    dependencies = [("villages", "0030_collectives")]

    operations = [*columns(), migrations.RunPython(store_marks, migrations.RunPython.noop)]
