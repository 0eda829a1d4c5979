"""Progress of a PDF made by a job."""

from dataclasses import dataclass

from emulation.documents.models import RenderedDraft
from emulation.jobs.models import Job


@dataclass(frozen=True)
class RenderedFileState:
    """The file, where it was made; the job that makes it, where it was asked for."""

    file: RenderedDraft | None
    job: Job | None

    @property
    def waits(self) -> bool:
        return self.file is None and self.job is not None and not self.job.is_over

    @property
    def failed(self) -> bool:
        return self.file is None and self.job is not None and self.job.state == Job.FAILED
