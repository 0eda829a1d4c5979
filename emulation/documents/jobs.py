"""Jobs that make files. Each effect is one row under a unique key, so done twice is the same as once."""

from django.db.models import QuerySet

from emulation.core import files
from emulation.documents import pictures
from emulation.documents.blocks import Sheet
from emulation.documents.engines import docx, html, merge, pdf
from emulation.documents.models import DocumentChunk, DocumentFile, Draft, IssuedDocument, RenderedDraft
from emulation.jobs.queue import Hold
from emulation.jobs.registry import handler

CHUNK = 25


@handler("documents.render")
def render(job: Hold, document_id: int, fmt: str) -> None:
    """The PDF (from the frozen HTML) or the Word file (from the frozen blocks) of an issued paper."""
    document = IssuedDocument.objects.get(pk=document_id)
    if not document.files.filter(format=fmt).exists():
        if fmt == DocumentFile.PDF:
            data = pdf.render([document.html], document.title, document.style_version, pictures.read)
        else:
            data = docx.render(document.paper, pictures.read)
        add_file(document, fmt, data)
    job.progress(1, 1)


@handler("documents.render_draft")
def render_draft(job: Hold, draft_id: int, fmt: str) -> None:
    """A file of a draft's present content."""
    draft = Draft.objects.get(pk=draft_id)
    if not draft.files.filter(format=fmt).exists():
        data = sheet_file(draft.paper, fmt)
        RenderedDraft.objects.get_or_create(
            sha256=draft.sha256, format=fmt, defaults={"file": files.put(data), "size": len(data)}
        )
    job.progress(1, 1)


@handler("documents.batch")
def batch(job: Hold, document_id: int, fmt: str) -> None:
    """All giấy khen under a decision in one PDF, 25 a chunk; chunks done before a crash are not done again."""
    decision = IssuedDocument.objects.get(pk=document_id)
    if decision.files.filter(format=fmt).exists():
        return
    sheets = certificates(decision)
    total = sheets.count()
    parts = []
    for place, start in enumerate(range(0, total, CHUNK)):
        chunk = DocumentChunk.objects.filter(document=decision, place=place).first()
        if chunk is None:
            rows = list(sheets[start : start + CHUNK])
            data = pdf.render([row.html for row in rows], decision.title, rows[0].style_version, pictures.read)
            chunk, _ = DocumentChunk.objects.get_or_create(
                document=decision, place=place, defaults={"sha256": files.put(data)}
            )
        parts.append(chunk.sha256)
        job.progress(min(start + CHUNK, total), total)
    if parts:
        add_file(decision, fmt, merge.pdfs([files.read(sha) for sha in parts]))


def certificates(decision: IssuedDocument) -> QuerySet[IssuedDocument]:
    """The giấy khen under a decision, in the order in which they were frozen (their serials)."""
    rows: QuerySet[IssuedDocument] = IssuedDocument.objects.filter(parent=decision, kind="giay_khen").order_by("pk")
    return rows


def sheet_file(sheet: Sheet, fmt: str) -> bytes:
    """The PDF or Word file of a paper in hand."""
    if fmt == DocumentFile.DOCX:
        return docx.render(sheet, pictures.read)
    return pdf.render([html.body(sheet)], sheet.title, read=pictures.read)


def add_file(document: IssuedDocument, fmt: str, data: bytes) -> DocumentFile:
    """Adds the file, unless another worker was first."""
    row, _ = DocumentFile.objects.get_or_create(
        document=document, format=fmt, defaults={"sha256": files.put(data), "size": len(data)}
    )
    return row
