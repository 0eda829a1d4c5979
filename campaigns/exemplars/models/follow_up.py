"""Follow-ups: what was done to honour an exemplar."""

from django.db import models

from campaigns.exemplars.models.exemplar import Exemplar, ExemplarPartQuerySet
from emulation.accounts.models import User
from emulation.communes.models import CommuneRow
from emulation.core.fields import CleanCharField


class FollowUp(CommuneRow):
    """Something done to honour an exemplar. Nominations are not stored here; the commendations app adds them to the list."""

    subject_key = "campaigns.FollowUp"

    PRAISED = "praised"
    LETTER = "letter"
    ABOVE = "above"
    EXAMPLE = "example"
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

    objects = ExemplarPartQuerySet.as_manager()

    class Meta:
        ordering = ["done_on", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.exemplar.nominee_alone}"

    def get_absolute_url(self) -> str:
        return self.exemplar.get_absolute_url()

    @property
    def details(self) -> str:
        """Place, document number and note in one line."""
        return ", ".join(part for part in (self.place, f"số {self.number}" if self.number else "", self.note) if part)
