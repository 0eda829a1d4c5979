"""Requests the PDF leaflet of the award catalogue from a job."""

from datetime import date

from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.jobs.models import Job
from emulation.jobs.queue import enqueue, run_again
from reports.papers import catalogue_leaflet


def request_leaflet(*, by: User, commune: Commune, day: date, key: str) -> Job:
    """Enqueues the leaflet of a day, or runs its job again if it failed or its file was lost; `key` is its `leaflet_fingerprint`."""
    job = enqueue(
        catalogue_leaflet.LEAFLET_JOB,
        f"{commune.pk}:{key}",
        commune=commune,
        priority=Job.REQUESTED,
        commune_id=commune.pk,
        day=f"{day}",
        mark=key,
    )
    run_again(job)
    return job
