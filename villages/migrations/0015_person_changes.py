"""Dated changes of people; the group of a person may be unknown ("")."""

import django.db.models.deletion
import django.utils.timezone
import emulation.core.fields
import emulation.workflow.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('communes', '0004_acts_for_vice_chair'),
        ('villages', '0011_council_renewal'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='person',
            name='post_since',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='giữ chức vụ, nghề nghiệp này từ ngày'),
        ),
        migrations.AlterField(
            model_name='person',
            name='group',
            field=models.CharField(blank=True, choices=[('direct', 'Người trực tiếp lao động'), ('pupil', 'Học sinh, sinh viên'), ('civil', 'Cán bộ, công chức'), ('public', 'Viên chức'), ('official', 'Cán bộ, công chức, viên chức'), ('leader', 'Lãnh đạo, quản lý'), ('business', 'Doanh nhân'), ('other', 'Khác')], default='', max_length=10, verbose_name='nhóm đối tượng'),
        ),
        migrations.CreateModel(
            name='PersonChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(db_index=True, max_length=20, verbose_name='trạng thái')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='từ lúc')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='phiên bản')),
                ('return_notes', models.JSONField(blank=True, default=dict, verbose_name='lý do trả lại theo từng mục')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('kind', models.CharField(choices=[('post', 'Chức vụ, nhóm đối tượng'), ('moved', 'Chuyển đơn vị'), ('retired', 'Nghỉ hưu'), ('left', 'Thôi việc, chuyển đi nơi khác'), ('died', 'Đã mất')], max_length=8, verbose_name='loại')),
                ('effective_on', models.DateField(verbose_name='từ ngày')),
                ('post', emulation.core.fields.CleanCharField(blank=True, max_length=120, verbose_name='chức vụ, nghề nghiệp')),
                ('group', models.CharField(blank=True, choices=[('direct', 'Người trực tiếp lao động'), ('pupil', 'Học sinh, sinh viên'), ('civil', 'Cán bộ, công chức'), ('public', 'Viên chức'), ('official', 'Cán bộ, công chức, viên chức'), ('leader', 'Lãnh đạo, quản lý'), ('business', 'Doanh nhân'), ('other', 'Khác')], max_length=10, verbose_name='nhóm đối tượng')),
                ('old_post', emulation.core.fields.CleanCharField(blank=True, max_length=120, verbose_name='chức vụ, nghề nghiệp trước đó')),
                ('old_group', models.CharField(blank=True, choices=[('direct', 'Người trực tiếp lao động'), ('pupil', 'Học sinh, sinh viên'), ('civil', 'Cán bộ, công chức'), ('public', 'Viên chức'), ('official', 'Cán bộ, công chức, viên chức'), ('leader', 'Lãnh đạo, quản lý'), ('business', 'Doanh nhân'), ('other', 'Khác')], max_length=10, verbose_name='nhóm đối tượng trước đó')),
                ('ended', models.JSONField(blank=True, default=dict)),
                ('note', emulation.core.fields.CleanCharField(blank=True, max_length=300, verbose_name='căn cứ, ghi chú')),
                ('end_reason', emulation.core.fields.CleanCharField(blank=True, max_length=300, verbose_name='lý do rút')),
                ('commune', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='communes.commune', verbose_name='xã')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('from_unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.unit')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='villages.person', verbose_name='người')),
                ('to_unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.unit')),
            ],
            options={
                'ordering': ['-effective_on', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'in_force')), fields=('person', 'kind', 'effective_on'), name='person_change_once'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'moved'), _negated=True), models.Q(('from_unit__isnull', False), ('to_unit__isnull', False)), _connector='OR'), name='person_change_units_of_a_move')],
            },
            bases=(emulation.workflow.models.TodoSubject, models.Model),
        ),
    ]
