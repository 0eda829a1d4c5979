"""The folder of the backups: made inside the data folder, expected to be there on any other disk."""

from pathlib import Path
from typing import Any

import pytest

from emulation.backups.backup import backup_folder_is_missing, make_backup
from emulation.backups.errors import BackupError
from emulation.backups.models import Backup
from reports.queries import backup_health


def test_a_folder_on_a_disk_that_is_not_mounted_is_not_made(db: Any, settings: Any, tmp_path: Path) -> None:
    settings.BACKUP_DIR = tmp_path / "usb" / "sovang"
    with pytest.raises(BackupError, match=r"Không có thư mục sao lưu .*mkdir -p"):
        make_backup()
    assert not (tmp_path / "usb").exists() and not Backup.objects.exists()
    ok, note = backup_health.backup_place()
    assert not ok and "ổ đĩa chưa gắn" in note


def test_a_folder_inside_the_data_folder_is_made(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    settings.BACKUP_DIR = tmp_path / "backups"
    assert not backup_folder_is_missing()


def test_a_folder_that_is_there_is_used(settings: Any, tmp_path: Path) -> None:
    settings.BACKUP_DIR = tmp_path
    assert not backup_folder_is_missing()
