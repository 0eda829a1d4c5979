"""Creates, claims and runs background jobs.

Life of a job:
1. A row is written in the caller's transaction.
2. After the commit a message is sent to the broker. A lost message does no harm (step 6).
3. A worker claims the row by a conditional update, which only one worker can win.
4. The handler works and reports its progress, which renews the lease.
5. The job is done, or queued again with a delay, or failed after the last attempt.
6. The lease of a dead worker expires; the sweep runs such jobs and those whose message was lost.
"""

import logging
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from emulation.communes.models import Commune
from emulation.jobs.models import Job
from emulation.jobs.registry import job_handlers

logger = logging.getLogger("sovang.jobs")
RUN_TASK = "jobs.run"
"""Name of the Celery task that runs a job; published by name, because tasks import this module."""


def enqueue(kind: str, key: str, *, commune: Commune | None = None, due_at: datetime | None = None, **ids: Any) -> Job:
    """Creates the job in the caller's transaction and notifies a worker after the commit.

    Returns the existing job if there is one with this kind and key. Raises LookupError for an unregistered kind.
    """
    job_handlers[kind]  # raises LookupError for an unknown kind
    job, created = Job.objects.get_or_create(
        kind=kind, key=key, defaults={"commune": commune, "ids": ids, "due_at": due_at or timezone.now()}
    )
    if created and due_at is None:
        transaction.on_commit(lambda: worker_notifier.notify(job.pk), robust=True)
    return job


def requeue(job: Job) -> None:
    """Queues a failed job again, with the full number of attempts; does nothing to a job in another state."""
    if job.state != Job.FAILED:  # the usual case: callers pass jobs that they have just created; saves the UPDATE
        return
    if Job.objects.filter(pk=job.pk, state=Job.FAILED).update(state=Job.QUEUED, attempt=0, due_at=timezone.now()):
        transaction.on_commit(lambda: worker_notifier.notify(job.pk), robust=True)


def run_again(job: Job) -> None:
    """Queues a finished or failed job again, because its effect is gone; does nothing to one that waits or runs."""
    over = Job.objects.filter(pk=job.pk, state__in=(Job.DONE, Job.FAILED))
    if over.update(state=Job.QUEUED, attempt=0, due_at=timezone.now(), done=0, finished_at=None, error=""):
        transaction.on_commit(lambda: worker_notifier.notify(job.pk), robust=True)


class WorkerNotifier:
    """Publishes jobs to the broker, to wake a worker up.

    If the broker is down, it logs a warning, and the sweep runs the job later. It then does not publish for as long as
    the interval of the sweep: an act that creates a hundred jobs waits for the network once, not a hundred times.
    """

    PAUSE_SECONDS = 15.0

    def __init__(self) -> None:
        self._paused_until = 0.0

    def notify(self, job_id: int) -> None:
        if monotonic() < self._paused_until:
            return
        try:
            current_app.send_task(RUN_TASK, (job_id,), expires=600, retry=False, ignore_result=True)
        except Exception as error:  # the exception depends on the transport; the job row is already committed
            self._paused_until = monotonic() + self.PAUSE_SECONDS
            logger.warning(
                "could not publish job %s to the broker, not retrying for %d s: %s", job_id, self.PAUSE_SECONDS, error
            )


worker_notifier = WorkerNotifier()


def claimable_jobs(now: datetime) -> Any:
    """Jobs that a worker may claim now: queued and due, or running with an expired lease."""
    return Job.objects.filter(
        Q(state=Job.QUEUED, due_at__lte=now) | Q(state=Job.RUNNING, lease_until__lt=now)
    ).order_by("due_at", "pk")


def claim_job(job_id: int) -> Job | None:
    """Claims the job for this worker; None if another worker has it or it is finished."""
    now = timezone.now()
    claimed = (
        claimable_jobs(now)
        .filter(pk=job_id)
        .order_by()
        .update(state=Job.RUNNING, attempt=F("attempt") + 1, lease_until=_lease_end(now))
    )
    return Job.objects.get(pk=job_id) if claimed else None


def run_job(job_id: int) -> bool:
    """Claims and runs one job; whether this call completed it."""
    job = claim_job(job_id)
    if job is None:
        return False
    try:
        job_handlers[job.kind](JobContext(job), **job.ids)
    except Exception as error:
        logger.exception("job %s failed in attempt %s", job, job.attempt)
        _requeue_or_fail(job, error)
        return False
    return bool(_claimed_row(job).update(state=Job.DONE, lease_until=None, finished_at=timezone.now(), error=""))


class JobContext:
    """Handle passed to a job function: report progress, renew the lease."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def progress(self, done: int, total: int) -> None:
        """Stores the progress and renews the lease. Raises LeaseLost if another worker has claimed the job."""
        if not _claimed_row(self.job).update(done=done, total=total, lease_until=_lease_end(timezone.now())):
            raise LeaseLost(str(self.job))


class LeaseLost(Exception):
    """The lease expired and another worker has claimed the job: this worker must stop."""


def _claimed_row(job: Job) -> Any:
    # The attempt number is the fencing token: a worker whose lease expired cannot change the row of a later attempt.
    return Job.objects.filter(pk=job.pk, state=Job.RUNNING, attempt=job.attempt)


def _lease_end(now: datetime) -> datetime:
    return now + timedelta(seconds=settings.JOB_LEASE_SECONDS)


def _requeue_or_fail(job: Job, error: Exception) -> None:
    if connection.needs_rollback:
        return
    is_last_attempt = job.attempt >= settings.JOB_MAX_ATTEMPTS
    _claimed_row(job).update(
        state=Job.FAILED if is_last_attempt else Job.QUEUED,
        due_at=timezone.now() + timedelta(seconds=min(600, 5 * 2**job.attempt)),
        lease_until=None,
        error=f"{type(error).__name__}: {error}"[:2000],
        finished_at=timezone.now() if is_last_attempt else None,
    )
