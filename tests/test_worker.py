"""A real Celery worker process with the test database and a real Redis: every job of a request is done."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from emulation.accounts.models import User
from emulation.celery import app
from emulation.communes.models import Commune
from emulation.documents import actions
from emulation.documents.models import Draft, RenderedDraft
from emulation.documents.tests import papers
from emulation.jobs.models import Job
from emulation.jobs.tasks import sweep_jobs
from tests.celery_workers import Worker, kill_worker, start_worker, use_broker

pytestmark = pytest.mark.worker
LEASE = 3


def wait_for(happened: Callable[[], Any], seconds: float = 40) -> Any:
    deadline = time.monotonic() + seconds
    while not (answer := happened()):
        assert time.monotonic() < deadline, f"did not happen in {seconds} s: {list(Job.objects.values())}"
        time.sleep(0.02)
    return answer


@pytest.fixture
def launch_worker(committed: None, tmp_path: Path) -> Iterator[Callable[[], Worker]]:
    """`launch_worker()` starts a worker process like bin/serve, on the database of this test."""
    if connection.vendor == "sqlite" or not settings.REDIS_URL:
        pytest.fail("these tests need DATABASE_URL of a server and REDIS_URL: bin/test worker")
    use_broker(settings.CELERY_BROKER_URL)
    app.control.purge()
    workers: list[Worker] = []

    def start() -> Worker:
        workers.append(start_worker(tmp_path, JOB_LEASE_SECONDS=str(LEASE)))
        return workers[-1]

    yield start
    for worker in workers:
        if worker.poll() is None:
            kill_worker(worker)


@pytest.fixture
def draft(launch_worker: Any, commune: Commune, office: User) -> Draft:
    return actions.create_or_update_draft(by=office, commune=commune, paper=papers.request(), key="tests.worker:1")


def test_a_worker_renders_the_requested_files(launch_worker: Any, draft: Draft, office: User) -> None:
    launch_worker()
    actions.request_draft_files(by=office, draft=draft)
    wait_for(lambda: not Job.objects.exclude(state=Job.DONE).exists())
    assert sorted(RenderedDraft.objects.values_list("format", flat=True)) == sorted(actions.DEFAULT_FILE_FORMATS)


def test_a_job_enqueued_without_a_worker_is_done_by_the_next_worker(
    launch_worker: Any, draft: Draft, office: User
) -> None:
    actions.request_draft_files(by=office, draft=draft)
    app.control.purge()  # the messages are lost; only the rows of the job table remain
    launch_worker()
    sweep_jobs.apply_async()
    wait_for(lambda: Job.objects.filter(state=Job.DONE).count() == len(actions.DEFAULT_FILE_FORMATS))
    assert RenderedDraft.objects.count() == len(actions.DEFAULT_FILE_FORMATS)


def test_the_job_of_a_killed_worker_is_done_once_by_the_next_worker(
    launch_worker: Any, commune: Commune, office: User
) -> None:
    victim = launch_worker()
    for make in (papers.request, papers.proposal, papers.minutes, papers.report, papers.dispatch):
        paper = actions.create_or_update_draft(
            by=office, commune=commune, paper=make(), key=f"tests.worker:{make.__name__}"
        )
        actions.request_draft_files(by=office, draft=paper)
    wait_for(lambda: Job.objects.filter(state=Job.RUNNING).exists())
    kill_worker(victim)
    assert Job.objects.filter(state=Job.RUNNING).count() == 1
    launch_worker()

    def all_done() -> bool:
        sweep_jobs.apply_async(expires=1)  # Celery beat does this every 15 seconds
        time.sleep(0.5)
        return not Job.objects.exclude(state=Job.DONE).exists()

    wait_for(all_done)
    assert Job.objects.filter(attempt=2).count() == 1
    assert RenderedDraft.objects.count() == Job.objects.count() == 5 * len(actions.DEFAULT_FILE_FORMATS)
