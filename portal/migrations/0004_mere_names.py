"""The honour roll has mere names: no year of birth or household of people of one name."""

import re

from django.db import migrations

from emulation.core.text import fold

BIRTH_DAY = re.compile(r"(?: – )?sinh ngày [\d/]+")


def leave_marks_out(apps, schema_editor):
    awards = apps.get_model("commendations", "Award").objects.exclude(name_mark=None).exclude(name_mark="")
    marks = dict(awards.values_list("pk", "name_mark"))
    for entry in apps.get_model("portal", "HonourEntry").objects.filter(award_id__in=marks, name__endswith=")"):
        mark = marks[entry.award_id]
        published = (mark, BIRTH_DAY.sub("", mark).removeprefix(" – "))  # a day of birth was never published
        name = next((entry.name.removesuffix(f" ({text})") for text in published if entry.name.endswith(f" ({text})")), "")
        if name:
            entry.search = f"{fold(name)}{entry.search.removeprefix(fold(entry.name))}"
            entry.name = name
            entry.save(update_fields=["name", "search"])


class Migration(migrations.Migration):
    dependencies = [("portal", "0003_apostrophes"), ("commendations", "0054_award_name_mark")]

    operations = [migrations.RunPython(leave_marks_out, migrations.RunPython.noop)]
