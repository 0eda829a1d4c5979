"""Is the house well: the database, the disk, the broker, the jobs, the trail."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Count, Min

from emulation.audit.log import chain_faults
from emulation.audit.models import AuditChainHead, AuditEntry
from emulation.celery import app
from emulation.core import append_only
from emulation.jobs.models import Job

MIN_FREE_BYTES = 200 * 1024 * 1024
JOB_LATE_AFTER = timedelta(minutes=5)
MAX_FAULTS_SHOWN = 20


@dataclass(frozen=True)
class HealthCheck:
    """One thing looked at: whether it is well, and what there is to know about it."""

    label: str
    ok: bool
    note: str
    is_vital: bool = True


def vital_checks() -> list[HealthCheck]:
    """What must be well for the house to serve at all; quick, and changes nothing."""
    return [_tried("Cơ sở dữ liệu", _database), _tried("Ổ đĩa", _disk)]


def all_checks(commune_id: int, now: datetime) -> list[HealthCheck]:
    """Everything, for the administrator."""
    return [
        *vital_checks(),
        _tried("Bộ báo việc nền", _broker, is_vital=False),
        _tried("Việc nền", lambda: _jobs(now), is_vital=False),
        _tried("Khóa chỉ-ghi-thêm", _append_only, is_vital=False),
        _tried("Nhật ký", lambda: _trail(commune_id), is_vital=False),
    ]


def trail_faults(commune_id: int) -> list[str]:
    """The first faults of the whole chain, read from its beginning."""
    found: Iterator[str] = chain_faults(commune_id)
    return [fault for _, fault in zip(range(MAX_FAULTS_SHOWN), found, strict=False)]


def job_counts() -> dict[str, int]:
    """How many jobs stand in each state."""
    return dict(Job.objects.order_by().values_list("state").annotate(Count("pk")))


def _tried(label: str, look: Callable[[], tuple[bool, str]], is_vital: bool = True) -> HealthCheck:
    try:
        ok, note = look()
    except Exception as error:  # whatever is wrong is what we want to tell
        ok, note = False, f"{type(error).__name__}: {error}"[:200]
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


def _jobs(now: datetime) -> tuple[bool, str]:
    counts = job_counts()
    oldest = Job.objects.filter(state=Job.QUEUED, due_at__lte=now).aggregate(at=Min("due_at"))["at"]
    late = oldest is not None and now - oldest > JOB_LATE_AFTER
    failed = counts.get(Job.FAILED, 0)
    note = f"{counts.get(Job.QUEUED, 0)} đang chờ, {counts.get(Job.RUNNING, 0)} đang làm, {failed} bị lỗi"
    return not late and not failed, f"{note}; có việc chờ quá {JOB_LATE_AFTER.seconds // 60} phút" if late else note


def _append_only() -> tuple[bool, str]:
    bare = append_only.missing_triggers()
    return not bare, f"thiếu khóa: {', '.join(bare)}" if bare else f"{len(append_only.guarded_tables())} bảng"


def _trail(commune_id: int) -> tuple[bool, str]:
    head = AuditChainHead.objects.filter(commune_id=commune_id).first()
    last = AuditEntry.objects.filter(commune_id=commune_id).order_by("-seq").first()
    if head is None or last is None:
        return head is None and last is None, "chưa có bản ghi nào"
    return (head.seq, head.hash) == (last.seq, last.hash), f"{head.seq} bản ghi"
