"""A worker killed with SIGKILL while it prints all giấy khen of a decision: another one continues, nothing is lost."""

import signal

import pytest

PAGES = 60
START = f"""
from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.documents import actions
from emulation.documents.tests import papers
clerk, commune = User.objects.get(username="vanthu"), Commune.objects.get()
decision = actions.issue_document(by=clerk, commune=commune, paper=papers.decision(3), series="quyet_dinh",
                         issued_on=papers.DAY, key="d", formats=())
for serial in range(1, {PAGES} + 1):
    sheet = papers.certificate(f"Ông Nguyễn Văn {{serial}}").issued(papers.DAY, decision.number, serial)
    actions.freeze_document(by=clerk, commune=commune, paper=sheet, issued_on=papers.DAY, key=f"g{{serial}}", parent=decision)
actions.request_document_files(by=clerk, document=decision, formats=("all",))
"""
WORKER = """
from emulation.jobs.models import Job
from emulation.jobs.tasks import sweep_jobs
while Job.objects.filter(kind="documents.batch").exclude(state="done").exists():
    sweep_jobs()
    time.sleep(0.05)
"""
KILLED_WORKER = (
    """
import signal, threading
from emulation.documents.models import DocumentChunk
from emulation.jobs.models import Job
def kill_this_process():
    batch = Job.objects.filter(kind="documents.batch")
    while DocumentChunk.objects.count() < {chunks_done} or batch.get().state != "running":
        time.sleep(0.1)
    os.kill(os.getpid(), signal.SIGKILL)
threading.Thread(target=kill_this_process, daemon=True).start()
"""
    + WORKER
)
"""Its second thread kills it when so many chunks are finished and the job goes on."""
CHUNKS = """
from emulation.documents.models import DocumentChunk
print(*DocumentChunk.objects.order_by("place").values_list("place", "sha256"), sep="|")
"""
RESULT = """
import io, pikepdf
from emulation.core import content_store
from emulation.documents.models import DocumentChunk, DocumentFile
from emulation.jobs.models import Job
rows = list(DocumentFile.objects.filter(format="all"))
pages = len(pikepdf.open(io.BytesIO(content_store.read(rows[0].sha256))).pages)
print(len(rows), pages, DocumentChunk.objects.count(), Job.objects.get(kind="documents.batch").attempt)
"""


def finished_chunks(isolated_install):
    """The chunks finished so far, as place and hash."""
    return list(filter(None, isolated_install.run(CHUNKS).split("|")))


@pytest.mark.slow
def test_a_batch_is_finished_although_its_workers_are_killed(isolated_install):
    isolated_install.run(START)
    for chunks_done in (1, 2):
        worker = isolated_install.start(KILLED_WORKER.format(chunks_done=chunks_done))
        assert worker.wait(timeout=300) == -signal.SIGKILL, worker.communicate()
        kept = finished_chunks(isolated_install)
    isolated_install.run(WORKER)
    files, pages, chunks, attempts = map(int, isolated_install.run(RESULT).split())
    assert (files, pages, chunks) == (1, PAGES, 3)
    assert attempts >= 2
    assert kept and finished_chunks(isolated_install)[: len(kept)] == kept  # finished chunks are not made again
