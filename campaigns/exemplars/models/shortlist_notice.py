"""The shortlist of a period as an official document (thông báo)."""

from typing import Any, Self

from django.db import models
from django.urls import reverse

from campaigns.exemplars.models.period import Period
from emulation.communes.capacity import capacity_of
from emulation.communes.models import CommuneQuerySet
from emulation.communes.roles import COMMUNE_STAFF_ROLES, UNIT_HEAD_ROLES, Role
from emulation.core.fields import CleanTextModelField
from emulation.documents.approval.models import ApprovalSubject


class ShortlistNoticeQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The office, clerk and chair see all; other users of the commune see issued notices."""
        capacity = capacity_of(user)
        rows = self.of(user)
        if capacity.has(*COMMUNE_STAFF_ROLES):
            return rows
        readers = capacity.has(*UNIT_HEAD_ROLES, Role.council_member, Role.superior)
        return rows.filter(state=ShortlistNotice.ISSUED) if readers else rows.none()


class ShortlistNotice(ApprovalSubject):
    """The notice (thông báo) of the people's committee with the shortlist of a period as an appendix."""

    subject_key = "campaigns.ChosenList"

    ISSUED = "issued"
    EDITABLE = ("subject", "opening", "closing", "recipients", "signer", "deputy")

    period = models.OneToOneField(Period, models.PROTECT, related_name="chosen_list", verbose_name="kỳ")
    subject = CleanTextModelField("trích yếu")
    opening = CleanTextModelField("mở đầu", blank=True)
    closing = CleanTextModelField("kết", blank=True)
    recipients = CleanTextModelField("nơi nhận", blank=True)

    objects = ShortlistNoticeQuerySet.as_manager()

    class Meta:
        db_table = "campaigns_chosenlist"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Danh sách điển hình: {self.period}"

    def get_absolute_url(self) -> str:
        return reverse("campaigns:chosen_list", args=[self.pk])
