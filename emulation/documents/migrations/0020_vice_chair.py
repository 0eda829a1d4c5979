"""Papers can be given to the role of vice chair to read."""

from django.db import migrations, models

ROLES = [
    ("village_head", "Trưởng thôn"),
    ("school_head", "Hiệu trưởng"),
    ("station_head", "Trưởng trạm Y tế"),
    ("org_head", "Người đứng đầu đoàn thể"),
    ("office", "Văn phòng phụ trách TĐKT"),
    ("clerk", "Văn thư"),
    ("council_member", "Thành viên Hội đồng TĐKT"),
    ("chair", "Chủ tịch UBND xã"),
    ("vice_chair", "Phó Chủ tịch UBND xã"),
    ("superior", "Cơ quan cấp trên"),
    ("administrator", "Quản trị hệ thống"),
]


class Migration(migrations.Migration):
    dependencies = [("documents", "0010_draft_issued_at")]

    operations = [
        migrations.AlterField(
            model_name=name,
            name="role",
            field=models.CharField(blank=True, choices=ROLES, max_length=20),
        )
        for name in ("documentreader", "draftreader")
    ]
