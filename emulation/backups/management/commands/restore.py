"""`manage.py restore FILE`: restores a backup into an empty place, then checks what was restored."""

import getpass
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from emulation.backups.errors import BackupError
from emulation.backups.file_check import check_stored_files
from emulation.backups.restore import restore_backup

NEXT_STEPS = """
Việc tiếp theo:
1. Chạy bin/serve như thường lệ.
2. Văn thư: trang "Số và ký hiệu", ghi số cuối cùng đã dùng trên giấy của từng sổ; chưa ghi thì sổ chưa cấp số.
3. Quản trị: trang "Sức khỏe hệ thống", cho gửi lại hoặc bỏ thư và việc nhắc đang chờ.
   Hai việc này cũng hiện ở "Việc của tôi" của từng người.
4. Mở thử vài văn bản, so số liệu. Giữ dữ liệu cũ cho đến khi mọi thứ đúng; các bản sao lưu trước cũng ở trong đó.
"""


class Command(BaseCommand):
    help = "Khôi phục một bản sao lưu vào chỗ trống (cơ sở dữ liệu và thư mục tệp chưa có gì)."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="tệp sao lưu, ví dụ data/backups/sovang-20261128-020311.tar")
        parser.add_argument(
            "--leave-out-damaged",
            action="store_true",
            help="chỉ khi không còn bản nào nguyên vẹn: khôi phục mà bỏ lại các tệp bị hỏng trong bản này",
        )
        parser.add_argument("--by", default="", help="họ tên người chạy, để ghi vào nhật ký")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = restore_backup(
                Path(options["file"]),
                run_by=options["by"] or getpass.getuser(),
                leave_out_damaged=options["leave_out_damaged"],
            )
        except BackupError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(
            f"Đã khôi phục dữ liệu của {timezone.localtime(report.backup_made_at):%H:%M %d/%m/%Y}: "
            f"{report.tables} bảng, {report.table_rows} dòng, {report.files} tệp; đúng như bản kê."
        )
        if report.left_out:
            self.stdout.write(f"Đã bỏ lại {report.left_out} tệp bị hỏng trong bản sao lưu.")
        if not report.has_secret_key:
            self.stdout.write("Bản sao lưu không kèm secret_key: mọi người phải đăng nhập lại.")
        for fault in check_stored_files():
            again = "; phần mềm sẽ tạo lại" if fault.can_be_made_again else ""
            self.stdout.write(f"Chú ý: {fault.name} {fault.get_kind_display()}{again}.")
        call_command("verify_records", "--no-docx", stdout=self.stdout)
        self.stdout.write(NEXT_STEPS)
