"""Which leaflets are there, which are on their way."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from emulation.communes.models import Commune
from emulation.documents.engines import booklet
from emulation.documents.models import DocumentFile, RenderedDraft
from emulation.jobs.models import Job
from emulation.legal.law import Law
from emulation.legal.loader import regime_on
from reports import leaflet

KIND = "reports.leaflet"


@dataclass(frozen=True)
class LeafletState:
    """The file, where it was made; the job that makes it, where it was asked for."""

    file: RenderedDraft | None
    job: Job | None

    @property
    def waits(self) -> bool:
        return self.file is None and self.job is not None and not self.job.is_over

    @property
    def failed(self) -> bool:
        return self.file is None and self.job is not None and self.job.state == Job.FAILED


def key(law: Law, commune: Commune, day: date, today: date) -> str:
    """A fingerprint of all that the leaflet says but the moment of making: another law or name is another file."""
    pages = leaflet.booklet(law, regime_on(day), day, commune.identity_on(today).issuer)
    return sha256(booklet.body(pages).encode()).hexdigest()


def state(law: Law, commune: Commune, day: date, today: date) -> LeafletState:
    """How far the leaflet of the day is."""
    mark = key(law, commune, day, today)
    file = RenderedDraft.objects.filter(sha256=mark, format=DocumentFile.PDF).first()
    return LeafletState(file, Job.objects.filter(kind=KIND, key=f"{commune.pk}:{mark}").first())
