"""The state of the backups and of the stored files, for the system status page."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Q, QuerySet
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from emulation.backups.backup import backup_folder_is_missing, shares_disk_with_data
from emulation.backups.models import Backup, FileCheck, FileFault, Restore
from emulation.notices.models import Mail
from emulation.notices.restores import waiting_mails

BACKUP_LATE_AFTER = timedelta(hours=26)
CHECK_LATE_AFTER = timedelta(hours=26)
FAULTS_SHOWN = 50


def backup_state(now: datetime) -> tuple[bool, str]:
    """Whether there is a verified backup of the last 26 hours, and when it was made, where and how big it is."""
    last = Backup.objects.order_by("-made_at").first()
    if last is None:
        return False, f"chưa có bản nào; bản đầu tiên tự làm sau {settings.BACKUP_HOUR} giờ, hoặc chạy bin/backup"
    made_at = timezone.localtime(last.made_at)
    read = "đã đọc lại đúng" if last.verified_at else "chưa đọc lại"
    kind = "đã mã hóa" if last.is_encrypted else "không mã hóa"
    note = f"{made_at:%H:%M %d/%m/%Y}, {filesizeformat(last.size)}, {read}, {kind}: {last.name}"
    if not (Path(settings.BACKUP_DIR) / last.name).is_file():
        return False, f"{note}; nhưng tệp không còn trong thư mục sao lưu"
    if now - last.made_at > BACKUP_LATE_AFTER:
        return False, f"{note}; đã quá {BACKUP_LATE_AFTER.total_seconds() / 3600:.0f} giờ"
    return last.verified_at is not None, note


def backup_word(now: datetime) -> str:
    """The state of the backups in one word for monitoring: "ok", "late" (or lost, unverified) or "none"."""
    if not Backup.objects.exists():
        return "none"
    return "ok" if backup_state(now)[0] else "late"


def backup_place() -> tuple[bool, str]:
    """Whether the folder of the backups is there, and on another disk than the data."""
    if backup_folder_is_missing():
        return False, f"không có thư mục {settings.BACKUP_DIR} (BACKUP_DIR): ổ đĩa chưa gắn, nên không sao lưu được"
    if shares_disk_with_data():
        return False, (
            "cùng ổ đĩa với dữ liệu: hỏng ổ là mất cả hai. Hãy chép tệp sao lưu sang ổ khác, hoặc đặt BACKUP_DIR vào ổ khác"
        )
    return True, "ổ đĩa khác với dữ liệu"


def stored_files_state(now: datetime) -> tuple[bool, str]:
    """Whether the last daily check of the stored files found all of them intact."""
    check = FileCheck.objects.order_by("-pk").first()
    if check is None:
        return False, "chưa kiểm tra lần nào; tự kiểm tra mỗi ngày một lần"
    faults = FileFault.objects.count()
    note = f"{timezone.localtime(check.checked_at):%H:%M %d/%m/%Y}: đọc {check.files} tệp, {faults} tệp mất hoặc hỏng"
    late = now - check.checked_at > CHECK_LATE_AFTER
    return not faults and not late, f"{note}; đã lâu chưa kiểm tra lại" if late else note


def file_faults(commune_id: int | None) -> QuerySet[FileFault]:
    """The missing and damaged files of the commune, and those of none."""
    return FileFault.objects.filter(Q(commune_id=commune_id) | Q(commune_id=None)).order_by("name", "pk")[:FAULTS_SHOWN]


@dataclass(frozen=True)
class PendingRelease:
    """A restore after which messages wait, with the number of e-mails and the first of the old ones."""

    restore: Restore
    old: int
    new: int
    first_old: list[Mail]


def pending_release(commune_id: int) -> PendingRelease | None:
    """The commune's last restore whose messages wait for the administrator; None if none do."""
    restore = Restore.objects.filter(commune_id=commune_id).pending().order_by("-pk").first()
    if restore is None:
        return None
    mails = waiting_mails(restore)
    return PendingRelease(restore, mails.old.count(), mails.new.count(), list(mails.old[:20]))
