"""`manage.py backup`: makes, verifies and records a backup; `--new-key` prints a key, `--check FILE` reads a backup."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from emulation.backups import archive, backup
from emulation.backups.encryption import new_backup_key
from emulation.backups.errors import BackupError


class Command(BaseCommand):
    help = "Sao lưu cơ sở dữ liệu và mọi tệp đã lưu vào một tệp, đọc lại để kiểm tra, xóa bản cũ theo quy tắc."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--new-key", action="store_true", help="chỉ in ra một khóa mới để mã hóa bản sao lưu")
        parser.add_argument("--check", metavar="FILE", help="chỉ đọc lại một bản sao lưu, không làm bản mới")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["new_key"]:
            self.stdout.write(new_backup_key())
            return
        try:
            if options["check"]:
                self._check(Path(options["check"]))
            else:
                self._make()
        except BackupError as error:
            raise CommandError(str(error)) from None

    def _check(self, path: Path) -> None:
        found = archive.read_archive(path, lambda: None).manifest
        self.stdout.write(
            f"{path.name}: nguyên vẹn. Sao lưu lúc {timezone.localtime(found.made_at):%H:%M %d/%m/%Y}, "
            f"{len(found.tables)} bảng, {sum(found.tables.values())} dòng, {len(found.files)} tệp."
        )

    def _make(self) -> None:
        made = backup.make_backup()
        self.stdout.write(
            f"Đã sao lưu và đọc lại: {made.name}, {made.size / 1024**2:.1f} MB, {made.tables} bảng, "
            f"{made.table_rows} dòng, {made.files} tệp{', đã mã hóa' if made.is_encrypted else ''}."
        )
        if not made.is_encrypted:
            self.stderr.write(
                "Chú ý: bản sao lưu không mã hóa và không kèm secret_key. Đặt BACKUP_KEY hoặc BACKUP_KEY_FILE để mã hóa."
            )
        if backup.shares_disk_with_data():
            self.stderr.write(
                "Chú ý: bản sao lưu nằm cùng ổ đĩa với dữ liệu; hỏng ổ là mất cả hai. Hãy chép tệp sang ổ khác, hoặc đặt "
                "BACKUP_DIR."
            )
