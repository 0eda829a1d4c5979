"""The three Celery tasks of the house: run one job, sweep for jobs whose bell was lost, let the clock tick."""

from celery import shared_task
from django.utils import timezone

from emulation.jobs import queue
from emulation.jobs.registry import ticks

SWEEP_AT_ONCE = 50


@shared_task(name="jobs.run", ignore_result=True)
def run(job_id: int) -> None:
    """Carries out one job; a ring for a job that is over or taken does nothing."""
    queue.carry_out(job_id)


@shared_task(name="jobs.sweep", ignore_result=True)
def sweep() -> None:
    """Does what waits: jobs whose bell was lost, whose time has come, or whose worker died."""
    for job_id in queue.waiting(timezone.now()).values_list("pk", flat=True)[:SWEEP_AT_ONCE]:
        queue.carry_out(job_id)


@shared_task(name="jobs.tick", ignore_result=True)
def tick() -> None:
    """Lets every room look at the clock; what is due becomes job rows under unique keys."""
    for function in ticks():
        function(timezone.localtime())
