"""Putting work into the table, claiming it, doing it.

Steps of a job's life: 1 a row is written in the caller's transaction; 2 after the commit the bell rings
(a lost ring loses nothing); 3 a worker claims the row by a conditional update that only one can win;
4 the handler works and tells its progress, which prolongs the lease; 5 done, or queued again with a delay,
or failed after the last attempt; 6 a worker that dies leaves a lease that runs out, and the sweep rings again.
"""

import logging
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from emulation.communes.models import Commune
from emulation.jobs.models import Job
from emulation.jobs.registry import job_handler_for

logger = logging.getLogger("sovang.jobs")


def enqueue(kind: str, key: str, *, commune: Commune | None = None, due_at: datetime | None = None, **ids: Any) -> Job:
    """Writes the job in the caller's transaction and rings after the commit. The same kind and key: the same job."""
    job_handler_for(kind)
    job, created = Job.objects.get_or_create(
        kind=kind, key=key, defaults={"commune": commune, "ids": ids, "due_at": due_at or timezone.now()}
    )
    if created and due_at is None:
        transaction.on_commit(lambda: worker_notifier.notify(job.pk), robust=True)
    return job


def requeue(job: Job) -> None:
    """Gives a job that was read as failed another set of attempts."""
    if job.state != Job.FAILED:  # nearly always, as whoever asks for a file has most often just made its job
        return
    if Job.objects.filter(pk=job.pk, state=Job.FAILED).update(state=Job.QUEUED, attempt=0, due_at=timezone.now()):
        transaction.on_commit(lambda: worker_notifier.notify(job.pk), robust=True)


class WorkerNotifier:
    """Tells a worker that there is work.

    With the broker down it says so in the log and the sweep does the job later. It then keeps silent for as long as the
    sweep takes to come round: an act that writes a hundred jobs waits for the network once, not a hundred times.
    """

    PAUSE_SECONDS = 15.0  # seconds

    def __init__(self) -> None:
        self._paused_until = 0.0

    def notify(self, job_id: int) -> None:
        from emulation.jobs.tasks import execute_job

        if monotonic() < self._paused_until:
            return
        try:
            execute_job.apply_async((job_id,), expires=600, retry=False)
        except Exception as error:  # any transport may fail in any way; the row is safe
            self._paused_until = monotonic() + self.PAUSE_SECONDS
            logger.warning("bell of job %s did not ring, silent for %d s: %s", job_id, self.PAUSE_SECONDS, error)


worker_notifier = WorkerNotifier()


def claimable_jobs(now: datetime) -> Any:
    """Jobs that somebody should do now: due and queued, or running under a lease that ran out."""
    return Job.objects.filter(
        Q(state=Job.QUEUED, due_at__lte=now) | Q(state=Job.RUNNING, lease_until__lt=now)
    ).order_by("due_at", "pk")


def claim_job(job_id: int) -> Job | None:
    """Takes a waiting job for this worker, or None when another has it or it is over."""
    now = timezone.now()
    won = (
        claimable_jobs(now)
        .filter(pk=job_id)
        .order_by()
        .update(state=Job.RUNNING, attempt=F("attempt") + 1, lease_until=_lease_end(now))
    )
    return Job.objects.get(pk=job_id) if won else None


def run_job(job_id: int) -> bool:
    """Claims one job and does it; whether it got done now."""
    job = claim_job(job_id)
    if job is None:
        return False
    try:
        job_handler_for(job.kind)(JobContext(job), **job.ids)
    except Exception as error:
        logger.exception("job %s failed at attempt %s", job, job.attempt)
        _requeue_or_fail(job, error)
        return False
    return bool(_claimed_row(job).update(state=Job.DONE, lease_until=None, finished_at=timezone.now(), error=""))


class JobContext:
    """What a handler holds of its job."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def progress(self, done: int, total: int) -> None:
        """Tells how far it is and prolongs the lease. Raises LeaseLost when another worker has taken over."""
        if not _claimed_row(self.job).update(done=done, total=total, lease_until=_lease_end(timezone.now())):
            raise LeaseLost(str(self.job))


class LeaseLost(Exception):
    """This worker was too slow and another has the job: it must stop."""


def _claimed_row(job: Job) -> Any:
    # The attempt number is the fencing token: a worker that woke up late cannot touch its successor's row.
    return Job.objects.filter(pk=job.pk, state=Job.RUNNING, attempt=job.attempt)


def _lease_end(now: datetime) -> datetime:
    return now + timedelta(seconds=settings.JOB_LEASE_SECONDS)


def _requeue_or_fail(job: Job, error: Exception) -> None:
    if connection.needs_rollback:
        return
    last = job.attempt >= settings.JOB_MAX_ATTEMPTS
    _claimed_row(job).update(
        state=Job.FAILED if last else Job.QUEUED,
        due_at=timezone.now() + timedelta(seconds=min(600, 5 * 2**job.attempt)),
        lease_until=None,
        error=f"{type(error).__name__}: {error}"[:2000],
        finished_at=timezone.now() if last else None,
    )
