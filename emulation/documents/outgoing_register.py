"""The Sổ đăng ký văn bản đi: its rows, and the numbers that a restore lost."""

from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from emulation.communes.models import Commune
from emulation.core.formatting import format_date, format_document_number
from emulation.documents.models import DocumentEvent, IssuedDocument, NumberBookCheck
from emulation.documents.numbering import all_series_on


def outgoing_documents(rows: QuerySet[IssuedDocument], year: int) -> QuerySet[IssuedDocument]:
    """The numbered papers of a year in register order."""
    events = Prefetch("events", DocumentEvent.objects.select_related("other").order_by("pk"))
    return (
        rows.filter(number__isnull=False, issued_on__year=year)
        .defer("blocks", "html")
        .prefetch_related(events)
        .order_by("issued_on", "series", "number", "pk")
    )


def years_with_numbers(rows: QuerySet[IssuedDocument], commune: Commune) -> list[int]:
    """Years with numbered papers or with lost numbers, newest first."""
    years = {day.year for day in rows.filter(number__isnull=False).dates("issued_on", "year")}
    lost = NumberBookCheck.objects.filter(commune=commune).with_lost_numbers()
    return sorted(years | set(lost.values_list("book__year", flat=True)), reverse=True)


REGISTER_COLUMNS = (
    "Số, ký hiệu", "Ngày tháng", "Tên loại và trích yếu", "Người ký", "Nơi nhận", "Đơn vị, người nhận bản lưu",
    "Số lượng bản", "Ngày chuyển", "Ký nhận", "Ghi chú",
)  # fmt: skip


def register_row(document: IssuedDocument) -> dict[str, Any]:
    """One row of the Sổ đăng ký văn bản đi (NĐ 30/2020 Phụ lục IV): its ten columns with their text."""
    recipients, holders = _recipients_and_holders(document)
    events = list(document.events.all())
    handed = [event for event in events if event.kind == DocumentEvent.HANDED]
    ended = [event for event in events if event.kind in DocumentEvent.CHANGES]
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


def lost_number_rows(commune: Commune, year: int) -> list[dict[str, Any]]:
    """Rows of the register for the numbers that a restore lost, with the document that each follows (None: none before)."""
    checks = list(
        NumberBookCheck.objects.filter(commune=commune, book__year=year)
        .with_lost_numbers()
        .select_related("book", "restore", "checked_by", "corrects")
        .order_by("pk")
    )
    if not checks:
        return []
    titles: dict[str, list[str]] = {}
    for rule in all_series_on(commune, date(year, 12, 31)):
        titles.setdefault(rule.book, []).append(rule.title)
    rows = []
    for check in checks:
        before = check.book.documents.filter(number__lte=check.last_restored).order_by("-number").first()
        rows.append(
            {
                "document": None,
                "after": before.pk if before else None,
                "cells": tuple(zip(REGISTER_COLUMNS, _lost_number_cells(check, titles), strict=True)),
            }
        )
    return rows


def _lost_number_cells(check: NumberBookCheck, titles: dict[str, list[str]]) -> tuple[str, ...]:
    first = format_document_number(check.first_lost)
    last = format_document_number(check.last_on_paper)
    numbers = f"Số {first}" if check.last_on_paper == check.first_lost else f"Số {first} đến {last}"
    book = ", ".join(titles.get(check.book.series, [check.book.series]))
    day = format_date(timezone.localtime(check.restore.restored_at).date())
    checked = format_date(timezone.localtime(check.checked_at).date())
    typed = f"{check.checked_by.full_name} ghi số cuối trên giấy ngày {checked}"
    if check.corrects:
        was = format_document_number(check.corrects.last_on_paper)
        typed += f", sửa số {was} đã ghi trước: {check.reason}"
    remark = f"Mất do khôi phục ngày {day}; {typed}"
    return (numbers, "", f"Mất do khôi phục: văn bản đã ban hành sau bản sao lưu (sổ: {book})", *[""] * 6, remark)


def with_lost_numbers(
    lines: list[dict[str, Any]], lost: list[dict[str, Any]], *, is_first_page: bool
) -> list[dict[str, Any]]:
    """The lines of a page of the register, with the lost numbers after the last document of their book before them."""
    shown = [row for row in lost if row["after"] is None] if is_first_page else []
    for line in lines:
        shown.append(line)
        shown += [row for row in lost if row["after"] == line["document"].pk]
    return shown


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
    by = f" bằng văn bản số {event.other.reference} ngày {format_date(event.other.issued_on)}" if event.other else ""
    return f"{event.get_kind_display()}{by}{': ' if event.note else ''}{event.note}"
