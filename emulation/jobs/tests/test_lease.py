"""A worker that is busy for longer than a lease keeps its job; one that hangs loses it. Real time, real threads."""

import time
from threading import Event, Thread

import pytest
from django.db import connection
from django.utils import timezone

from emulation.jobs import lease, queue, registry
from emulation.jobs.lease import LeaseLost
from emulation.jobs.models import Job

pytestmark = [pytest.mark.both_databases, pytest.mark.slow]

LEASE = 1
"""JOB_LEASE_SECONDS of these tests, in seconds."""
begun = Event()
may_end = Event()
lost: list[int] = []


@registry.job_handlers.register("test.long")
def _wait_for_the_test(job):
    begun.set()
    may_end.wait(60)
    try:
        job.progress(1, 1)
    except LeaseLost:
        lost.append(job.job.attempt)
        raise


def _run_in_thread():
    try:
        queue.run_next_job()
    finally:
        connection.close()


@pytest.fixture
def busy_worker(committed, settings):
    """A thread that has begun the job and works until the test sets `may_end`."""
    settings.JOB_LEASE_SECONDS = LEASE
    for event in (begun, may_end):
        event.clear()
    lost.clear()
    threads = []

    def start():
        job = queue.enqueue("test.long", "a")
        threads.append(Thread(target=_run_in_thread))
        threads[-1].start()
        assert begun.wait(30)
        return job

    yield start
    may_end.set()
    for thread in threads:
        thread.join(30)


def finish(job):
    may_end.set()
    for _ in range(300):
        job.refresh_from_db()
        if job.is_over:
            break
        time.sleep(0.1)
    return job.state, job.attempt


def test_a_job_without_progress_for_several_leases_is_done_once(busy_worker):
    job = busy_worker()
    first_lease = Job.objects.get().lease_until
    end = time.monotonic() + 3 * LEASE
    while time.monotonic() < end:
        assert not queue.run_next_job()
        time.sleep(0.1)
    assert timezone.now() > first_lease and Job.objects.get().lease_until > first_lease
    assert (*finish(job), lost) == (Job.DONE, 1, [])


def test_a_job_of_a_worker_that_hangs_is_claimed_by_another(busy_worker, monkeypatch):
    monkeypatch.setattr(lease, "SILENT_SECONDS", 0)
    job = busy_worker()
    time.sleep(1.5 * LEASE)
    assert queue.claim_job(job.pk).attempt == 2
    may_end.set()
    for _ in range(300):
        if lost:
            break
        time.sleep(0.1)
    job.refresh_from_db()
    assert (lost, job.state, job.attempt) == ([1], Job.RUNNING, 2)
