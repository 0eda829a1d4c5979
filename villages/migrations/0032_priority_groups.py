"""Two further groups that the letter of 2021 asks to commend first (D13): who fights, young talents."""

from django.db import migrations, models

GROUPS = [
    ("direct", "Người trực tiếp lao động"),
    ("pupil", "Học sinh, sinh viên"),
    ("civil", "Cán bộ, công chức"),
    ("public", "Viên chức"),
    ("official", "Cán bộ, công chức, viên chức"),
    ("leader", "Lãnh đạo, quản lý"),
    ("business", "Doanh nhân"),
    ("fighter", "Người trực tiếp chiến đấu, phục vụ chiến đấu"),
    ("talent", "Tài năng trẻ"),
    ("other", "Khác"),
]


class Migration(migrations.Migration):
    dependencies = [("villages", "0031_name_marks")]

    operations = [
        migrations.AlterField(
            "person", "group", models.CharField("nhóm đối tượng", max_length=10, choices=GROUPS, blank=True, default="")
        ),
        migrations.AlterField(
            "personchange", "group", models.CharField("nhóm đối tượng", max_length=10, choices=GROUPS, blank=True)
        ),
        migrations.AlterField(
            "personchange",
            "old_group",
            models.CharField("nhóm đối tượng trước đó", max_length=10, choices=GROUPS, blank=True),
        ),
    ]
