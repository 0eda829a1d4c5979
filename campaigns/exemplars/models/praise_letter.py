"""The chair's praise letter (thư khen) to an exemplar."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from campaigns.exemplars.models.exemplar import Exemplar
from emulation.communes.capacity import capacity_of
from emulation.communes.roles import COMMUNE_STAFF_ROLES
from emulation.core.fields import CleanCharField, CleanTextModelField
from emulation.documents.approval.models import ApprovalQuerySet, ApprovalSubject


class PraiseLetterQuerySet(ApprovalQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The office, clerk and chair see all; the head of the exemplar's unit sees letters that were signed."""
        capacity = capacity_of(user)
        rows = self.of(user)
        if capacity.has(*COMMUNE_STAFF_ROLES):
            return rows
        return rows.filter(document__isnull=False, exemplar__unit_id__in=capacity.unit_ids)


class PraiseLetter(ApprovalSubject):
    """A letter of the chair: not an award under the law, without number or money; at most one per exemplar that is not cancelled."""

    subject_key = "campaigns.PraiseLetter"

    SIGNED = "signed"
    EDITABLE = ("addressee", "text", "signer", "deputy")

    exemplar = models.ForeignKey(Exemplar, models.PROTECT, related_name="praise_letters", verbose_name="điển hình")
    addressee = CleanCharField("gửi", max_length=200)
    text = CleanTextModelField("lời thư")
    issued_on = models.DateField("ký ngày", null=True, blank=True, db_column="signed_on")

    objects = PraiseLetterQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["exemplar"], condition=~Q(state="cancelled"), name="praise_letter_one_standing"
            )
        ]

    def __str__(self) -> str:
        return f"Thư khen: {self.addressee}"

    def get_absolute_url(self) -> str:
        return reverse("campaigns:praise", args=[self.pk])
