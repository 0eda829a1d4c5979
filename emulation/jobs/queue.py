"""Creates, claims and runs background jobs; leases, retries, priorities.

Life of a job:
1. A row is written in the caller's transaction.
2. After the commit a message is sent to the broker. A lost message does no harm (step 6).
3. A worker that receives a message claims the most urgent row, which need not be the one that the message names, by a
   conditional update, which only one worker can win. So a job overtakes those whose messages were sent before its own.
4. The handler works and reports its progress; the lease is renewed with it and while the handler is busy (`lease.py`).
5. The job is done, or queued again with a delay, or failed after the last attempt.
6. The lease of a dead worker expires; the sweep runs such jobs and those whose message was lost.
"""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, F, Q
from django.utils import timezone

from emulation.communes.models import Commune
from emulation.jobs.lease import JobLease, claimed_row, lease_end
from emulation.jobs.models import Job
from emulation.jobs.registry import job_handlers

logger = logging.getLogger("sovang.jobs")
RUN_TASK = "jobs.run"
"""Name of the Celery task that runs a job; published by name, because tasks import this module."""
CANDIDATES = 20
"""How many jobs a worker tries to claim, in order, when other workers claim at the same time."""


def enqueue(
    kind: str,
    key: str,
    *,
    commune: Commune | None = None,
    due_at: datetime | None = None,
    priority: int = Job.NORMAL,
    **ids: Any,
) -> Job:
    """Creates the job in the caller's transaction and notifies a worker after the commit.

    Returns the existing job if there is one with this kind and key; if that one waits, it becomes as urgent as
    `priority`. Raises LookupError for an unregistered kind.
    """
    job_handlers[kind]  # raises LookupError for an unknown kind
    defaults = {"commune": commune, "ids": ids, "due_at": due_at or timezone.now(), "priority": priority}
    job, created = Job.objects.get_or_create(kind=kind, key=key, defaults=defaults)
    if created and due_at is None:
        transaction.on_commit(lambda: worker_notifier.notify(job.pk), robust=True)
    if job.priority > priority or (job.is_over and job.priority != priority):
        job.priority = priority
        Job.objects.filter(pk=job.pk).update(priority=priority)
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
    if over.update(state=Job.QUEUED, attempt=0, due_at=timezone.now(), done=0, total=0, finished_at=None, error=""):
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
    """Jobs that a worker may claim now, the most urgent first: queued and due, or running with an expired lease."""
    return Job.objects.filter(
        Q(state=Job.QUEUED, due_at__lte=now) | Q(state=Job.RUNNING, lease_until__lt=now),
        state__in=(Job.QUEUED, Job.RUNNING),  # one search in the index
    ).order_by("priority", "due_at", "pk")


def jobs_ahead(jobs: Iterable[Job]) -> dict[int, int]:
    """For each of these queued jobs: how many jobs run or are claimed before it. One query."""
    counts = {str(job.pk): Count("pk", filter=Q(state=Job.RUNNING) | _is_claimed_before(job)) for job in jobs}
    if not counts:
        return {}
    waiting = Job.objects.filter(state__in=(Job.QUEUED, Job.RUNNING), due_at__lte=timezone.now())
    return {int(pk): number for pk, number in waiting.aggregate(**counts).items()}


def _is_claimed_before(job: Job) -> Q:
    return (
        Q(priority__lt=job.priority)
        | Q(priority=job.priority, due_at__lt=job.due_at)
        | Q(priority=job.priority, due_at=job.due_at, pk__lt=job.pk)
    )


def claim_job(job_id: int) -> Job | None:
    """Claims the job for this worker; None if another worker has it or it is finished."""
    now = timezone.now()
    claimed = (
        claimable_jobs(now)
        .filter(pk=job_id)
        .order_by()
        .update(state=Job.RUNNING, attempt=F("attempt") + 1, lease_until=lease_end(now))
    )
    return Job.objects.get(pk=job_id) if claimed else None


def claim_next_job(more_urgent_than: int | None = None) -> Job | None:
    """Claims the most urgent job that waits, with `more_urgent_than` only of a lower priority; None if there is none."""
    rows = claimable_jobs(timezone.now())
    if more_urgent_than is not None:
        rows = rows.filter(priority__lt=more_urgent_than)
    for job_id in rows.values_list("pk", flat=True)[:CANDIDATES]:
        if job := claim_job(job_id):
            return job
    return None


def run_next_job(more_urgent_than: int | None = None) -> bool:
    """Claims and runs the job of `claim_next_job`; False if there was none."""
    job = claim_next_job(more_urgent_than)
    if job is not None:
        _run(job)
    return job is not None


def run_job(job_id: int) -> bool:
    """Claims and runs one job; whether this call completed it."""
    job = claim_job(job_id)
    return job is not None and _run(job)


def _run(job: Job) -> bool:
    context = JobContext(job)
    try:
        with context.lease.kept():
            job_handlers[job.kind](context, **job.ids)
    except Exception as error:
        logger.exception("job %s failed in attempt %s", job, job.attempt)
        _requeue_or_fail(job, error)
        return False
    return bool(claimed_row(job).update(state=Job.DONE, lease_until=None, finished_at=timezone.now(), error=""))


class JobContext:
    """Handle passed to a job function: report progress, renew the lease."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.lease = JobLease(job)

    def progress(self, done: int, total: int) -> None:
        """Stores the progress and renews the lease. Raises LeaseLost if another worker has claimed the job."""
        self.lease.report(done=done, total=total)

    def run_urgent_jobs(self) -> None:
        """Runs the more urgent jobs that wait, so that a long job delays nobody for longer than one of its parts.

        Raises LeaseLost if another worker has claimed this job meanwhile.
        """
        while run_next_job(more_urgent_than=self.job.priority):
            self.lease.report()


def _requeue_or_fail(job: Job, error: Exception) -> None:
    if connection.needs_rollback:
        return
    is_last_attempt = job.attempt >= settings.JOB_MAX_ATTEMPTS
    claimed_row(job).update(
        state=Job.FAILED if is_last_attempt else Job.QUEUED,
        due_at=timezone.now() + timedelta(seconds=min(600, 5 * 2**job.attempt)),
        lease_until=None,
        error=f"{type(error).__name__}: {error}"[:2000],
        finished_at=timezone.now() if is_last_attempt else None,
    )
