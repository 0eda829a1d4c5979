"""The lease of a running job: stored with its progress, and renewed by a thread while its function works on one part.

A worker that was killed renews nothing, so its lease expires. One that hangs renews its lease for `SILENT_SECONDS` after the
last progress; then another worker may claim the job.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from emulation.jobs.models import Job

logger = logging.getLogger("sovang.jobs")
SILENT_SECONDS = 600
"""How long a worker keeps its lease without progress; a single file takes far less."""


class LeaseLost(Exception):
    """The lease expired and another worker has claimed the job: this worker must stop."""


class JobLease:
    """The lease of one attempt of a job."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._silent_since = monotonic()

    def report(self, **values: int) -> None:
        """Stores the values and renews the lease. Raises LeaseLost if another worker has claimed the job."""
        self._silent_since = monotonic()
        if not self._renew(**values):
            raise LeaseLost(str(self.job))

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Renews the lease three times in its length inside the block, from a thread with its own connection."""
        stopped = threading.Event()
        thread = threading.Thread(target=self._keep, args=(stopped,), name=f"lease-{self.job.pk}", daemon=True)
        thread.start()
        try:
            yield
        finally:
            stopped.set()
            thread.join()

    def _keep(self, stopped: threading.Event) -> None:
        try:
            while not stopped.wait(settings.JOB_LEASE_SECONDS / 3):
                if monotonic() - self._silent_since > SILENT_SECONDS or not self._renew():
                    return
        except DatabaseError as error:  # the database is locked or away: the lease expires, unless progress renews it
            logger.warning("could not renew the lease of job %s: %s", self.job, error)
        finally:
            connection.close()

    def _renew(self, **values: int) -> bool:
        return bool(claimed_row(self.job).update(**values, lease_until=lease_end(timezone.now())))


def claimed_row(job: Job) -> Any:
    """The row of the job while this attempt runs; empty once another worker has claimed it or it is over."""
    # The attempt number is the fencing token: a worker whose lease expired cannot change the row of a later attempt.
    return Job.objects.filter(pk=job.pk, state=Job.RUNNING, attempt=job.attempt)


def lease_end(now: datetime) -> datetime:
    return now + timedelta(seconds=settings.JOB_LEASE_SECONDS)
