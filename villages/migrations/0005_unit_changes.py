"""Changes of units by a paper, who moved with them, since when a person is of a unit (null: always), acting heads."""

import django.db.models.deletion
import django.utils.timezone
import emulation.core.fields
import emulation.workflow.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('communes', '0003_unit_successions'),
        ('villages', '0004_nicknames_twins'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='appointment',
            name='acting',
            field=models.BooleanField(default=False, verbose_name='phụ trách tạm thời'),
        ),
        migrations.AddField(
            model_name='household',
            name='unit_since',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='thuộc đơn vị này từ ngày'),
        ),
        migrations.AddField(
            model_name='person',
            name='unit_since',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='thuộc đơn vị này từ ngày'),
        ),
        migrations.CreateModel(
            name='UnitChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(db_index=True, max_length=20, verbose_name='trạng thái')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='từ lúc')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='phiên bản')),
                ('return_notes', models.JSONField(blank=True, default=dict, verbose_name='lý do trả lại theo từng mục')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('kind', models.CharField(choices=[('open', 'Thành lập'), ('rename', 'Đổi tên'), ('close', 'Giải thể'), ('merge', 'Sáp nhập'), ('split', 'Chia tách')], max_length=8, verbose_name='việc')),
                ('effective_on', models.DateField(verbose_name='có hiệu lực từ ngày')),
                ('paper_number', emulation.core.fields.CleanCharField(blank=True, max_length=60, verbose_name='số, ký hiệu văn bản')),
                ('paper_date', models.DateField(blank=True, null=True, verbose_name='ngày văn bản')),
                ('paper_issuer', emulation.core.fields.CleanCharField(blank=True, max_length=160, verbose_name='cơ quan ban hành')),
                ('paper_summary', emulation.core.fields.CleanTextModelField(blank=True, verbose_name='trích yếu')),
                ('plan', models.JSONField(default=dict, verbose_name='nội dung')),
                ('carried', models.JSONField(blank=True, default=dict, verbose_name='đã chuyển tiếp')),
                ('carried_out_at', models.DateTimeField(blank=True, null=True, verbose_name='thực hiện lúc')),
                ('commune', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='communes.commune', verbose_name='xã')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-effective_on', '-pk'],
            },
            bases=(emulation.workflow.models.TodoSubject, models.Model),
        ),
        migrations.CreateModel(
            name='UnitChangePart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('old', 'trước'), ('new', 'sau')], max_length=3)),
                ('change', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='villages.unitchange')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='villages.unit')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='UnitTransfer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moved_on', models.DateField(verbose_name='từ ngày')),
                ('change', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='villages.unitchange')),
                ('commune', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='communes.commune', verbose_name='xã')),
                ('from_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.unit')),
                ('household', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='transfers', to='villages.household')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='transfers', to='villages.person')),
                ('to_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='villages.unit')),
            ],
            options={
                'ordering': ['moved_on', 'pk'],
            },
        ),
        migrations.AddIndex(
            model_name='unitchange',
            index=models.Index(fields=['commune', 'state', 'effective_on'], name='unit_change_days'),
        ),
        migrations.AddConstraint(
            model_name='unitchangepart',
            constraint=models.UniqueConstraint(fields=('change', 'unit', 'side'), name='unit_change_part_once'),
        ),
        migrations.AddConstraint(
            model_name='unittransfer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('household__isnull', False), ('person', None)), models.Q(('household', None), ('person__isnull', False)), _connector='OR'), name='transfer_of_a_person_or_household'),
        ),
        migrations.AddConstraint(
            model_name='unittransfer',
            constraint=models.UniqueConstraint(fields=('change', 'person'), name='transfer_of_a_person_once'),
        ),
        migrations.AddConstraint(
            model_name='unittransfer',
            constraint=models.UniqueConstraint(fields=('change', 'household'), name='transfer_of_a_household_once'),
        ),
    ]
