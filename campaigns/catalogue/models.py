"""Fields of emulation (lĩnh vực), and the usual reasons for returning an exemplar."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from emulation.communes.capacity import capacity_of
from emulation.communes.models import Commune, CommuneRow
from emulation.communes.roles import COMMUNE_STAFF_ROLES
from emulation.core.fields import CleanCharField


class Field(models.Model):
    """A field of emulation (lĩnh vực), the same for every commune; maintained by `manage.py sync_fields`."""

    code = models.SlugField("mã", max_length=30, unique=True)
    name = CleanCharField("tên", max_length=120)
    hint = CleanCharField("gợi ý", max_length=200, blank=True)
    sort = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField("đang dùng", default=True)

    class Meta:
        ordering = ["sort", "name"]

    def __str__(self) -> str:
        return self.name


class ReturnReasonQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Staff see the common reasons and those of their commune."""
        capacity = capacity_of(user)
        return self.of(capacity.commune_id) if capacity.has(*COMMUNE_STAFF_ROLES) else self.none()

    def of(self, commune_id: int | None) -> Self:
        """The reasons offered to a commune, annotated with `off`: whether the commune switched the reason off."""
        off = ReasonOff.objects.filter(commune_id=commune_id, reason_id=OuterRef("pk"))
        return self.filter(Q(commune=None) | Q(commune_id=commune_id), is_active=True).annotate(off=Exists(off))


class ReturnReason(models.Model):
    """A return reason: common to all communes (maintained by `manage.py sync_reasons`) or a commune's own."""

    FIELDS = [
        ("name", "Người, hộ hoặc tập thể"),
        ("field", "Lĩnh vực"),
        ("deed", "Đã làm gì"),
        ("result", "Kết quả"),
        ("photo", "Ảnh"),
        ("nothing_reason", "Lý do kỳ này không có"),
    ]
    commune = models.ForeignKey(
        Commune, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="xã"
    )  # None: common to all communes
    code = models.SlugField("mã", max_length=40, blank=True)
    field = models.CharField("mục", max_length=20, choices=FIELDS)
    text = CleanCharField("lý do", max_length=200)
    sort = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField("đang dùng", default=True)

    objects = ReturnReasonQuerySet.as_manager()

    class Meta:
        ordering = ["sort", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=Q(commune=None), name="return_reason_code"),
            models.UniqueConstraint(
                fields=["commune", "field", "text"], condition=Q(commune__isnull=False), name="return_reason_own_once"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class ReasonOff(CommuneRow):
    """A commune has switched a reason off."""

    subject_key = "campaigns.ReasonOff"

    reason = models.ForeignKey(ReturnReason, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["commune", "reason"], name="reason_off_once")]

    def __str__(self) -> str:
        return str(self.reason)
