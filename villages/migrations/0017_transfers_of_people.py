"""A person moves alone too, not only with a change of units."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('communes', '0004_acts_for_vice_chair'),
        ('villages', '0016_unknown_groups'),
    ]

    operations = [
        migrations.AddField(
            model_name='unittransfer',
            name='person_change',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='transfer', to='villages.personchange', verbose_name='thay đổi của người'),
        ),
        migrations.AlterField(
            model_name='unittransfer',
            name='change',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='villages.unitchange'),
        ),
        migrations.AddConstraint(
            model_name='unittransfer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('change', None), ('person_change__isnull', False)), models.Q(('change__isnull', False), ('person_change', None)), _connector='OR'), name='transfer_by_one_change'),
        ),
    ]
