"""How people and heads of households are addressed. Empty, as in all old rows: by the sex."""

from django.db import migrations

import emulation.core.fields


class Migration(migrations.Migration):
    dependencies = [("villages", "0002_qualified_names")]

    operations = [
        migrations.AddField(
            model_name="household",
            name="form_of_address",
            field=emulation.core.fields.CleanCharField(
                blank=True, default="", max_length=30, verbose_name="cách xưng hô với chủ hộ"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="person",
            name="form_of_address",
            field=emulation.core.fields.CleanCharField(
                blank=True, default="", max_length=30, verbose_name="cách xưng hô"
            ),
            preserve_default=False,
        ),
    ]
