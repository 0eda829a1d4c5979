"""Content fingerprint and progress of a leaflet."""

from datetime import date
from hashlib import sha256

from emulation.communes.models import Commune
from emulation.documents.engines import booklet
from emulation.documents.models import DocumentFile, RenderedDraft
from emulation.jobs.models import Job
from emulation.legal.engine.law import Law
from emulation.legal.engine.loader import regime_on
from reports.papers import catalogue_leaflet
from reports.queries.rendered_file import RenderedFileState

LEAFLET_JOB = "reports.leaflet"


def leaflet_fingerprint(law: Law, commune: Commune, day: date, today: date) -> str:
    """SHA-256 of the leaflet's content without the time of creation; another law or commune name gives another file."""
    pages = catalogue_leaflet.catalogue_booklet(law, regime_on(day), day, commune.identity_on(today).issuer)
    return sha256(booklet.booklet_html(pages).encode()).hexdigest()


def leaflet_state(law: Law, commune: Commune, day: date, today: date) -> RenderedFileState:
    """Progress of the leaflet of the day."""
    mark = leaflet_fingerprint(law, commune, day, today)
    file = RenderedDraft.objects.filter(sha256=mark, format=DocumentFile.PDF).first()
    return RenderedFileState(file, Job.objects.filter(kind=LEAFLET_JOB, key=f"{commune.pk}:{mark}").first())
