"""The chair's praise letter (thư khen) to an exemplar."""

from typing import Any, Self

from django.db import models
from django.urls import reverse

from campaigns.exemplars.models.exemplar import Exemplar
from emulation.communes.capacity import capacity_of
from emulation.communes.models import CommuneQuerySet
from emulation.communes.roles import COMMUNE_STAFF_ROLES
from emulation.core.fields import CleanCharField, CleanTextModelField
from emulation.documents.approval.models import ApprovalSubject


class PraiseLetterQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The office, clerk and chair see all; the head of the exemplar's unit sees signed letters."""
        capacity = capacity_of(user)
        rows = self.of(user)
        if capacity.has(*COMMUNE_STAFF_ROLES):
            return rows
        return rows.filter(state=PraiseLetter.SIGNED, exemplar__unit_id__in=capacity.unit_ids)


class PraiseLetter(ApprovalSubject):
    """A letter of the chair: not an award under the law, without number or money; at most one per exemplar."""

    subject_key = "campaigns.PraiseLetter"

    SIGNED = "signed"
    EDITABLE = ("addressee", "text", "signer", "deputy")

    exemplar = models.OneToOneField(Exemplar, models.PROTECT, related_name="praise_letter", verbose_name="điển hình")
    addressee = CleanCharField("gửi", max_length=200)
    text = CleanTextModelField("lời thư")
    issued_on = models.DateField("ký ngày", null=True, blank=True, db_column="signed_on")

    objects = PraiseLetterQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Thư khen: {self.addressee}"

    def get_absolute_url(self) -> str:
        return reverse("campaigns:praise", args=[self.pk])
