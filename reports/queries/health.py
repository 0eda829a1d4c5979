"""System checks: the database, the disk, the broker, the background jobs, the append-only triggers, the audit log."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Count, Min

from emulation.audit.log import chain_faults
from emulation.audit.models import AuditChainHead, AuditEntry
from emulation.celery import app
from emulation.core import append_only, word_indexes
from emulation.core.formatting import format_vnd
from emulation.core.public_address import NO_PUBLIC_ADDRESS, has_public_address
from emulation.jobs.models import Job
from reports.queries import backup_health

MIN_FREE_BYTES = 200 * 1024 * 1024
JOB_LATE_AFTER = timedelta(minutes=5)
MAX_FAULTS_SHOWN = 20

JOB_NAMES = {
    "accounts.expire_requests": "Đóng yêu cầu về tài khoản đã quá hạn",
    "backups.check_files": "Kiểm tra các tệp đã lưu",
    "backups.make": "Sao lưu",
    "campaigns.open_month": "Mở kỳ",
    "campaigns.pass_on_handlings": "Chuyển văn bản của người thôi việc",
    "campaigns.remind": "Nhắc việc đến hạn",
    "documents.batch": "Tạo một tệp cho tất cả giấy khen, bằng",
    "documents.branding": "Chuẩn bị hình in trên giấy",
    "documents.render": "Tạo tệp của văn bản",
    "documents.render_draft": "Tạo tệp của bản dự thảo",
    "documents.store_texts": "Đưa chữ trong văn bản vào ô tìm kiếm",
    "notices.send_mail": "Gửi thư điện tử",
    "portal.publish": "Đưa lên bảng vàng",
    "reports.awards_amended": "Báo cấp trên số liệu thay đổi",
    "reports.draft": "Lập dự thảo báo cáo quý",
    "reports.leaflet": "Tạo tờ tra cứu danh mục",
    "reports.list_file": "Tạo tệp Excel của danh sách dài",
    "reports.month": "Tạo tờ lịch tháng",
    "reports.remind_posts": "Nhắc nhiệm kỳ, vai trò sắp hết",
    "villages.carry_out_changes": "Thực hiện thay đổi đơn vị đến ngày",
}
"""What each kind of job does, in words; every registered handler has a line."""


@dataclass(frozen=True)
class HealthCheck:
    """The result of one check, with a note for the administrator."""

    label: str
    ok: bool
    note: str
    is_vital: bool = True


def vital_checks() -> list[HealthCheck]:
    """The checks without which no page can be served; quick and read-only."""
    return [_run_check("Cơ sở dữ liệu", _database), _run_check("Ổ đĩa", _disk)]


def all_checks(commune_id: int, now: datetime) -> list[HealthCheck]:
    """Every check, for the administrator."""
    return [
        *vital_checks(),
        _run_check("Bộ báo việc nền", _broker, is_vital=False),
        _run_check("Việc nền", lambda: _jobs(now), is_vital=False),
        _run_check("Khóa chỉ-ghi-thêm", _append_only, is_vital=False),
        _run_check("Tìm theo tên", _word_indexes, is_vital=False),
        _run_check("Nhật ký", lambda: _audit_log(commune_id), is_vital=False),
        _run_check("Bản sao lưu gần nhất", lambda: backup_health.backup_state(now), is_vital=False),
        _run_check("Nơi để bản sao lưu", backup_health.backup_place, is_vital=False),
        _run_check("Địa chỉ công khai", _public_address, is_vital=False),
        _run_check("Tệp đã lưu", lambda: backup_health.stored_files_state(now), is_vital=False),
    ]


def trail_faults(commune_id: int) -> list[str]:
    """The first MAX_FAULTS_SHOWN faults of the audit chain, which is read from its beginning."""
    return list(islice(chain_faults(commune_id), MAX_FAULTS_SHOWN))


def job_counts() -> dict[str, int]:
    """Number of jobs in each state."""
    return dict(Job.objects.order_by().values_list("state").annotate(Count("pk")))


def _run_check(label: str, check: Callable[[], tuple[bool, str]], is_vital: bool = True) -> HealthCheck:
    try:
        ok, note = check()
    except Exception as error:  # any error is the result of the check
        return HealthCheck(label, False, f"{type(error).__name__}: {error}"[:200], is_vital)
    return HealthCheck(label, ok, note, is_vital)


def _database() -> tuple[bool, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        answered = cursor.fetchone() == (1,)
    return answered, {"sqlite": "SQLite", "postgresql": "PostgreSQL"}.get(connection.vendor, connection.vendor)


def _disk() -> tuple[bool, str]:
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder) as probe:
        probe.write(b"ok")
    free = shutil.disk_usage(folder).free
    return free > MIN_FREE_BYTES, f"còn trống {free / 1024**3:.1f} GB".replace(".", ",")


def _broker() -> tuple[bool, str]:
    with app.connection_for_write(connect_timeout=1) as broker:
        broker.ensure_connection(max_retries=1, interval_start=0, interval_step=0, timeout=1)
    return True, "Redis" if settings.REDIS_URL else "thư mục trên đĩa"


def _public_address() -> tuple[bool, str]:
    return (True, settings.SITE_URL) if has_public_address() else (False, f"{NO_PUBLIC_ADDRESS} Đặt ở SITE_URL.")


def _jobs(now: datetime) -> tuple[bool, str]:
    counts = job_counts()
    oldest = Job.objects.filter(state=Job.QUEUED, due_at__lte=now).aggregate(at=Min("due_at"))["at"]
    late = oldest is not None and now - oldest > JOB_LATE_AFTER
    failed = counts.get(Job.FAILED, 0)
    note = f"{counts.get(Job.QUEUED, 0)} đang chờ, {counts.get(Job.RUNNING, 0)} đang làm, {failed} bị lỗi"
    return not late and not failed, f"{note}; có việc chờ quá {JOB_LATE_AFTER.seconds // 60} phút" if late else note


def _append_only() -> tuple[bool, str]:
    unguarded = append_only.missing_triggers()
    if unguarded:
        return False, f"thiếu khóa: {', '.join(unguarded)}"
    return True, f"{len(append_only.guarded_tables())} bảng"


def _word_indexes() -> tuple[bool, str]:
    missing = word_indexes.missing_indexes()
    if missing:
        return False, (
            f"thiếu {len(missing)} chỉ mục, nên tìm tên chậm; người quản trị cơ sở dữ liệu chạy "
            "CREATE EXTENSION pg_trgm, rồi chạy lại migrate"
        )
    return True, "có đủ chỉ mục" if connection.vendor == "postgresql" else "SQLite không cần chỉ mục riêng"


def _audit_log(commune_id: int) -> tuple[bool, str]:
    head = AuditChainHead.objects.filter(commune_id=commune_id).first()
    last = AuditEntry.objects.filter(commune_id=commune_id).order_by("-seq").first()
    if head is None or last is None:
        return head is None and last is None, "chưa có bản ghi nào"
    return (head.seq, head.hash) == (last.seq, last.hash), f"{format_vnd(head.seq)} bản ghi"
