"""Answers of people whether they agree to be named in public."""

from django.db import models
from django.db.models import Q

from campaigns.exemplars.models.exemplar import Exemplar, ExemplarPartQuerySet
from emulation.accounts.models import User
from emulation.communes.models import CommuneRow
from emulation.core.fields import CleanCharField


class Consent(CommuneRow):
    """The answer of the person, or of the head of the household or collective; a guardian answers for a child. No row: not asked yet."""

    subject_key = "campaigns.Consent"

    GIVEN = "given"
    REFUSED = "refused"
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

    objects = ExemplarPartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(answer="given") | Q(photos=False), name="consent_refused_no_photos")
        ]

    def __str__(self) -> str:
        return f"{self.get_answer_display()}: {self.by_whom}"

    @property
    def is_given(self) -> bool:
        return self.answer == self.GIVEN
