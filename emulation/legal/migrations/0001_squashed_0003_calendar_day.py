import django.db.models.deletion
import django.utils.timezone
import emulation.core.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ('communes', '0001_first'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Instrument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', emulation.core.fields.CleanCharField(max_length=40, unique=True, verbose_name='mã')),
                ('number', emulation.core.fields.CleanCharField(blank=True, max_length=60, verbose_name='số, ký hiệu')),
                ('name', emulation.core.fields.CleanCharField(max_length=300, verbose_name='tên văn bản')),
                ('signed_on', models.DateField(blank=True, null=True, verbose_name='ngày ban hành')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='có hiệu lực từ')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='hiệu lực đến hết')),
                ('replaced_by', emulation.core.fields.CleanCharField(blank=True, max_length=40, verbose_name='thay thế bởi')),
                ('amends', emulation.core.fields.CleanCharField(blank=True, max_length=40, verbose_name='sửa đổi, bổ sung')),
                ('local', models.BooleanField(default=False, verbose_name='của địa phương')),
                ('source', emulation.core.fields.CleanTextModelField(blank=True, verbose_name='nguồn')),
                ('confirmed', models.BooleanField(default=False, verbose_name='đã xác nhận')),
            ],
            options={
                'verbose_name': 'văn bản pháp luật',
                'ordering': ['starts_on', 'code'],
            },
        ),
        migrations.CreateModel(
            name='LegalSync',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(max_length=32, unique=True, verbose_name='dấu riêng')),
                ('digest', models.CharField(max_length=64, verbose_name='dấu nội dung')),
                ('versions', models.JSONField(verbose_name='các phiên bản')),
                ('synced_at', models.DateTimeField(auto_now_add=True, verbose_name='đồng bộ lúc')),
            ],
            options={
                'verbose_name': 'lần đồng bộ quy định',
            },
        ),
        migrations.CreateModel(
            name='LocalValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(db_index=True, max_length=20, verbose_name='trạng thái')),
                ('state_since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='từ lúc')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='phiên bản')),
                ('return_notes', models.JSONField(blank=True, default=dict, verbose_name='lý do trả lại theo từng mục')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('code', models.CharField(max_length=40, verbose_name='mã')),
                ('scopes', models.JSONField(verbose_name='đối tượng, loại')),
                ('mode', models.CharField(choices=[('confirm', 'Xác nhận quy định chung'), ('override', 'Quy định khác với quy định chung'), ('withdraw', 'Bỏ quy định của địa phương, trở lại quy định chung')], max_length=10, verbose_name='cách áp dụng')),
                ('starts_on', models.DateField(verbose_name='áp dụng từ ngày')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='đến hết ngày')),
                ('contents', models.JSONField(blank=True, default=list, verbose_name='nội dung')),
                ('paper_name', emulation.core.fields.CleanCharField(blank=True, max_length=80, verbose_name='loại văn bản')),
                ('paper_number', emulation.core.fields.CleanCharField(blank=True, max_length=60, verbose_name='số, ký hiệu')),
                ('paper_date', models.DateField(blank=True, null=True, verbose_name='ngày văn bản')),
                ('paper_issuer', emulation.core.fields.CleanCharField(blank=True, max_length=160, verbose_name='cơ quan ban hành')),
                ('article', emulation.core.fields.CleanCharField(blank=True, max_length=40, verbose_name='điều')),
                ('clause', emulation.core.fields.CleanCharField(blank=True, max_length=20, verbose_name='khoản')),
                ('point', emulation.core.fields.CleanCharField(blank=True, max_length=20, verbose_name='điểm')),
                ('reason', emulation.core.fields.CleanTextModelField(verbose_name='lý do')),
                ('file_sha256', models.CharField(blank=True, max_length=64, verbose_name='dấu tệp')),
                ('file_ending', models.CharField(blank=True, max_length=4, verbose_name='loại tệp')),
                ('file_size', models.PositiveIntegerField(default=0, verbose_name='cỡ tệp')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='quyết định lúc')),
                ('refused_reason', emulation.core.fields.CleanTextModelField(blank=True, verbose_name='lý do không duyệt')),
                ('commune', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='communes.commune', verbose_name='xã')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'quy định của địa phương',
                'indexes': [models.Index(fields=['commune', 'state', 'decided_at'], name='local_value_ruled')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='local_value_span'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['proposed', 'approved', 'ended']), _negated=True), models.Q(('proposed_by__isnull', False), models.Q(('mode', 'withdraw'), models.Q(('paper_date__isnull', False), models.Q(('file_sha256', ''), _negated=True)), _connector='OR')), _connector='OR'), name='local_value_has_paper'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['approved', 'ended']), _negated=True), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='local_value_decided')],
            },
        ),
        migrations.CreateModel(
            name='LegalValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, verbose_name='mã')),
                ('subject', models.CharField(blank=True, max_length=20, verbose_name='đối tượng')),
                ('kind', models.CharField(blank=True, max_length=20, verbose_name='loại')),
                ('start', models.DateField(verbose_name='từ ngày')),
                ('end', models.DateField(blank=True, null=True, verbose_name='đến hết ngày')),
                ('value', models.JSONField(verbose_name='giá trị')),
                ('citation', models.TextField(verbose_name='điều khoản')),
                ('places', models.JSONField(verbose_name='điều khoản theo phần')),
                ('source', models.TextField(verbose_name='nguồn')),
                ('note', models.TextField(blank=True, verbose_name='ghi chú')),
                ('confirmed', models.BooleanField(verbose_name='đã xác nhận')),
                ('needs_review', models.BooleanField(verbose_name='cần rà soát')),
                ('version', models.CharField(max_length=64, unique=True, verbose_name='dấu phiên bản')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='ghi lúc')),
                ('commune', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='communes.commune', verbose_name='xã')),
                ('ruling', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='values', to='legal.localvalue', verbose_name='quy định của địa phương')),
            ],
            options={
                'verbose_name': 'giá trị pháp lý',
                'indexes': [models.Index(fields=['code', 'subject', 'kind', 'start'], name='legal_value_key')],
                'constraints': [models.CheckConstraint(condition=models.Q(('end__isnull', True), ('end__gte', models.F('start')), _connector='OR'), name='legal_value_span'), models.CheckConstraint(condition=models.Q(models.Q(('commune', None), ('ruling', None)), models.Q(('commune__isnull', False), ('ruling__isnull', False)), _connector='OR'), name='legal_value_local')],
            },
        ),
        migrations.CreateModel(
            name='CalendarDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='ngày')),
                ('kind', models.CharField(choices=[('off', 'Ngày nghỉ'), ('work', 'Thứ bảy, chủ nhật làm bù'), ('ordinary', 'Như ngày thường trong tuần')], max_length=10, verbose_name='là')),
                ('name', emulation.core.fields.CleanCharField(blank=True, max_length=120, verbose_name='tên')),
                ('reason', emulation.core.fields.CleanCharField(max_length=300, verbose_name='căn cứ')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='ghi lúc')),
                ('commune', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='communes.commune', verbose_name='xã')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi')),
            ],
            options={
                'verbose_name': 'ngày trong lịch làm việc',
                'indexes': [models.Index(fields=['commune', '-id'], name='calendar_day_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind', 'ordinary'), models.Q(('name', ''), _negated=True), _connector='OR'), name='calendar_day_is_named'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='calendar_day_has_a_reason')],
            },
        ),
    ]
