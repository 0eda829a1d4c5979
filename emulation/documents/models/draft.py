"""Drafts of papers: without a number, replaced at every change until the paper is issued."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from emulation.communes.models import Commune, CommuneRow
from emulation.documents.blocks.codec import AnyDocument, paper_from_json
from emulation.documents.blocks.paper import PaperStatus
from emulation.documents.models.reader import AbstractReader, PaperQuerySet, reader_constraints


class DraftQuerySet(PaperQuerySet):
    def own(self, user_id: int | None) -> Q:
        return Q(made_by_id=user_id)

    def not_issued(self) -> Self:
        """Those whose present content has not become an issued paper."""
        return self.filter(issued_at=None)

    def mark_issued(self, commune: Commune, key: str) -> None:
        """Marks the drafts of the paper issued with this key: that of the key itself, or of its beginning up to a ":"."""
        parts = key.split(":")
        beginnings = [":".join(parts[:count]) for count in range(1, len(parts) + 1)]
        self.filter(commune=commune, key__in=beginnings).update(issued_at=timezone.now())


class Draft(CommuneRow):
    """The current content of a paper that is not issued; one row per key ("commendations.decision:12")."""

    subject_key = "documents.Draft"

    kind = models.CharField("loại", max_length=40)
    key = models.CharField(max_length=200)
    title = models.CharField("tên loại và trích yếu", max_length=1000)
    blocks = models.TextField()
    sha256 = models.CharField(max_length=64)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    # When the present content was last issued; None while it waits.
    issued_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = DraftQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["commune", "key"], name="draft_key")]
        indexes = [
            models.Index(fields=["commune", "-updated_at"], condition=Q(issued_at=None), name="draft_not_issued")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        """Not yet the paper for signature."""
        return self.paper.status == PaperStatus.draft

    @property
    def is_certificate(self) -> bool:
        """A giấy khen: printed across the sheet."""
        return self.kind == "giay_khen"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("documents:draft", args=[self.pk])

    @property
    def paper(self) -> AnyDocument:
        return paper_from_json(self.blocks)

    @property
    def files(self) -> Any:
        """The files made from its current content."""
        return RenderedDraft.objects.filter(sha256=self.sha256)


class DraftReader(AbstractReader):
    draft = models.ForeignKey(Draft, models.CASCADE, related_name="readers")

    class Meta:
        constraints = reader_constraints("draft_reader", "draft")


class RenderedDraft(models.Model):
    """A file made from blocks with this hash; shared by all drafts with the same content."""

    sha256 = models.CharField(max_length=64)
    format = models.CharField(max_length=10)
    file = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sha256", "format"], name="rendered_once")]

    def __str__(self) -> str:
        return f"{self.sha256[:8]}.{self.format}"
