"""Files are made once, even if a worker dies."""

from io import BytesIO, StringIO

import pikepdf
import pytest
from django.utils import timezone

from emulation.core import content_store
from emulation.documents import actions, samples, tasks
from emulation.documents.models import DocumentChunk, DocumentFile, RenderedDraft
from emulation.documents.tests import papers
from emulation.jobs.models import Job
from emulation.jobs.queue import JobContext, claim_next_job, claimable_jobs, run_job


@pytest.fixture
def decision(commune, clerk):
    return actions.issue_document(
        by=clerk, commune=commune, paper=papers.decision(3), series="quyet_dinh", issued_on=papers.DAY, key="d"
    )


@pytest.fixture
def many(decision, commune, clerk):
    """A decision with 60 giấy khen under it."""
    for serial in range(1, 61):
        sheet = papers.certificate(f"Ông Nguyễn Văn {serial}").issued(papers.DAY, decision.number, serial)
        actions.freeze_document(
            by=clerk, commune=commune, paper=sheet, issued_on=papers.DAY, key=f"g{serial}", parent=decision
        )
    return decision


def run_all_jobs():
    for job in Job.objects.filter(state=Job.QUEUED):
        run_job(job.pk)


def test_pdf_and_word_files_are_made_from_the_frozen_paper(decision):
    run_all_jobs()
    rows = {row.format: row for row in decision.files.all()}
    assert set(rows) == {"pdf", "docx"}
    data = content_store.read(rows["pdf"].sha256)
    assert data.startswith(b"%PDF-") and len(data) == rows["pdf"].size
    assert content_store.read(rows["docx"].sha256).startswith(b"PK")


def test_running_a_job_twice_changes_nothing(decision):
    run_all_jobs()
    before = list(decision.files.values_list("sha256", flat=True))
    Job.objects.update(state=Job.QUEUED)
    run_all_jobs()
    actions.request_document_files(by=None, document=decision)
    assert list(decision.files.values_list("sha256", flat=True)) == before
    assert Job.objects.filter(kind="documents.render").count() == 2


@pytest.mark.slow
def test_all_certificates_of_a_decision_are_one_file_in_order(many):
    actions.request_document_files(by=None, document=many, formats=("all",))
    run_all_jobs()
    job = Job.objects.get(kind="documents.batch")
    assert (job.state, job.done, job.total) == (Job.DONE, 60, 60)
    assert list(DocumentChunk.objects.order_by("place").values_list("place", flat=True)) == [0, 1, 2]
    with pikepdf.open(BytesIO(content_store.read(many.files.get(format="all").sha256))) as document:
        assert len(document.pages) == 60


def test_each_certificate_of_a_batch_is_printed_in_its_own_style_version(decision, commune, clerk, monkeypatch):
    versions = ("1", "1", "2", "1")
    for serial, version in enumerate(versions, 1):
        monkeypatch.setattr(actions.html, "STYLE_VERSION", version)
        sheet = papers.certificate(f"Bà Lò Thị Hoa {serial}").issued(papers.DAY, decision.number, serial)
        actions.freeze_document(
            by=clerk, commune=commune, paper=sheet, issued_on=papers.DAY, key=f"g{serial}", parent=decision
        )
    rendered = []
    render = tasks.pdf.render_pdf

    def spy(bodies, title, version, read):
        rendered.append((len(bodies), version))
        return render(bodies, title, version, read)

    monkeypatch.setattr(tasks.pdf, "render_pdf", spy)
    actions.request_document_files(by=None, document=decision, formats=("all",))
    run_job(Job.objects.get(kind="documents.batch").pk)
    assert rendered == [(2, "1"), (1, "2"), (1, "1")]
    with pikepdf.open(BytesIO(content_store.read(decision.files.get(format="all").sha256))) as document:
        assert len(document.pages) == 4


@pytest.mark.slow
def test_a_batch_continues_after_the_last_finished_chunk(many):
    actions.request_document_files(by=None, document=many, formats=("all",))
    job = Job.objects.get(kind="documents.batch")

    class Dies:
        def progress(self, done, total):
            if done >= 50:
                raise KeyboardInterrupt

        def run_urgent_jobs(self):
            """None wait."""

    with pytest.raises(KeyboardInterrupt):
        tasks.render_certificate_batch(Dies(), **job.ids)
    kept = dict(DocumentChunk.objects.values_list("place", "sha256"))
    assert set(kept) == {0, 1} and not many.files.filter(format="all").exists()
    run_job(job.pk)
    after = dict(DocumentChunk.objects.values_list("place", "sha256"))
    assert {place: after[place] for place in kept} == kept and len(after) == 3
    assert many.files.filter(format="all").count() == 1


def test_a_changed_draft_gets_new_files(commune, office):
    draft = actions.create_or_update_draft(by=office, commune=commune, paper=papers.report(), key="r")
    actions.request_draft_files(by=office, draft=draft)
    run_all_jobs()
    assert draft.files.count() == 2
    draft = actions.create_or_update_draft(by=office, commune=commune, paper=papers.report().for_signature(), key="r")
    assert draft.files.count() == 0
    actions.request_draft_files(by=office, draft=draft)
    run_all_jobs()
    assert draft.files.count() == 2 and RenderedDraft.objects.count() == 4


@pytest.mark.slow
def test_samples_are_written_and_missing_kinds_are_reported(commune, tmp_path):
    folder = tmp_path / "out"
    from django.core.management import CommandError, call_command

    makers = {kind: lambda kind=kind: papers.final(kind) for kind in papers.KINDS}
    with samples.sample_makers.replaced(makers):
        call_command("sample_papers", str(folder), verbosity=0, stdout=StringIO())
    names = {path.name for path in folder.iterdir()}
    kinds = samples.REQUIRED_SAMPLE_KINDS
    assert names == {f"{kind}.pdf" for kind in kinds} | {f"{kind}.docx" for kind in kinds}
    del makers["bien_ban"]
    with samples.sample_makers.replaced(makers), pytest.raises(CommandError, match="bien_ban: chưa có mẫu"):
        call_command("sample_papers", str(folder), stdout=StringIO())


def test_a_file_row_is_added_by_one_worker_only(decision):
    first = tasks.add_document_file(decision, DocumentFile.PDF, b"%PDF-1")
    assert tasks.add_document_file(decision, DocumentFile.PDF, b"%PDF-2") == first


def test_the_paper_of_a_decision_comes_before_queued_giay_khen(many):
    """Issued or requested by a person first, then what the daily check makes again, last all giấy khen at once."""
    Job.objects.all().delete()
    sheets = list(many.children.order_by("pk"))
    actions.request_document_files(by=None, document=many, formats=("all",))
    for sheet in sheets[:30]:
        actions.request_document_files(by=None, document=sheet, formats=("pdf",), priority=Job.BULK)
    actions.request_document_files(by=None, document=many)
    order = [job.ids for job in claimable_jobs(timezone.now())]
    assert order[:2] == [{"document_id": many.pk, "fmt": fmt} for fmt in ("pdf", "docx")]
    assert order[2] == {"document_id": many.pk, "fmt": "all"} and len(order) == 33
    actions.request_document_files(by=None, document=sheets[29], formats=("pdf",))
    assert claimable_jobs(timezone.now())[0].ids["document_id"] == sheets[29].pk  # has waited longest


def test_an_urgent_paper_is_made_between_two_chunks_of_giay_khen(many, monkeypatch):
    Job.objects.all().delete()
    actions.request_document_files(by=None, document=many, formats=("all",))
    made = []
    monkeypatch.setattr(tasks, "_certificates_pdf", lambda rows, title: made.append(len(rows)) or _blank_pdf(len(rows)))

    def render(*args):
        made.append("paper")
        return _blank_pdf(1)

    monkeypatch.setattr(tasks.pdf, "render_paper", render)
    batch = claim_next_job()
    context = JobContext(batch)
    progress = context.progress

    def request_after_first_chunk(done, total):
        progress(done, total)
        if done == 25:
            actions.request_document_files(by=None, document=many, formats=("pdf",))

    monkeypatch.setattr(context, "progress", request_after_first_chunk)
    tasks.render_certificate_batch(context, **batch.ids)
    assert made == [25, "paper", 25, 10]


def _blank_pdf(pages):
    out = BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page()
        pdf.save(out)
    return out.getvalue()
