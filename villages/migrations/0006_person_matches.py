"""Decisions whether two records are one person (PersonMatch); a person's kept record (null: there is no other)."""


import django.db.models.deletion
import django.utils.timezone
import emulation.core.fields
import emulation.workflow.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('communes', '0003_unit_successions'),
        ('villages', '0005_unit_changes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='person',
            name='same_as',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='records', to='villages.person', verbose_name='hồ sơ giữ lại'),
        ),
        migrations.CreateModel(
            name='PersonMatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(db_index=True, max_length=20, verbose_name='trạng thái')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='từ lúc')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='phiên bản')),
                ('return_notes', models.JSONField(blank=True, default=dict, verbose_name='lý do trả lại theo từng mục')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('verdict', models.CharField(choices=[('same', 'Là một người'), ('different', 'Hai người khác nhau')], max_length=9, verbose_name='kết luận')),
                ('reason', emulation.core.fields.CleanCharField(blank=True, max_length=300, verbose_name='căn cứ')),
                ('evidence', models.JSONField(default=list, verbose_name='đối chiếu')),
                ('end_reason', emulation.core.fields.CleanCharField(blank=True, max_length=300, verbose_name='lý do rút')),
                ('commune', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='communes.commune', verbose_name='xã')),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.person')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.person')),
            ],
            options={
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kept', models.F('other')), _negated=True), name='person_match_of_two'), models.UniqueConstraint(condition=models.Q(('state', 'in_force')), fields=('kept', 'other'), name='person_match_once'), models.UniqueConstraint(condition=models.Q(('state', 'in_force'), ('verdict', 'same')), fields=('other',), name='person_merged_once')],
            },
            bases=(emulation.workflow.models.TodoSubject, models.Model),
        ),
    ]
