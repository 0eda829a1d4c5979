"""Nicknames, what distinguishes twins, and the folded names of people whose name has an apostrophe."""

from django.db import migrations, models
from django.db.models import Q

import emulation.core.fields
from emulation.core.text import fold, name_key

APOSTROPHES = "’‘ʼʻʹ′´`＇"


def fold_apostrophes(apps, schema_editor):
    """Since this version all apostrophes are one letter of the folded name, and none of the sort key."""
    for model, field in (("Person", "full_name"), ("Household", "head_name")):
        with_apostrophe = Q()
        for apostrophe in APOSTROPHES:
            with_apostrophe |= Q(**{f"{field}__contains": apostrophe})
        rows = apps.get_model("villages", model).objects.filter(with_apostrophe)
        for row in rows.iterator():
            name = getattr(row, field)
            rows.model.objects.filter(pk=row.pk).update(name_fold=fold(name)[:250], name_key=name_key(name))


def text_field(label, length):
    return emulation.core.fields.CleanCharField(blank=True, default="", max_length=length, verbose_name=label)


class Migration(migrations.Migration):
    dependencies = [("villages", "0003_form_of_address")]

    operations = [
        migrations.AddField("household", "nickname", text_field("tên thường gọi", 60), preserve_default=False),
        migrations.AddField("person", "nickname", text_field("tên thường gọi", 60), preserve_default=False),
        migrations.AddField("person", "twin_note", text_field("ghi chú để phân biệt", 80), preserve_default=False),
        migrations.AddField(
            "person", "birth_date", models.DateField(blank=True, null=True, verbose_name="ngày sinh")
        ),
        migrations.RunPython(fold_apostrophes, migrations.RunPython.noop),
    ]
