"""The honour roll: public copies of issued awards, without a foreign key to any person."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.urls import reverse

from emulation.communes.models import CommuneQuerySet, CommuneRow
from emulation.core.fields import CleanCharField
from emulation.core.text import fold
from emulation.documents.models import DocumentEvent


class HonourEntryQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Every entry: the honour roll is public."""
        return self.all()

    def not_cancelled(self) -> Self:
        """Entries whose decision was not cancelled."""
        return self.with_cancelled().filter(cancelled=False)

    def with_cancelled(self) -> Self:
        """Annotates `cancelled`: whether the decision was cancelled after it was issued."""
        cancellation = DocumentEvent.objects.filter(
            document_id=OuterRef("decision_document"), kind=DocumentEvent.CANCELLED
        )
        return self.annotate(cancelled=Exists(cancellation))

    def like(self, words: str) -> Self:
        """Entries whose search text contains every word, typed with or without diacritics."""
        rows = self
        for word in fold(words).split():
            rows = rows.filter(search__contains=word)
        return rows


class HonourEntry(CommuneRow):
    """One published award. The job "portal.publish" creates one entry per verification code."""

    subject_key = "portal.HonourEntry"

    code = models.CharField("mã xác minh", max_length=40, unique=True)
    name = CleanCharField("người, tập thể được khen", max_length=200)
    unit_name = CleanCharField("đơn vị", max_length=120)
    award_title = CleanCharField("danh hiệu, hình thức khen thưởng", max_length=120)
    achievement = CleanCharField("thành tích", max_length=300)
    field_name = CleanCharField("lĩnh vực", max_length=120, blank=True)
    decider = CleanCharField("người quyết định", max_length=160)
    decision_number = models.CharField("số quyết định", max_length=60)
    decision_date = models.DateField("ngày quyết định")
    decision_serial = models.PositiveSmallIntegerField("số sổ vàng")
    decision_document = models.BigIntegerField(db_index=True)
    year = models.PositiveSmallIntegerField("năm")
    search = models.CharField(max_length=800, editable=False)
    published_at = models.DateTimeField(auto_now_add=True)

    objects = HonourEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-decision_date", "-decision_document", "decision_serial"]
        indexes = [
            models.Index(fields=["commune", "-decision_date", "-decision_document"], name="honour_newest"),
            models.Index(fields=["commune", "year", "unit_name"], name="honour_by_year_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.name} - {self.award_title}"

    @property
    def is_form(self) -> bool:
        """Whether the award is a giấy khen, which the recipient has on paper."""
        return self.award_title.startswith("Giấy khen")

    def get_absolute_url(self) -> str:
        return reverse("portal:entry", args=[self.code])
