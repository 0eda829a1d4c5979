"""People of the group "direct" get none: it was the default of the form, so nobody is known to have chosen it.

Awards, verdicts and reports keep the group that they stored.
"""

from typing import Any

from django.db import migrations


def forget_default_group(apps: Any, schema_editor: Any) -> None:
    apps.get_model("villages", "Person").objects.filter(group="direct").update(group="")


class Migration(migrations.Migration):

    dependencies = [
        ("villages", "0015_person_changes"),
    ]

    operations = [
        migrations.RunPython(forget_default_group, migrations.RunPython.noop),
    ]
