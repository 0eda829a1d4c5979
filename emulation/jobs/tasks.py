"""The three Celery tasks: run the next job, sweep (run jobs whose message was lost), the periodic tick."""

from celery import shared_task
from django.utils import timezone

from emulation.jobs import queue
from emulation.jobs.registry import tick_callbacks

SWEEP_BATCH_SIZE = 50


@shared_task(name=queue.RUN_TASK, ignore_result=True)
def execute_job(job_id: int) -> None:
    """Runs the most urgent job that waits, whichever job the message names: there is one message for each job."""
    queue.run_next_job()


@shared_task(name="jobs.sweep", ignore_result=True)
def sweep_jobs() -> None:
    """Runs waiting jobs: those whose message was lost, that became due, or whose worker died."""
    for _ in range(SWEEP_BATCH_SIZE):  # looks again after each job: a more urgent one may have come
        if not queue.run_next_job():
            break


@shared_task(name="jobs.tick", ignore_result=True)
def run_tick_callbacks() -> None:
    """Calls every registered tick function; they create jobs with unique keys for what is due."""
    for function in tick_callbacks.values():
        function(timezone.localtime())
