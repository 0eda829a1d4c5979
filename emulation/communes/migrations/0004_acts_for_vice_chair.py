"""For whom a user acts by a role of some days; the role of vice chair."""

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
    dependencies = [("communes", "0003_unit_successions")]

    operations = [
        migrations.AddField(
            model_name="membership", name="acts_for_id", field=models.BigIntegerField(blank=True, null=True)
        ),
        migrations.AlterField(
            model_name="membership",
            name="role",
            field=models.CharField(choices=ROLES, max_length=20, verbose_name="vai trò"),
        ),
    ]
