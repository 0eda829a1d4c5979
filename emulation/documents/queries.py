"""Queries for the pages about papers: search, file states, the register, number series."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils import timezone

from emulation.communes.models import Commune
from emulation.core.formatting import format_date
from emulation.core.text import fold
from emulation.documents.actions import document_file_job_key, draft_file_job_key
from emulation.documents.models import DocumentEvent, DocumentFile, Draft, IssuedDocument, NumberBook
from emulation.documents.numbering import SeriesRule, all_series_on
from emulation.jobs.models import Job


def search_documents(rows: QuerySet[IssuedDocument], words: str) -> QuerySet[IssuedDocument]:
    """Rows that match every word, with or without diacritics: in the title, signer or symbol, or as the number."""
    for word in fold(words).split():
        number = word.split("/")[0]
        if number.isdecimal() and len(number) < 6:
            rows = rows.filter(number=int(number))
        else:
            rows = rows.filter(search__contains=word)
    return rows


def drafts_not_issued(drafts: QuerySet[Draft]) -> QuerySet[Draft]:
    """Drafts that have not become an issued paper, either with the same key or with that key plus a suffix (":…")."""
    papers = IssuedDocument._base_manager.filter(commune=OuterRef("commune"))
    later = papers.filter(key__startswith=Concat(OuterRef("key"), Value(":")), created_at__gte=OuterRef("updated_at"))
    return drafts.exclude(Exists(papers.filter(key=OuterRef("key")))).exclude(Exists(later))


@dataclass(frozen=True)
class FileStatus:
    """The state of one file of a paper: ready, being made, failed, or not requested."""

    format: str
    label: str
    size: int = 0
    job: Job | None = None

    @property
    def is_common(self) -> bool:
        """The one file of all certificates of a decision."""
        return self.format == DocumentFile.ALL

    @property
    def is_ready(self) -> bool:
        return self.size > 0

    @property
    def is_pending(self) -> bool:
        return not self.is_ready and self.job is not None and self.job.state in (Job.QUEUED, Job.RUNNING)

    @property
    def failed(self) -> bool:
        return not self.is_ready and self.job is not None and self.job.state == Job.FAILED


def document_file_statuses(document: IssuedDocument) -> list[FileStatus]:
    """PDF and Word, the common file of its giấy khen if there are any, and uploaded files."""
    sizes = dict(document.files.values_list("format", "size"))
    labels = dict(DocumentFile.FORMATS)
    wanted = [DocumentFile.PDF, DocumentFile.DOCX]
    if document.children.filter(kind="giay_khen").exists():
        wanted.append(DocumentFile.ALL)
    wanted += [fmt for fmt in (DocumentFile.SIGNED, DocumentFile.SCAN) if fmt in sizes]
    keys = {document_file_job_key(document, fmt): fmt for fmt in wanted}
    jobs = {
        keys[job.key]: job for job in Job.objects.filter(kind__in=["documents.render", "documents.batch"], key__in=keys)
    }
    return [FileStatus(fmt, labels[fmt], sizes.get(fmt, 0), jobs.get(fmt)) for fmt in wanted]


def draft_file_statuses(draft: Draft) -> list[FileStatus]:
    """PDF and Word of the draft's current content."""
    sizes = dict(draft.files.values_list("format", "size"))
    labels = dict(DocumentFile.FORMATS)
    wanted = (DocumentFile.PDF, DocumentFile.DOCX)
    keys = {draft_file_job_key(draft, fmt): fmt for fmt in wanted}
    jobs = {keys[job.key]: job for job in Job.objects.filter(kind="documents.render_draft", key__in=keys)}
    return [FileStatus(fmt, labels[fmt], sizes.get(fmt, 0), jobs.get(fmt)) for fmt in wanted]


def outgoing_documents(rows: QuerySet[IssuedDocument], year: int) -> QuerySet[IssuedDocument]:
    """The numbered papers of a year in register order."""
    events = Prefetch("events", DocumentEvent.objects.select_related("other").order_by("pk"))
    return (
        rows.filter(number__isnull=False, issued_on__year=year)
        .defer("blocks", "html")
        .prefetch_related(events)
        .order_by("issued_on", "series", "number", "pk")
    )


def years_with_numbers(rows: QuerySet[IssuedDocument]) -> list[int]:
    """Years with numbered papers, newest first."""
    return [day.year for day in rows.filter(number__isnull=False).dates("issued_on", "year", order="DESC")]


REGISTER_COLUMNS = (
    "Số, ký hiệu", "Ngày tháng", "Tên loại và trích yếu", "Người ký", "Nơi nhận", "Đơn vị, người nhận bản lưu",
    "Số lượng bản", "Ngày chuyển", "Ký nhận", "Ghi chú",
)  # fmt: skip


def register_row(document: IssuedDocument) -> dict[str, Any]:
    """One row of the Sổ đăng ký văn bản đi (NĐ 30/2020 Phụ lục IV): its ten columns with their text."""
    recipients, holders = _recipients_and_holders(document)
    events = list(document.events.all())
    handed = [event for event in events if event.kind == DocumentEvent.HANDED]
    ended = [event for event in events if event.kind in (DocumentEvent.CANCELLED, DocumentEvent.REPLACED)]
    cells = (
        document.reference,
        format_date(document.issued_on),
        document.title,
        document.signer,
        "; ".join(recipients),
        "; ".join(holders),
        "",  # the number of copies is filled in by hand
        "; ".join(format_date(timezone.localtime(event.at).date()) for event in handed),
        "; ".join(event.note for event in handed),
        "; ".join(_remark(event) for event in ended),
    )
    return {"document": document, "cells": tuple(zip(REGISTER_COLUMNS, cells, strict=True))}


def _recipients_and_holders(document: IssuedDocument) -> tuple[list[str], list[str]]:
    """Those who receive the paper, and those who keep the copy on file ("Lưu: VT, VP")."""
    recipients: list[str] = []
    holders: list[str] = []
    for line in document.recipients.split("\n") if document.recipients else []:
        if line.lower().startswith("lưu:"):
            holders.append(line.split(":", 1)[1].strip())
        else:
            recipients.append(line)
    return recipients, holders


def filled_register_columns(lines: list[dict[str, Any]]) -> tuple[str, ...]:
    """The columns that are not empty in all of these rows; empty ones are only printed, to be filled in by hand."""
    return tuple(
        column for place, column in enumerate(REGISTER_COLUMNS) if any(line["cells"][place][1] for line in lines)
    )


def _remark(event: DocumentEvent) -> str:
    by = f" bằng văn bản số {event.other.reference}" if event.other else ""
    return f"{event.get_kind_display()}{by}{': ' if event.note else ''}{event.note}"


@dataclass(frozen=True)
class SeriesStatus:
    """A series in a year and the state of its book. Series that share a book show the same last number."""

    rule: SeriesRule
    shares: tuple[str, ...]
    last: int
    next: int
    open: bool
    given: int
    cancelled: int
    last_on: date | None


def series_statuses(commune: Commune, year: int, today: date) -> list[SeriesStatus]:
    """Every series of the commune in that year (on its last day, or today), with the state of its book."""
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
