import django.db.models.deletion
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
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40, verbose_name='loại')),
                ('key', models.CharField(max_length=200)),
                ('title', models.CharField(max_length=1000, verbose_name='tên loại và trích yếu')),
                ('blocks', models.TextField()),
                ('sha256', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('commune', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='communes.commune', verbose_name='xã')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('commune', 'key'), name='draft_key')],
            },
        ),
        migrations.CreateModel(
            name='DraftReader',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user_id', models.BigIntegerField(db_index=True, null=True)),
                ('unit_id', models.BigIntegerField(db_index=True, null=True)),
                ('role', models.CharField(blank=True, choices=[('village_head', 'Trưởng thôn'), ('school_head', 'Hiệu trưởng'), ('station_head', 'Trưởng trạm Y tế'), ('org_head', 'Người đứng đầu đoàn thể'), ('office', 'Văn phòng phụ trách TĐKT'), ('clerk', 'Văn thư'), ('council_member', 'Thành viên Hội đồng TĐKT'), ('chair', 'Chủ tịch UBND xã'), ('superior', 'Cơ quan cấp trên'), ('administrator', 'Quản trị hệ thống')], max_length=20)),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readers', to='documents.draft')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('role', ''), ('unit_id', None), ('user_id__isnull', False)), models.Q(('role', ''), ('unit_id__isnull', False), ('user_id', None)), models.Q(('unit_id', None), ('user_id', None), models.Q(('role', ''), _negated=True)), _connector='OR'), name='draft_reader_one'), models.UniqueConstraint(condition=models.Q(('user_id__isnull', False)), fields=('draft', 'user_id'), name='draft_reader_user_once'), models.UniqueConstraint(condition=models.Q(('unit_id__isnull', False)), fields=('draft', 'unit_id'), name='draft_reader_unit_once'), models.UniqueConstraint(condition=models.Q(('role', ''), _negated=True), fields=('draft', 'role'), name='draft_reader_role_once')],
            },
        ),
        migrations.CreateModel(
            name='NumberBook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveIntegerField()),
                ('series', models.SlugField(max_length=40)),
                ('last', models.PositiveIntegerField(default=0)),
                ('commune', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='communes.commune', verbose_name='xã')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('commune', 'year', 'series'), name='one_book')],
            },
        ),
        migrations.CreateModel(
            name='IssuedDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=200)),
                ('kind', models.CharField(db_index=True, max_length=40, verbose_name='loại')),
                ('series', models.CharField(blank=True, max_length=40)),
                ('number', models.PositiveIntegerField(null=True, verbose_name='số')),
                ('symbol', models.CharField(blank=True, max_length=40, verbose_name='ký hiệu')),
                ('issued_on', models.DateField(verbose_name='ngày ban hành')),
                ('type_name', models.CharField(max_length=100, verbose_name='tên loại')),
                ('title', models.CharField(max_length=1000, verbose_name='tên loại và trích yếu')),
                ('search', models.CharField(max_length=1200)),
                ('signer', models.CharField(max_length=200, verbose_name='người ký')),
                ('recipients', models.TextField(blank=True, verbose_name='nơi nhận')),
                ('blocks', models.TextField()),
                ('html', models.TextField()),
                ('style_version', models.CharField(max_length=10)),
                ('sha256', models.CharField(max_length=64)),
                ('code', models.CharField(max_length=18, unique=True, verbose_name='mã tra cứu')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('commune', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='communes.commune', verbose_name='xã')),
                ('issued_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='documents.issueddocument')),
                ('book', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='documents.numberbook')),
            ],
            options={
                'indexes': [models.Index(fields=['commune', '-issued_on', '-id'], name='document_newest')],
                'constraints': [models.UniqueConstraint(fields=('commune', 'key'), name='document_key'), models.UniqueConstraint(fields=('book', 'number'), name='document_number'), models.CheckConstraint(condition=models.Q(models.Q(('book', None), ('number', None)), models.Q(('book__isnull', False), ('number__gte', 1)), _connector='OR'), name='number_from_book')],
            },
        ),
        migrations.CreateModel(
            name='DocumentReader',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user_id', models.BigIntegerField(db_index=True, null=True)),
                ('unit_id', models.BigIntegerField(db_index=True, null=True)),
                ('role', models.CharField(blank=True, choices=[('village_head', 'Trưởng thôn'), ('school_head', 'Hiệu trưởng'), ('station_head', 'Trưởng trạm Y tế'), ('org_head', 'Người đứng đầu đoàn thể'), ('office', 'Văn phòng phụ trách TĐKT'), ('clerk', 'Văn thư'), ('council_member', 'Thành viên Hội đồng TĐKT'), ('chair', 'Chủ tịch UBND xã'), ('superior', 'Cơ quan cấp trên'), ('administrator', 'Quản trị hệ thống')], max_length=20)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readers', to='documents.issueddocument')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('role', ''), ('unit_id', None), ('user_id__isnull', False)), models.Q(('role', ''), ('unit_id__isnull', False), ('user_id', None)), models.Q(('unit_id', None), ('user_id', None), models.Q(('role', ''), _negated=True)), _connector='OR'), name='document_reader_one'), models.UniqueConstraint(condition=models.Q(('user_id__isnull', False)), fields=('document', 'user_id'), name='document_reader_user_once'), models.UniqueConstraint(condition=models.Q(('unit_id__isnull', False)), fields=('document', 'unit_id'), name='document_reader_unit_once'), models.UniqueConstraint(condition=models.Q(('role', ''), _negated=True), fields=('document', 'role'), name='document_reader_role_once')],
            },
        ),
        migrations.CreateModel(
            name='DocumentFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('format', models.CharField(choices=[('pdf', 'PDF'), ('docx', 'Word'), ('all', 'Tất cả giấy khen'), ('signed', 'Bản ký số'), ('scan', 'Bản quét có dấu')], max_length=10)),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.PositiveBigIntegerField()),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='documents.issueddocument')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('document', 'format'), name='document_file_once')],
            },
        ),
        migrations.CreateModel(
            name='DocumentEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('cancelled', 'Đã hủy'), ('replaced', 'Được thay thế'), ('seen', 'Đã xem'), ('handed_over', 'Đã chuyển'), ('uploaded', 'Đã tải tệp lên')], max_length=20)),
                ('key', models.CharField(max_length=200)),
                ('note', models.CharField(blank=True, max_length=1000, verbose_name='ghi chú')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='documents.issueddocument')),
                ('other', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.issueddocument')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('document', 'key'), name='document_event_once')],
            },
        ),
        migrations.CreateModel(
            name='DocumentChunk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='chunks', to='documents.issueddocument')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('document', 'place'), name='chunk_once')],
            },
        ),
        migrations.CreateModel(
            name='RenderedDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64)),
                ('format', models.CharField(max_length=10)),
                ('file', models.CharField(max_length=64)),
                ('size', models.PositiveBigIntegerField()),
                ('made_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('sha256', 'format'), name='rendered_once')],
            },
        ),
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, verbose_name='mã')),
                ('symbol', models.CharField(max_length=40, verbose_name='ký hiệu')),
                ('book', models.SlugField(max_length=40, verbose_name='sổ')),
                ('start_at', models.PositiveIntegerField(default=1, verbose_name='bắt đầu từ số')),
                ('starts_on', models.DateField(verbose_name='từ ngày')),
                ('commune', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='communes.commune', verbose_name='xã')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('commune', 'code', 'starts_on'), name='series_one_start')],
            },
        ),
        migrations.CreateModel(
            name='Picture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('emblem', 'Quốc huy'), ('border', 'Khung viền')], max_length=10, verbose_name='hình')),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('width', models.PositiveIntegerField(verbose_name='rộng')),
                ('height', models.PositiveIntegerField(verbose_name='cao')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='từ lúc')),
                ('commune', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='communes.commune', verbose_name='xã')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['commune', 'kind', '-id'], name='picture_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('height', 0), ('sha256', ''), ('width', 0)), models.Q(models.Q(('sha256', ''), _negated=True), ('height__gte', 1), ('width__gte', 1)), _connector='OR'), name='picture_or_none')],
            },
        ),
    ]
