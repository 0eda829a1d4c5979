"""Head of a household as a person; dated changes of households."""

import django.db.models.deletion
import django.utils.timezone
import emulation.core.fields
import emulation.workflow.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('communes', '0004_acts_for_vice_chair'),
        ('villages', '0017_transfers_of_people'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='household',
            name='head',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.person', verbose_name='chủ hộ'),
        ),
        migrations.CreateModel(
            name='HouseholdChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(db_index=True, max_length=20, verbose_name='trạng thái')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='từ lúc')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='phiên bản')),
                ('return_notes', models.JSONField(blank=True, default=dict, verbose_name='lý do trả lại theo từng mục')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('effective_on', models.DateField(verbose_name='từ ngày')),
                ('ended', models.JSONField(blank=True, default=dict)),
                ('note', emulation.core.fields.CleanCharField(blank=True, max_length=300, verbose_name='căn cứ, ghi chú')),
                ('end_reason', emulation.core.fields.CleanCharField(blank=True, max_length=300, verbose_name='lý do rút')),
                ('kind', models.CharField(choices=[('head', 'Đổi chủ hộ'), ('joined', 'Vào hộ'), ('left', 'Ra khỏi hộ'), ('closed', 'Kết thúc hộ')], max_length=8, verbose_name='loại')),
                ('commune', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='communes.commune', verbose_name='xã')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='villages.household', verbose_name='hộ gia đình')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.person', verbose_name='người')),
            ],
            options={
                'ordering': ['-effective_on', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'closed'), ('person', None)), models.Q(('person__isnull', False), models.Q(('kind', 'closed'), _negated=True)), _connector='OR'), name='household_change_of_a_person'), models.UniqueConstraint(condition=models.Q(('kind', 'closed'), ('state', 'in_force')), fields=('household',), name='household_closed_once')],
            },
            bases=(emulation.workflow.models.TodoSubject, models.Model),
        ),
    ]
