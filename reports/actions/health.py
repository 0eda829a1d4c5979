"""Retries a failed background job."""

from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.core.errors import RuleBroken
from emulation.jobs.models import Job
from emulation.jobs.queue import requeue
from emulation.workflow.transitions import act


def retry_job(*, by: User, commune: Commune, job: Job) -> None:
    """Puts a failed job back in the queue with a new set of attempts. RuleBroken when it has not failed."""
    with act("reports.retry_job", commune, by=by, job=str(job)):
        if job.state != Job.FAILED:
            raise RuleBroken("Việc này không còn ở trạng thái lỗi.")
        requeue(job)
