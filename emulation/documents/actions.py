"""Actions on papers: drafts, issuing with a number, freezing without one, files, events.

Drafts, issuing and freezing run in the caller's transaction and check no permission: callers call them inside their own
act(). They also write audit entries.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from emulation.accounts.models import User
from emulation.audit.log import record_entry
from emulation.communes.models import Commune
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from emulation.core.text import clean, fold
from emulation.documents.blocks.certificate import Certificate
from emulation.documents.blocks.codec import AnyDocument, paper_hash, paper_to_json
from emulation.documents.blocks.paper import Paper, PaperStatus
from emulation.documents.codes import new_code
from emulation.documents.document_files import add_document_file, has_usable_draft_file, has_usable_file
from emulation.documents.engines import html
from emulation.documents.letterheads import with_demo_note
from emulation.documents.models import (
    DocumentEvent,
    DocumentFile,
    DocumentReader,
    Draft,
    DraftReader,
    IssuedDocument,
)
from emulation.documents.numbering import lock_number_book, require_checked_book, series_on, take_next_number
from emulation.jobs.models import Job
from emulation.jobs.queue import enqueue, run_again
from emulation.workflow.transitions import act

DEFAULT_FILE_FORMATS = (DocumentFile.PDF, DocumentFile.DOCX)


@dataclass(frozen=True)
class ReaderGrant:
    """A reader of a paper in addition to the office, the clerk and the chair: set exactly one of the three."""

    user_id: int | None = None
    unit_id: int | None = None
    role: Role | str = ""


def create_or_update_draft(
    *, by: User, commune: Commune, paper: AnyDocument, key: str, kind: str = "", readers: Iterable[ReaderGrant] = ()
) -> Draft:
    """Creates the draft with this key or updates it to `paper`, whose status must be draft or for_signature.

    Raises RuleBroken for an issued paper.
    """
    if paper.status is PaperStatus.issued:
        raise RuleBroken("Bản nháp không mang số đã ban hành.")
    paper = with_demo_note(paper, commune)
    facts: dict[str, Any] = {
        "kind": kind or paper.kind,
        "title": paper.title[:1000],
        "blocks": paper_to_json(paper),
        "sha256": paper_hash(paper),
    }
    draft = Draft.objects.filter(commune=commune, key=key[:200]).first()
    if draft is None or draft.sha256 != facts["sha256"]:
        issued = _issued_before(commune, key)
        facts["issued_at"] = issued.created_at if issued else None
        draft, _ = Draft.objects.update_or_create(
            commune=commune, key=key[:200], defaults=facts, create_defaults={**facts, "made_by": by}
        )
    for reader in readers:
        DraftReader.objects.get_or_create(draft=draft, **reader.__dict__)
    return draft


def is_current(draft: Draft, paper: AnyDocument) -> bool:
    """Whether the draft shows this paper as it would be rendered now."""
    return draft.sha256 == paper_hash(with_demo_note(paper, draft.commune))


def discard_draft(commune: Commune, key: str) -> None:
    """Deletes the draft with this key, when the object it was made for is dropped; a draft was never official."""
    Draft.objects.filter(commune=commune, key=key[:200]).delete()


def issue_document(
    *,
    by: User,
    commune: Commune,
    paper: Paper,
    series: str,
    issued_on: date,
    key: str,
    readers: Iterable[ReaderGrant] = (),
    parent: IssuedDocument | None = None,
    formats: Iterable[str] = DEFAULT_FILE_FORMATS,
) -> IssuedDocument:
    """Numbers and freezes a paper. Idempotent per key: a second call returns the same document with the same number.

    Call it last in the transaction: it locks the number book of the year until the commit. Raises RuleBroken if the
    series is unknown, `issued_on` is before the latest date in the same book, or the book waits for the clerk's word
    after a restore.
    """
    rule = series_on(commune, series, issued_on)
    with transaction.atomic():
        if existing := _issued_before(commune, key):
            return existing
        book = lock_number_book(commune, rule, issued_on.year)
        if existing := _issued_before(
            commune, key
        ):  # another process may have issued it while this one waited for the lock
            return existing
        require_checked_book(book)
        last = book.documents.order_by("number").last()
        if last and issued_on < last.issued_on:
            raise RuleBroken(
                f"Ngày ban hành không được trước ngày của văn bản số {last.reference} đã ban hành.", "issued_on"
            )
        number = take_next_number(book)
        final = with_demo_note(paper, commune).issued(issued_on, number, rule.symbol)
        return _freeze(
            by, commune, final, issued_on, key, readers, parent, formats, series=series, book=book, number=number
        )


def freeze_document(
    *,
    by: User,
    commune: Commune,
    paper: AnyDocument,
    issued_on: date,
    key: str,
    readers: Iterable[ReaderGrant] = (),
    parent: IssuedDocument | None = None,
    code: str = "",
    formats: Iterable[str] | None = None,
    about: str = "",
) -> IssuedDocument:
    """Freezes a paper that has no number of its own (giấy đề nghị, báo cáo thành tích, a giấy khen under its decision).

    A certificate must be in the issued state (`certificate.issued(...)`); its files are made on demand unless `formats`
    is given. `code`: the verification code, for a giấy khen that of its award. `about` (the person or group concerned)
    distinguishes the document in lists, searches and file names; it does not change the paper.
    Idempotent per key. Raises RuleBroken if the paper needs a number first.
    """
    if isinstance(paper, Certificate):
        if paper.status is not PaperStatus.issued:
            raise RuleBroken("Giấy khen phải có số quyết định và số sổ vàng trước khi in.")
        final: AnyDocument = with_demo_note(paper, commune)
    elif paper.letterhead.symbol:
        raise RuleBroken("Văn bản có ký hiệu phải lấy số khi ban hành.")
    else:
        final = with_demo_note(paper, commune).issued(issued_on)
    if formats is None:
        formats = () if isinstance(paper, Certificate) else DEFAULT_FILE_FORMATS
    try:
        with transaction.atomic():
            return _issued_before(commune, key) or _freeze(
                by, commune, final, issued_on, key, readers, parent, formats, about, code=code or new_code()
            )
    except IntegrityError:  # another process froze it at the same time
        existing = _issued_before(commune, key)
        if existing is None:
            raise
        return existing


def _issued_before(commune: Commune, key: str) -> IssuedDocument | None:
    return IssuedDocument.objects.filter(commune=commune, key=key[:200]).first()


def _freeze(
    by: User,
    commune: Commune,
    paper: AnyDocument,
    issued_on: date,
    key: str,
    readers: Iterable[ReaderGrant],
    parent: IssuedDocument | None,
    formats: Iterable[str],
    about: str = "",
    **more: Any,
) -> IssuedDocument:
    blocks = paper_to_json(paper)
    body = html.paper_html(paper)
    title = _title_with_subject(paper.title, clean(about))
    symbol = paper.letterhead.symbol if isinstance(paper, Paper) else ""
    document = IssuedDocument.objects.create(
        **{"code": new_code(), **more},
        commune=commune,
        key=key[:200],
        kind=paper.kind,
        symbol=symbol,
        issued_on=issued_on,
        type_name=paper.type_name[:100],
        title=title,
        search=fold(f"{title} {paper.signer} {symbol}")[:1200],
        signer=paper.signer[:200],
        recipients="\n".join(paper.recipients) if isinstance(paper, Paper) else "",
        blocks=blocks,
        html=body,
        style_version=html.STYLE_VERSION,
        sha256=frozen_hash(blocks, body, html.STYLE_VERSION),
        parent=parent,
        issued_by=by,
    )
    Draft.objects.mark_issued(commune, key[:200])
    # The document is new, so no reader rows can exist: bulk_create without checking.
    DocumentReader.objects.bulk_create(
        DocumentReader(document=document, **reader.__dict__) for reader in dict.fromkeys(readers)
    )
    record_entry(
        commune_id=commune.pk,
        actor=by,
        act="documents.issue",
        label="Ban hành văn bản" if document.number else "Lưu văn bản chính thức",
        subject=document,
        facts={"reference": document.reference, "sha256": document.sha256, "parent": parent.pk if parent else None},
    )
    for fmt in formats:
        _enqueue_document_file(document, fmt, Job.REQUESTED if parent is None else Job.BULK)
    return document


def _title_with_subject(title: str, about: str) -> str:
    """ "Giấy đề nghị… – Vi Văn Thành"; if it is too long for the column, the part before the dash is shortened."""
    tail = f" – {about[:300]}" if about else ""
    return title[: 1000 - len(tail)] + tail


def frozen_hash(blocks: str, body: str, style_version: str) -> str:
    """SHA-256 (hex) of what is frozen at issue: blocks, HTML and style version."""
    return hashlib.sha256("\0".join((blocks, body, style_version)).encode()).hexdigest()


# ── files ────────────────────────────────────────────────────────────────────────────────────────


def request_document_files(
    *,
    by: Any,
    document: IssuedDocument,
    formats: Iterable[str] = DEFAULT_FILE_FORMATS,
    priority: int = Job.REQUESTED,
) -> None:
    """Creates jobs for the missing and the lost files; a job that failed, or whose file was lost, is queued again.

    By default somebody waits for them; the one file of all giấy khen of a decision always comes after other jobs.
    """
    for fmt in formats:
        if not has_usable_file(document, fmt):
            _enqueue_document_file(document, fmt, priority)


def request_draft_files(*, by: Any, draft: Draft) -> None:
    """Creates jobs for PDF and Word files of the draft's current content."""
    for fmt in DEFAULT_FILE_FORMATS:
        if not has_usable_draft_file(draft, fmt):
            key = draft_file_job_key(draft, fmt)
            job = enqueue(
                "documents.render_draft",
                key,
                commune=draft.commune,
                priority=Job.REQUESTED,
                draft_id=draft.pk,
                fmt=fmt,
            )
            run_again(job)


def document_file_job_key(document: IssuedDocument, fmt: str) -> str:
    return f"{document.pk}:{fmt}"


def draft_file_job_key(draft: Draft, fmt: str) -> str:
    return f"{draft.pk}:{draft.updated_at.timestamp()}:{fmt}"


def _enqueue_document_file(document: IssuedDocument, fmt: str, priority: int) -> None:
    # A batch is made because somebody asked for it: before the single files that nobody waits for, after those that one waits for.
    kind, priority = ("documents.batch", Job.NORMAL) if fmt == DocumentFile.ALL else ("documents.render", priority)
    job = enqueue(
        kind,
        document_file_job_key(document, fmt),
        commune=document.commune,
        priority=priority,
        document_id=document.pk,
        fmt=fmt,
    )
    run_again(job)


# ── events ───────────────────────────────────────────────────────────────────────────────────────


def add_document_event(
    *, by: User, document: IssuedDocument, kind: str, note: str = "", other: IssuedDocument | None = None, key: str = ""
) -> DocumentEvent:
    """Records an event of a document, once per key (default: once per kind and user)."""
    event, _ = DocumentEvent.objects.get_or_create(
        document=document,
        key=(key or f"{kind}:{by.pk}")[:200],
        defaults={"kind": kind, "note": clean(note)[:1000], "other": other, "by": by},
    )
    return event


def hand_over_document(*, by: User, document: IssuedDocument, to: str) -> DocumentEvent:
    """Records that the paper was sent to somebody: columns 8 and 9 of the register."""
    with act("documents.hand_over", document, by=by, to=to):
        if not clean(to):
            raise RuleBroken("Hãy ghi người, nơi nhận.", "to")
        return add_document_event(
            by=by, document=document, kind=DocumentEvent.HANDED, note=to, key=f"handed:{fold(to)}"
        )


def upload_document_file(*, by: User, document: IssuedDocument, data: bytes, fmt: str) -> DocumentFile:
    """Adds the scanned or digitally signed PDF of an issued paper, at most one of each; again only if that was lost.

    Raises RuleBroken for another format, an incomplete PDF, or if the paper already has this kind of file.
    """
    with act("documents.upload", document, by=by, format=fmt):
        if fmt not in DocumentFile.UPLOADED:
            raise RuleBroken("Loại tệp không hợp lệ.", "format")
        if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-2048:]:
            raise RuleBroken("Tệp phải là PDF còn nguyên vẹn.", "file")
        if has_usable_file(document, fmt):
            raise RuleBroken("Văn bản đã có tệp loại này; tệp đã lưu không thay được.", "file")
        file = add_document_file(document, fmt, data)
        key = f"uploaded:{fmt}" if file.edition == 1 else f"uploaded:{fmt}:{file.edition}"
        add_document_event(by=by, document=document, kind=DocumentEvent.UPLOADED, note=fmt, key=key)
        return file
