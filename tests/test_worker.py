"""A real Celery worker process on the test database and a real Redis: what is promised in a request gets done."""

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
def hire_worker(committed: None, tmp_path: Path) -> Iterator[Callable[[], Worker]]:
    """`hire_worker()` starts a worker process, as bin/serve does, on this test's database."""
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
def draft(hire_worker: Any, commune: Commune, office: User) -> Draft:
    return actions.create_or_update_draft(by=office, commune=commune, paper=papers.request(), key="tests.worker:1")


def test_a_worker_makes_the_files_that_a_page_promised(hire_worker: Any, draft: Draft, office: User) -> None:
    hire_worker()
    actions.request_draft_files(by=office, draft=draft)
    wait_for(lambda: not Job.objects.exclude(state=Job.DONE).exists())
    assert sorted(RenderedDraft.objects.values_list("format", flat=True)) == sorted(actions.DEFAULT_FILE_FORMATS)


def test_a_promise_made_while_no_worker_is_there_is_kept_by_the_next(
    hire_worker: Any, draft: Draft, office: User
) -> None:
    actions.request_draft_files(by=office, draft=draft)
    app.control.purge()  # the bells are lost; only the rows are left
    hire_worker()
    sweep_jobs.apply_async()
    wait_for(lambda: Job.objects.filter(state=Job.DONE).count() == len(actions.DEFAULT_FILE_FORMATS))
    assert RenderedDraft.objects.count() == len(actions.DEFAULT_FILE_FORMATS)


def test_what_a_killed_worker_held_is_done_once_by_its_successor(
    hire_worker: Any, commune: Commune, office: User
) -> None:
    victim = hire_worker()
    for make in (papers.request, papers.proposal, papers.minutes, papers.report, papers.dispatch):
        paper = actions.create_or_update_draft(
            by=office, commune=commune, paper=make(), key=f"tests.worker:{make.__name__}"
        )
        actions.request_draft_files(by=office, draft=paper)
    wait_for(lambda: Job.objects.filter(state=Job.RUNNING).exists())
    kill_worker(victim)
    assert Job.objects.filter(state=Job.RUNNING).count() == 1
    hire_worker()

    def all_done() -> bool:
        sweep_jobs.apply_async(expires=1)  # what beat does every fifteen seconds
        time.sleep(0.5)
        return not Job.objects.exclude(state=Job.DONE).exists()

    wait_for(all_done)
    assert Job.objects.filter(attempt=2).count() == 1
    assert RenderedDraft.objects.count() == Job.objects.count() == 5 * len(actions.DEFAULT_FILE_FORMATS)
