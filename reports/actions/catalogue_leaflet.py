"""Requests the leaflet of the catalogue."""

from datetime import date

from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.jobs.models import Job
from emulation.jobs.queue import enqueue, requeue
from reports.queries import catalogue_leaflet


def request_leaflet(*, by: User, commune: Commune, day: date, key: str) -> Job:
    """Asks for the leaflet of a day; `key` says of which content (`queries.leaflets.key`). A failed job is tried again."""
    job = enqueue(
        catalogue_leaflet.LEAFLET_JOB,
        f"{commune.pk}:{key}",
        commune=commune,
        commune_id=commune.pk,
        day=f"{day}",
        mark=key,
    )
    requeue(job)
    return job
