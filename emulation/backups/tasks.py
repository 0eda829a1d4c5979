"""The daily jobs: check the stored files, make a backup. Each has one row a day, whatever the number of ticks."""

from datetime import datetime

from django.conf import settings

from emulation.backups import backup, file_check
from emulation.backups.restore import MAKE_JOB
from emulation.jobs.queue import JobContext, enqueue
from emulation.jobs.registry import job_handlers, tick_callbacks


@tick_callbacks.register("backups.enqueue_daily_backup")
def enqueue_daily_backup(now: datetime) -> None:
    """Enqueues the jobs of the day from BACKUP_HOUR on; a machine that was off makes up for it at its first tick."""
    if settings.BACKUP_DAILY and now.hour >= settings.BACKUP_HOUR:
        day = now.date().isoformat()
        enqueue("backups.check_files", day)
        enqueue(MAKE_JOB, day)


@job_handlers.register(MAKE_JOB)
def run_backup(job: JobContext) -> None:
    """Makes a verified backup."""
    backup.make_backup(backup.throttled(lambda: job.progress(0, 1)))
    job.progress(1, 1)


@job_handlers.register("backups.check_files")
def run_file_check(job: JobContext) -> None:
    """Checks every stored file."""
    file_check.check_stored_files(backup.throttled(lambda: job.progress(0, 1)))
    job.progress(1, 1)
