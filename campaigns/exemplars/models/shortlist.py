"""The shortlist of a period: entries for the chosen exemplars."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from campaigns.exemplars.models.consent import Consent
from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.models.period import Period
from emulation.accounts.models import User
from emulation.communes.capacity import capacity_of
from emulation.communes.models import CommuneQuerySet, CommuneRow
from emulation.communes.roles import COMMUNE_STAFF_ROLES, Role
from emulation.core.fields import CleanCharField, CleanTextModelField
from emulation.documents.codes import new_code


class ShortlistEntryQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Office, clerk, chair and council see all; the head of a unit sees those of their unit."""
        capacity = capacity_of(user)
        rows = self.of(user)
        if capacity.has(*COMMUNE_STAFF_ROLES, Role.council_member):
            return rows
        return rows.filter(exemplar__unit_id__in=capacity.unit_ids)

    def published(self) -> Self:
        """Entries on the public page now: published, with consent, of valid exemplars."""
        return self.filter(
            published_on__isnull=False,
            exemplar__state__in=Exemplar.VALID,
            exemplar__nothing=False,
            exemplar__consent__answer=Consent.GIVEN,
        )

    def for_lists(self) -> Self:
        """With the related objects shown in lists."""
        return self.select_related(
            "period",
            "exemplar__period",
            "exemplar__unit",
            "exemplar__field",
            "exemplar__person",
            "exemplar__household",
            "exemplar__collective",
            "exemplar__consent",
        )


class ShortlistEntry(CommuneRow):
    """An accepted exemplar on the shortlist of a period; `gist` is shown in the list, `story` on the public page.

    Removing an entry deletes the row; the audit log keeps the user and the reason.
    """

    subject_key = "campaigns.Choice"

    period = models.ForeignKey(Period, models.PROTECT, related_name="choices", verbose_name="kỳ")
    exemplar = models.ForeignKey(Exemplar, models.PROTECT, related_name="choices", verbose_name="điển hình")
    place = models.PositiveSmallIntegerField("thứ tự", default=0)
    gist = CleanCharField("việc làm tiêu biểu", max_length=300, blank=True)
    story = CleanTextModelField("lời đăng trên trang công khai", blank=True)
    note = CleanCharField("ghi chú", max_length=300, blank=True)
    chosen_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người chọn")
    chosen_on = models.DateField("chọn ngày")
    code = models.CharField("mã trang công khai", max_length=18, unique=True, default=new_code, editable=False)
    published_on = models.DateField("đăng ngày", null=True, blank=True)
    published_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người đăng"
    )

    objects = ShortlistEntryQuerySet.as_manager()

    class Meta:
        db_table = "campaigns_choice"
        ordering = ["place", "pk"]
        constraints = [models.UniqueConstraint(fields=["period", "exemplar"], name="choice_once")]
        indexes = [
            models.Index(
                fields=["commune", "period", "place"], condition=Q(published_on__isnull=False), name="choice_published"
            )
        ]

    def __str__(self) -> str:
        return f"{self.exemplar.nominee_alone} (danh sách {self.period})"

    def get_absolute_url(self) -> str:
        return reverse("campaigns:chosen", args=[self.period_id])
