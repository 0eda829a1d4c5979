"""Queries for the pages about papers: search, file states, number series."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from emulation.communes.models import Commune
from emulation.core import content_store
from emulation.core.text import fold
from emulation.documents.actions import document_file_job_key, draft_file_job_key
from emulation.documents.document_files import lost_formats, valid_files
from emulation.documents.models import DocumentEvent, DocumentFile, Draft, IssuedDocument, NumberBook
from emulation.documents.numbering import SeriesRule, all_series_on
from emulation.jobs.models import Job
from emulation.jobs.queue import jobs_ahead


def search_documents(rows: QuerySet[IssuedDocument], words: str) -> QuerySet[IssuedDocument]:
    """Rows that match every word, with or without diacritics: in the title, signer or symbol, or as the number."""
    for word in fold(words).split():
        number = word.split("/")[0]
        if number.isdecimal() and len(number) < 6:
            rows = rows.filter(number=int(number))
        else:
            rows = rows.filter(search__contains=word)
    return rows


ALL_CERTIFICATES = "Tất cả giấy khen, bằng"
"""The name of the common file on the page: a decision on a title has bằng, the format is named after giấy khen alone."""


@dataclass(frozen=True)
class FileStatus:
    """The state of one file of a paper: ready, being made, failed, lost, or not requested.

    `ahead`: how many jobs come before the one that makes it.
    """

    format: str
    label: str
    size: int = 0
    job: Job | None = None
    is_lost: bool = False
    ahead: int = 0

    @property
    def is_common(self) -> bool:
        """The one file of all certificates of a decision."""
        return self.format == DocumentFile.ALL

    @property
    def is_uploaded(self) -> bool:
        """A signed file or a scan, which only people can provide again."""
        return self.format in DocumentFile.UPLOADED

    @property
    def can_be_made(self) -> bool:
        """Made by the program, and not there now."""
        return not self.is_ready and not self.is_uploaded

    @property
    def is_ready(self) -> bool:
        return self.size > 0 and not self.is_lost

    @property
    def is_pending(self) -> bool:
        return not self.is_ready and self.job is not None and self.job.state in (Job.QUEUED, Job.RUNNING)

    @property
    def progress(self) -> str:
        """The place of a pending file in the queue, or the step in which it is, for the page."""
        if self.job is None:
            return ""
        if self.job.state == Job.RUNNING:
            return self._step(self.job)
        if self.job.due_at > timezone.now():
            return f"lần trước chưa được, làm lại lúc {timezone.localtime(self.job.due_at):%H:%M:%S}"
        return f"đang chờ, còn {self.ahead} việc trước" if self.ahead else "đến lượt, sắp bắt đầu"

    def _step(self, job: Job) -> str:
        if self.is_common:
            return f"đã xong {job.done}/{job.total} trang" if job.total else "bắt đầu làm"
        return "đang lưu tệp (bước 2/2)" if job.done else "đang dàn trang (bước 1/2)"

    @property
    def can_go_first(self) -> bool:
        """Queued behind other jobs although somebody may wait for it: a request puts it before them."""
        queued = self.is_pending and self.job is not None and self.job.state == Job.QUEUED
        return queued and not self.is_common and self.job.priority > Job.REQUESTED  # type: ignore[union-attr]

    @property
    def failed(self) -> bool:
        return not self.is_ready and self.job is not None and self.job.state == Job.FAILED


def document_file_statuses(document: IssuedDocument) -> list[FileStatus]:
    """PDF and Word, the common file of its giấy khen if there are any, and uploaded files; the newest edition of each."""
    files = {file.format: file for file in valid_files(document)}
    lost = lost_formats(files.values())
    wanted = [DocumentFile.PDF, DocumentFile.DOCX]
    if document.children.filter(kind="giay_khen").exists():
        wanted.append(DocumentFile.ALL)
    wanted += [fmt for fmt in DocumentFile.UPLOADED if fmt in files]
    keys = {document_file_job_key(document, fmt): fmt for fmt in wanted}
    jobs = {
        keys[job.key]: job for job in Job.objects.filter(kind__in=["documents.render", "documents.batch"], key__in=keys)
    }
    return _with_places([_file_status(fmt, files.get(fmt), jobs.get(fmt), fmt in lost) for fmt in wanted])


def _file_status(fmt: str, file: DocumentFile | None, job: Job | None, is_lost: bool) -> FileStatus:
    label = ALL_CERTIFICATES if fmt == DocumentFile.ALL else dict(DocumentFile.FORMATS)[fmt]
    if file is None:
        return FileStatus(fmt, label, 0, job, is_lost)
    note = f" ({file.edition_note})" if file.edition_note else ""
    return FileStatus(fmt, f"{label}{note}", file.size, job, is_lost)


def draft_file_statuses(draft: Draft) -> list[FileStatus]:
    """PDF and Word of the draft's current content."""
    sizes = {row.format: row.size for row in draft.files if content_store.exists(row.file)}
    labels = dict(DocumentFile.FORMATS)
    wanted = (DocumentFile.PDF, DocumentFile.DOCX)
    keys = {draft_file_job_key(draft, fmt): fmt for fmt in wanted}
    jobs = {keys[job.key]: job for job in Job.objects.filter(kind="documents.render_draft", key__in=keys)}
    return _with_places([FileStatus(fmt, labels[fmt], sizes.get(fmt, 0), jobs.get(fmt)) for fmt in wanted])


def _with_places(lines: list[FileStatus]) -> list[FileStatus]:
    """The lines with the places of the pending files in the queue: one query, none if no file waits."""
    waiting = [line.job for line in lines if line.is_pending and line.job and line.job.state == Job.QUEUED]
    ahead = jobs_ahead(waiting)
    return [replace(line, ahead=ahead.get(line.job.pk, 0)) if line.job else line for line in lines]


@dataclass(frozen=True)
class SeriesStatus:
    """A series in a year and the state of its book. Series that share a book show the same last number.

    `waits`: the book gives no number before the clerk has entered the last one on paper; `last` is that of the backup.
    """

    rule: SeriesRule
    shares: tuple[str, ...]
    last: int
    next: int
    open: bool
    waits: bool
    given: int
    cancelled: int
    last_on: date | None


def series_statuses(commune: Commune, year: int, today: date, unchecked: Collection[str]) -> list[SeriesStatus]:
    """Every series of the commune in that year (on its last day, or today), with the state of its book.

    `unchecked`: the books that wait for the clerk after a restore.
    """
    rules = all_series_on(commune, min(date(year, 12, 31), max(today, date(year, 1, 1))))
    books = {
        book.series: book
        for book in NumberBook.objects.filter(commune=commune, year=year).annotate(last_on=Max("documents__issued_on"))
    }
    counts = {
        (row["book_id"], row["series"]): row
        for row in IssuedDocument.objects.filter(commune=commune, book__year=year)
        .values("book_id", "series")
        .annotate(
            given=Count("pk", distinct=True),
            cancelled=Count("pk", filter=Q(events__kind=DocumentEvent.CANCELLED), distinct=True),
        )
    }
    lines = []
    for rule in rules:
        book = books.get(rule.book)
        count = counts.get((book.pk if book else None, rule.code), {})  # type: ignore[arg-type]
        last = book.last if book else 0
        lines.append(
            SeriesStatus(
                rule=rule,
                shares=tuple(other.title for other in rules if other.book == rule.book and other.code != rule.code),
                last=last,
                next=last + 1 if book else rule.start_at,
                open=year >= today.year,
                waits=rule.book in unchecked,
                given=count.get("given", 0),
                cancelled=count.get("cancelled", 0),
                last_on=book.last_on if book else None,
            )
        )
    return lines


def number_book_years(commune: Commune, this_year: int) -> list[int]:
    """Years with a number book, and this year, newest first."""
    years = set(NumberBook.objects.filter(commune=commune).values_list("year", flat=True))
    return sorted({*years, this_year}, reverse=True)
