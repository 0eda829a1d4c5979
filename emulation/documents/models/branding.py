"""Emblem and border images for giấy khen, uploaded by the office; the program contains none itself."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from emulation.communes.models import CommuneQuerySet, CommuneRow


class BrandingImageQuerySet(CommuneQuerySet):
    def visible_to(self, user: object) -> Self:
        """All images of the user's commune: they are printed on its papers."""
        return self.of(user)


class BrandingImage(CommuneRow):
    """An emblem or border. The newest row of a kind is in use; rows are only added.

    An empty `sha256` means that no image is used from then on. Issued papers keep the hash with which they were frozen.
    """

    subject_key = "documents.Picture"

    EMBLEM, BORDER = "emblem", "border"
    KINDS: ClassVar = [(EMBLEM, "Quốc huy"), (BORDER, "Khung viền")]

    kind = models.CharField("hình", max_length=10, choices=KINDS)
    sha256 = models.CharField(max_length=64, blank=True)
    width = models.PositiveIntegerField("rộng")
    height = models.PositiveIntegerField("cao")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField("từ lúc", auto_now_add=True)

    objects = BrandingImageQuerySet.as_manager()

    class Meta:
        db_table = "documents_picture"
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256="", width=0, height=0) | (~Q(sha256="") & Q(width__gte=1, height__gte=1)),
                name="picture_or_none",
            )
        ]
        indexes = [models.Index(fields=["commune", "kind", "-id"], name="picture_newest")]

    def __str__(self) -> str:
        return self.get_kind_display()


class BrandingUpload(CommuneRow):
    """An uploaded file that a job turns into a BrandingImage. `data` is emptied then; `fault`: why it was not used."""

    subject_key = "documents.BrandingUpload"

    kind = models.CharField("hình", max_length=10, choices=BrandingImage.KINDS)
    data = models.BinaryField()
    fault = models.CharField("vì sao không dùng được", max_length=300, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = BrandingImageQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["commune", "kind", "-id"], name="branding_upload_newest")]

    def __str__(self) -> str:
        return self.get_kind_display()
