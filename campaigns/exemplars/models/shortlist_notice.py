"""The notice (thông báo) with the shortlist of a period: its texts and approval."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from campaigns.exemplars.models.period import Period
from emulation.core.fields import CleanTextModelField
from emulation.documents.approval.models import ApprovalSubject, IssuedToCommuneQuerySet


class ShortlistNotice(ApprovalSubject):
    """The notice (thông báo) of the people's committee with the shortlist of a period as an appendix."""

    subject_key = "campaigns.ChosenList"

    ISSUED = "issued"
    EDITABLE = ("subject", "opening", "closing", "recipients", "signer", "deputy")

    period = models.ForeignKey(Period, models.PROTECT, related_name="notices", verbose_name="kỳ")
    subject = CleanTextModelField("trích yếu")
    opening = CleanTextModelField("mở đầu", blank=True)
    closing = CleanTextModelField("kết", blank=True)
    recipients = CleanTextModelField("nơi nhận", blank=True)

    objects = IssuedToCommuneQuerySet.as_manager()

    class Meta:
        db_table = "campaigns_chosenlist"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["period"], condition=~Q(state="cancelled"), name="notice_one_standing")
        ]

    def __str__(self) -> str:
        return f"Danh sách điển hình: {self.period}"

    def get_absolute_url(self) -> str:
        return reverse("campaigns:chosen_list", args=[self.pk])
