"""Issued papers: frozen, never changed. Later events are rows of their own (DocumentEvent)."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from emulation.communes.models import CommuneRow
from emulation.core.formatting import format_date, format_document_number
from emulation.documents.blocks.codec import AnyDocument, paper_from_json
from emulation.documents.models.number_series import NumberBook
from emulation.documents.models.reader import AbstractReader, PaperManager, reader_constraints


class IssuedDocument(CommuneRow):
    """One issued paper. Its hash covers `blocks`, `html` and `style_version`; its files are made from them."""

    subject_key = "documents.IssuedDocument"

    key = models.CharField(max_length=200)
    kind = models.CharField("loại", max_length=40, db_index=True)
    series = models.CharField(max_length=40, blank=True)
    book = models.ForeignKey(NumberBook, models.PROTECT, related_name="documents", null=True)
    number = models.PositiveIntegerField("số", null=True)
    symbol = models.CharField("ký hiệu", max_length=40, blank=True)
    issued_on = models.DateField("ngày ban hành")
    type_name = models.CharField("tên loại", max_length=100)
    title = models.CharField("tên loại và trích yếu", max_length=1000)
    search = models.CharField(max_length=1200)
    signer = models.CharField("người ký", max_length=200)
    recipients = models.TextField("nơi nhận", blank=True)
    blocks = models.TextField()
    html = models.TextField()
    style_version = models.CharField(max_length=10)
    sha256 = models.CharField(max_length=64)
    code = models.CharField("mã tra cứu", max_length=18, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, related_name="children", null=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PaperManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commune", "key"], name="document_key"),
            models.UniqueConstraint(fields=["book", "number"], name="document_number"),
            models.CheckConstraint(
                condition=Q(book=None, number=None) | Q(book__isnull=False, number__gte=1), name="number_from_book"
            ),
        ]
        indexes = [models.Index(fields=["commune", "-issued_on", "-id"], name="document_newest")]

    def __str__(self) -> str:
        return f"{self.type_name} số {self.reference}" if self.number else self.title

    def get_absolute_url(self) -> str:
        return reverse("documents:document", args=[self.pk])

    @property
    def is_certificate(self) -> bool:
        """A giấy khen: printed across the sheet."""
        return self.kind == "giay_khen"

    @property
    def dated(self) -> str:
        """ "Quyết định số 02/QĐ-UBND ngày 10/12/2026": numbers begin again every year."""
        return f"{self} ngày {format_date(self.issued_on)}"

    @property
    def reference(self) -> str:
        """ "05/QĐ-UBND", or "" if the paper has no number."""
        return f"{format_document_number(self.number)}/{self.symbol}" if self.number else ""

    @property
    def paper(self) -> AnyDocument:
        return paper_from_json(self.blocks)


class DocumentText(models.Model):
    """The folded text of a paper, " " before each word, for the search; filled by a job after the issue."""

    document = models.OneToOneField(IssuedDocument, models.CASCADE, primary_key=True, related_name="text")
    folded = models.TextField()


class DocumentReader(AbstractReader):
    document = models.ForeignKey(IssuedDocument, models.PROTECT, related_name="readers")

    class Meta:
        constraints = reader_constraints("document_reader", "document")


class DocumentFileQuerySet(models.QuerySet["DocumentFile"]):
    def current(self) -> Self:
        """The newest edition of each format: the one that is listed and downloaded."""
        later = DocumentFile._base_manager.filter(
            document=OuterRef("document"), format=OuterRef("format"), edition__gt=OuterRef("edition")
        )
        return self.exclude(Exists(later))


class DocumentFile(models.Model):
    """A file of a paper: pdf, docx, all (all giấy khen of a decision in one PDF), signed, scan.

    One per format; a further edition is added only when the stored file was lost, or giấy khen in it are no longer valid.
    The newest edition counts.
    """

    PDF, DOCX, ALL, SIGNED, SCAN = "pdf", "docx", "all", "signed", "scan"
    FORMATS = [
        (PDF, "PDF"),
        (DOCX, "Word"),
        (ALL, "Tất cả giấy khen"),
        (SIGNED, "Bản ký số"),
        (SCAN, "Bản quét có dấu"),
    ]
    UPLOADED = (SIGNED, SCAN)
    """Formats that people upload and that are never made again."""

    document = models.ForeignKey(IssuedDocument, models.PROTECT, related_name="files")
    format = models.CharField(max_length=10, choices=FORMATS)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)
    edition = models.PositiveSmallIntegerField("lần tạo", default=1, db_default=1)
    # What it was made of, where that can change after the issue (`ended_papers.file_variant`).
    variant = models.CharField(max_length=64, blank=True, default="")

    objects = DocumentFileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "format", "edition"], name="document_file_edition_once")
        ]

    def __str__(self) -> str:
        return f"{self.document_id}.{self.format}"

    @property
    def edition_note(self) -> str:
        """ "in lại" or "tải lại" for a further edition, otherwise ""."""
        if self.edition == 1:
            return ""
        return "tải lại" if self.format in self.UPLOADED else "in lại"


class DocumentChunk(models.Model):
    """A finished part of a long file, so that a worker that dies loses one part and not all of them."""

    document = models.ForeignKey(IssuedDocument, models.PROTECT, related_name="chunks")
    place = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    variant = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "place"], name="chunk_once")]

    def __str__(self) -> str:
        return f"{self.document_id}:{self.place}"


class DocumentEvent(models.Model):
    """An event of an issued paper; the paper itself never changes."""

    CANCELLED = "cancelled"
    REPLACED = "replaced"
    SEEN = "seen"
    HANDED = "handed_over"
    UPLOADED = "uploaded"
    PARTLY_CANCELLED = "partly_cancelled"
    PARTLY_REPLACED = "partly_replaced"
    CORRECTED = "corrected"
    KINDS = [
        (CANCELLED, "Đã hủy"),
        (REPLACED, "Được thay thế"),
        (PARTLY_CANCELLED, "Bị hủy bỏ một phần"),
        (PARTLY_REPLACED, "Được thay thế một phần"),
        (CORRECTED, "Được đính chính"),
        (SEEN, "Đã xem"),
        (HANDED, "Đã chuyển"),
        (UPLOADED, "Đã tải tệp lên"),
    ]

    ENDS = (CANCELLED, REPLACED)
    """Events after which the paper is no longer valid."""
    CHANGES = (*ENDS, PARTLY_CANCELLED, PARTLY_REPLACED, CORRECTED)
    """Events that stand in the remarks column of the register."""

    document = models.ForeignKey(IssuedDocument, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20, choices=KINDS)
    key = models.CharField(max_length=200)
    note = models.CharField("ghi chú", max_length=1000, blank=True)
    other = models.ForeignKey(IssuedDocument, models.PROTECT, related_name="+", null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "key"], name="document_event_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.document_id}"

    @property
    def basis_word(self) -> str:
        """What the other paper is to this one, before its name: it takes its place, or is the reason."""
        return "Thay bằng" if self.kind == self.REPLACED else "Theo"

    @property
    def own_note(self) -> str:
        """The note; "" where older rows only name the other paper again."""
        return "" if self.kind == self.REPLACED and self.other_id else self.note

    @property
    def is_cancellation(self) -> bool:
        return self.kind == self.CANCELLED
