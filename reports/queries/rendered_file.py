"""Progress of a PDF that a background job renders."""

from dataclasses import dataclass

from emulation.documents.models import RenderedDraft
from emulation.jobs.models import Job


@dataclass(frozen=True)
class RenderedFileState:
    """The file, if it is rendered; the job that renders it, if it was requested."""

    file: RenderedDraft | None
    job: Job | None

    @property
    def waits(self) -> bool:
        return self.file is None and self.job is not None and not self.job.is_over

    @property
    def failed(self) -> bool:
        return self.file is None and self.job is not None and self.job.state == Job.FAILED
