"""What follows an exemplar: whether its story may be told in public, and what was done to honour it."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from campaigns.models.exemplar import Exemplar
from emulation.accounts.models import User
from emulation.communes.models import CommuneQuerySet, CommuneRow
from emulation.core.fields import CleanCharField


class OfExemplarQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Whoever sees the exemplar."""
        return self.of(user).filter(exemplar__in=Exemplar.objects.visible_to(user))


class Consent(CommuneRow):
    """The answer of the person, the head of the household or of the collective (of a child: a guardian). No row: not asked."""

    subject_key = "campaigns.Consent"

    GIVEN, REFUSED = "given", "refused"
    ANSWERS = [(GIVEN, "Đồng ý cho nêu gương"), (REFUSED, "Không đồng ý, hoặc rút lại lời đồng ý")]
    HOWS = [
        ("signed", "Ký vào giấy"),
        ("said", "Nói trực tiếp"),
        ("phone", "Gọi điện thoại"),
        ("message", "Nhắn tin, Zalo"),
    ]

    exemplar = models.OneToOneField(Exemplar, models.PROTECT, related_name="consent", verbose_name="điển hình")
    answer = models.CharField("trả lời", max_length=8, choices=ANSWERS)
    answered_on = models.DateField("trả lời ngày")
    how = models.CharField("trả lời bằng cách nào", max_length=8, choices=HOWS)
    by_whom = CleanCharField("người trả lời", max_length=120)
    guardian = models.BooleanField("cha mẹ, người giám hộ trả lời thay", default=False)
    photos = models.BooleanField("đồng ý đăng ảnh", default=False)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người ghi")
    recorded_at = models.DateTimeField(auto_now=True)

    objects = OfExemplarQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(answer="given") | Q(photos=False), name="consent_refused_no_photos")
        ]

    def __str__(self) -> str:
        return f"{self.get_answer_display()}: {self.by_whom}"

    @property
    def is_given(self) -> bool:
        return self.answer == self.GIVEN


class FollowUp(CommuneRow):
    """Something that was done for an exemplar. A nomination is not written here: it links itself."""

    subject_key = "campaigns.FollowUp"

    PRAISED, LETTER, ABOVE, EXAMPLE = "praised", "letter", "above", "example"
    KINDS = [
        (PRAISED, "Biểu dương"),
        (LETTER, "Thư khen"),
        (ABOVE, "Đề nghị cấp trên"),
        (EXAMPLE, "Chỉ nêu gương"),
    ]

    exemplar = models.ForeignKey(Exemplar, models.PROTECT, related_name="followups", verbose_name="điển hình")
    kind = models.CharField("việc", max_length=8, choices=KINDS)
    done_on = models.DateField("ngày")
    place = CleanCharField("ở đâu", max_length=200, blank=True)
    number = CleanCharField("số văn bản", max_length=60, blank=True)
    note = CleanCharField("ghi chú", max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người ghi")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OfExemplarQuerySet.as_manager()

    class Meta:
        ordering = ["done_on", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.exemplar.nominee_name}"

    def get_absolute_url(self) -> str:
        return self.exemplar.get_absolute_url()

    @property
    def says(self) -> str:
        """Where, under which number, what else."""
        return ", ".join(part for part in (self.place, f"số {self.number}" if self.number else "", self.note) if part)
