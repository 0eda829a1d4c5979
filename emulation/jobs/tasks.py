"""The three Celery tasks of the house: run one job, sweep for jobs whose bell was lost, let the clock tick."""

from celery import shared_task
from django.utils import timezone

from emulation.jobs import queue
from emulation.jobs.registry import tick_callbacks

SWEEP_BATCH_SIZE = 50


@shared_task(name="jobs.run", ignore_result=True)
def execute_job(job_id: int) -> None:
    """Carries out one job; a ring for a job that is over or taken does nothing."""
    queue.run_job(job_id)


@shared_task(name="jobs.sweep", ignore_result=True)
def sweep_jobs() -> None:
    """Does what waits: jobs whose bell was lost, whose time has come, or whose worker died."""
    for job_id in queue.claimable_jobs(timezone.now()).values_list("pk", flat=True)[:SWEEP_BATCH_SIZE]:
        queue.run_job(job_id)


@shared_task(name="jobs.tick", ignore_result=True)
def run_tick_callbacks() -> None:
    """Lets every room look at the clock; what is due becomes job rows under unique keys."""
    for function in tick_callbacks():
        function(timezone.localtime())
