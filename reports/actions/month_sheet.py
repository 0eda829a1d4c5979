"""Requests the PDF of a user's month calendar from a job."""

from datetime import date

from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.jobs.models import Job
from emulation.jobs.queue import enqueue, run_again
from reports.queries import month_calendar


def request_month_sheet(*, by: User, commune: Commune, first: date, only: str, mark: str) -> Job:
    """Enqueues the PDF of a month, or runs its job again if it failed or its file was lost; `mark` is its `month_sheet_fingerprint`."""
    job = enqueue(
        month_calendar.MONTH_SHEET_JOB,
        f"{commune.pk}:{mark}",
        commune=commune,
        priority=Job.REQUESTED,
        commune_id=commune.pk,
        user_id=by.pk,
        first=f"{first}",
        only=only,
        mark=mark,
    )
    run_again(job)
    return job
