"""Job queue: jobs run once, another worker takes over from a dead one, no job is lost when the broker is down."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from emulation.jobs import queue, registry
from emulation.jobs.lease import LeaseLost
from emulation.jobs.models import Job
from emulation.jobs.tasks import sweep_jobs

pytestmark = pytest.mark.both_databases

done: list[int] = []


@registry.job_handlers.register("test.note")
def _record_number(job, number, fail=0):
    job.progress(1, 2)
    if job.job.attempt <= fail:
        raise OSError("máy in hết giấy")
    done.append(number)


@pytest.fixture(autouse=True)
def _clear_done():
    done.clear()


def test_a_job_is_done_once_however_often_it_is_run(db):
    job = queue.enqueue("test.note", "a", number=1)
    assert queue.enqueue("test.note", "a", number=1).pk == job.pk
    assert [queue.run_job(job.pk), queue.run_job(job.pk)] == [True, False]
    job.refresh_from_db()
    assert (done, job.state, job.attempt, job.percent) == ([1], Job.DONE, 1, 100)


def test_enqueue_refuses_an_unknown_kind(db):
    with pytest.raises(LookupError):
        queue.enqueue("test.nobody", "a")


def test_a_job_of_a_failed_transaction_does_not_exist(committed):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        queue.enqueue("test.note", "b", number=2)
        raise ZeroDivisionError
    assert Job.objects.count() == 0


@pytest.fixture
def dead_broker(monkeypatch):
    """No server listens at the broker's address."""
    from emulation.celery import app

    monkeypatch.setattr(app.conf, "broker_url", "redis://127.0.0.1:1/0")
    monkeypatch.setattr(app.amqp, "_producer_pool", None)  # an earlier test may have a connection to the real broker
    monkeypatch.setattr(queue, "worker_notifier", queue.WorkerNotifier())


def test_no_job_is_lost_when_the_broker_is_down(committed, dead_broker):
    with transaction.atomic():
        job = queue.enqueue("test.note", "c", number=3)
    assert Job.objects.get().state == Job.QUEUED
    sweep_jobs()
    job.refresh_from_db()
    assert (done, job.state) == ([3], Job.DONE)


def test_many_jobs_try_a_dead_broker_only_once(committed, dead_broker, caplog):
    with transaction.atomic():
        for number in range(5):
            queue.enqueue("test.note", f"many{number}", number=number)
    assert sum("could not publish" in message for message in caplog.messages) == 1
    sweep_jobs()
    assert sorted(done) == [0, 1, 2, 3, 4]


def test_a_failing_job_is_retried_later_and_stores_the_error(db):
    job = queue.enqueue("test.note", "d", number=4, fail=1)
    assert not queue.run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error, job.due_at > timezone.now()) == (Job.QUEUED, "OSError: máy in hết giấy", True)
    assert not queue.run_job(job.pk)
    Job.objects.update(due_at=timezone.now())
    assert queue.run_job(job.pk)
    assert done == [4]


def test_a_job_fails_after_the_last_attempt_and_can_be_queued_again(db, settings):
    settings.JOB_MAX_ATTEMPTS = 2
    job = queue.enqueue("test.note", "e", number=5, fail=2)
    for _ in range(2):
        Job.objects.update(due_at=timezone.now())
        queue.run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, done) == (Job.FAILED, [])
    sweep_jobs()
    assert done == []
    queue.requeue(job)
    job.refresh_from_db()
    assert (job.state, job.attempt) == (Job.QUEUED, 0)


def test_a_job_is_run_again_after_the_lease_of_a_dead_worker_expires(db):
    job = queue.enqueue("test.note", "f", number=6)
    claimed = queue.claim_job(job.pk)
    assert claimed is not None and queue.claim_job(job.pk) is None
    sweep_jobs()
    assert done == []
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    sweep_jobs()
    assert done == [6]


def test_a_worker_with_an_expired_lease_cannot_change_the_row_of_a_later_attempt(db):
    job = queue.enqueue("test.note", "g", number=7)
    late = queue.claim_job(job.pk)
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert queue.claim_job(job.pk).attempt == 2
    with pytest.raises(LeaseLost):
        queue.JobContext(late).progress(1, 10)


def test_a_job_with_a_later_due_time_waits(db):
    job = queue.enqueue("test.note", "h", number=8, due_at=timezone.now() + timedelta(hours=1))
    sweep_jobs()
    assert done == []
    Job.objects.filter(pk=job.pk).update(due_at=timezone.now())
    sweep_jobs()
    assert done == [8]
