"""Jobs that make files. Each result is one row with a unique key, so running a job twice has the effect of once.

A file that is lost is made again, from the same frozen paper.
"""

from datetime import datetime
from itertools import groupby

from emulation.backups.file_check import forget_fault
from emulation.core import content_store
from emulation.documents import branding
from emulation.documents.blocks.codec import AnyDocument
from emulation.documents.branding_upload import use_uploaded_image
from emulation.documents.document_files import add_document_file, has_usable_draft_file, has_usable_file
from emulation.documents.ended_papers import END_MARKS, file_variant, valid_certificate_ids
from emulation.documents.engines import docx, html, merge, pdf
from emulation.documents.models import DocumentChunk, DocumentFile, Draft, IssuedDocument, RenderedDraft
from emulation.documents.search import store_missing_texts
from emulation.jobs.queue import JobContext, enqueue
from emulation.jobs.registry import job_handlers, tick_callbacks

CERTIFICATES_PER_CHUNK = 25
FILE_STEPS = 2
"""Steps of the job of a single file: it is rendered, then stored."""


@job_handlers.register("documents.render")
def render_document_file(job: JobContext, document_id: int, fmt: str) -> None:
    """Makes the PDF (from the frozen HTML) or the Word file (from the frozen blocks) of an issued paper."""
    job.progress(0, FILE_STEPS)
    document = IssuedDocument.objects.get(pk=document_id)
    if not has_usable_file(document, fmt):
        variant = file_variant(document, fmt)
        mark = END_MARKS.get(variant, "")
        if fmt == DocumentFile.PDF:
            body = html.marked_html(document.html, mark)
            data = pdf.render_paper(body, document.title, document.style_version, branding.read_branding_image)
        else:
            data = docx.render_docx(document.paper, branding.read_branding_image, document.style_version, mark)
        job.progress(1, FILE_STEPS)
        add_document_file(document, fmt, data, variant)
    job.progress(FILE_STEPS, FILE_STEPS)


@job_handlers.register("documents.render_draft")
def render_draft_file(job: JobContext, draft_id: int, fmt: str) -> None:
    """Makes a file of the draft's current content."""
    job.progress(0, FILE_STEPS)
    draft = Draft.objects.get(pk=draft_id)
    if not has_usable_draft_file(draft, fmt):
        data = paper_file(draft.paper, fmt)
        job.progress(1, FILE_STEPS)
        sha = content_store.put(data)
        forget_fault(sha)
        RenderedDraft.objects.get_or_create(sha256=draft.sha256, format=fmt, defaults={"file": sha, "size": len(data)})
    job.progress(FILE_STEPS, FILE_STEPS)


@job_handlers.register("documents.batch")
def render_certificate_batch(job: JobContext, document_id: int, fmt: str) -> None:
    """Makes one PDF of the valid giấy khen of a decision, in chunks of 25; chunks finished before a crash are reused.

    Between two chunks the jobs run for which somebody waits.
    """
    decision = IssuedDocument.objects.get(pk=document_id)
    if has_usable_file(decision, fmt):
        return
    variant = file_variant(decision, fmt)
    certificates = valid_certificate_ids(decision)
    total = len(certificates)
    parts = []
    for place, start in enumerate(range(0, total, CERTIFICATES_PER_CHUNK)):
        chunk = DocumentChunk.objects.filter(document=decision, place=place, variant=variant).first()
        if chunk is None or not content_store.verify(chunk.sha256):
            rows = _in_order(certificates[start : start + CERTIFICATES_PER_CHUNK])
            data = _certificates_pdf(rows, decision.title)
            chunk, _ = DocumentChunk.objects.update_or_create(
                document=decision, place=place, defaults={"sha256": content_store.put(data), "variant": variant}
            )
        parts.append(chunk.sha256)
        job.progress(min(start + CERTIFICATES_PER_CHUNK, total), total)
        job.run_urgent_jobs()
    if parts:
        add_document_file(decision, fmt, merge.merge_pdfs([content_store.read(sha) for sha in parts]), variant)


def _in_order(ids: list[int]) -> list[IssuedDocument]:
    papers = IssuedDocument.objects.in_bulk(ids)
    return [papers[pk] for pk in ids]


@job_handlers.register(branding.BRANDING_JOB)
def use_branding_upload(job: JobContext, upload_id: int) -> None:
    """Makes an uploaded emblem or border ready for print and uses it."""
    use_uploaded_image(upload_id, job.progress)


def _certificates_pdf(rows: list[IssuedDocument], title: str) -> bytes:
    """One PDF of the giấy khen in order, each in the style version that it was frozen with."""
    parts = [
        pdf.render_pdf([row.html for row in group], title, version, branding.read_branding_image)
        for version, group in groupby(rows, key=lambda row: row.style_version)
    ]
    return merge.merge_pdfs(parts)


def paper_file(paper: AnyDocument, fmt: str) -> bytes:
    """The PDF or Word file of a paper."""
    if fmt == DocumentFile.DOCX:
        return docx.render_docx(paper, branding.read_branding_image)
    return pdf.render_paper(html.paper_html(paper), paper.title, read=branding.read_branding_image)


@tick_callbacks.register("documents.enqueue_texts")
def enqueue_texts(now: datetime) -> None:
    """Adds a job while papers have no text for the search yet: new ones, and those of before the search."""
    last = IssuedDocument._base_manager.filter(text=None).order_by("-pk").values_list("pk", flat=True).first()
    if last:
        enqueue("documents.store_texts", f"{last}:{now:%Y-%m-%d-%H}", commune=None)


@job_handlers.register("documents.store_texts")
def run_store_texts(job: JobContext) -> None:
    """Stores the texts of papers that have none, all of them, in parts."""
    stored = 0
    while found := store_missing_texts():
        stored += found
        job.progress(stored, stored)
