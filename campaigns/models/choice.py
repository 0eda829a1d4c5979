"""What is chosen of what was accepted: the shortlist of a month or quarter, its list as a paper, a unit's word for the quarter."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from campaigns.models.exemplar import Exemplar, Period
from campaigns.models.outcome import Consent
from emulation.accounts.models import User
from emulation.acts.models import Subject
from emulation.communes.models import CommuneQuerySet, CommuneRow
from emulation.communes.roles import COMMUNE_STAFF, UNIT_HEADS, Role
from emulation.communes.standing import standing_of
from emulation.core.fields import CleanCharField, CleanTextModelField
from emulation.documents.codes import new_code
from emulation.documents.models import IssuedDocument
from villages.models import Unit


class ChoiceQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """All for office, clerk, chair and council; the head of a unit sees his unit's."""
        standing = standing_of(user)
        rows = self.of(user)
        if standing.has(*COMMUNE_STAFF, Role.council_member):
            return rows
        return rows.filter(exemplar__unit_id__in=standing.unit_ids)

    def published(self) -> Self:
        """What the public may read now: published, agreed to, still valid."""
        return self.filter(
            published_on__isnull=False,
            exemplar__state__in=Exemplar.VALID,
            exemplar__nothing=False,
            exemplar__consent__answer=Consent.GIVEN,
        )

    def for_lists(self) -> Self:
        """With everything that a line of a list names."""
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


class Choice(CommuneRow):
    """An accepted exemplar chosen into the list of a period; `gist` stands in the list, `story` on the public page.

    Taking it off deletes the row; who did it and why stays in the trail.
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

    objects = ChoiceQuerySet.as_manager()

    class Meta:
        ordering = ["place", "pk"]
        constraints = [models.UniqueConstraint(fields=["period", "exemplar"], name="choice_once")]
        indexes = [
            models.Index(
                fields=["commune", "period", "place"], condition=Q(published_on__isnull=False), name="choice_published"
            )
        ]

    def __str__(self) -> str:
        return f"{self.exemplar.nominee_name} (danh sách {self.period})"

    def get_absolute_url(self) -> str:
        return reverse("campaigns:chosen", args=[self.period_id])


class QuarterPickQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        standing = standing_of(user)
        rows = self.of(user)
        return rows if standing.has(*COMMUNE_STAFF) else rows.filter(unit_id__in=standing.unit_ids)


class QuarterPick(CommuneRow):
    """A unit answers a quarter with an exemplar of one of its months."""

    subject_key = "campaigns.QuarterPick"

    period = models.ForeignKey(Period, models.PROTECT, related_name="picks", verbose_name="quý")
    exemplar = models.ForeignKey(Exemplar, models.PROTECT, related_name="picks", verbose_name="điển hình")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị")
    picked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người đề xuất")
    picked_at = models.DateTimeField(auto_now_add=True)

    objects = QuarterPickQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["period", "exemplar"], name="quarter_pick_once")]

    def __str__(self) -> str:
        return f"{self.exemplar.nominee_name} ({self.period})"


class ChosenListQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """All for the office, clerk and chair; the others of the commune see what was issued."""
        standing = standing_of(user)
        rows = self.of(user)
        if standing.has(*COMMUNE_STAFF):
            return rows
        readers = standing.has(*UNIT_HEADS, Role.council_member, Role.superior)
        return rows.filter(state=ChosenList.ISSUED) if readers else rows.none()


class ChosenList(Subject):
    """The list of a period as a paper: a thông báo of the committee with the chosen in a table behind it."""

    subject_key = "campaigns.ChosenList"

    DRAFT, SUBMITTED, RETURNED, APPROVED, ISSUED = "draft", "submitted", "returned", "approved", "issued"
    OPEN = (DRAFT, RETURNED)
    TEXTS = ("subject", "opening", "closing", "recipients")

    period = models.OneToOneField(Period, models.PROTECT, related_name="chosen_list", verbose_name="kỳ")
    subject = CleanTextModelField("trích yếu")
    opening = CleanTextModelField("mở đầu", blank=True)
    closing = CleanTextModelField("kết", blank=True)
    recipients = CleanTextModelField("nơi nhận", blank=True)
    signer = CleanCharField("người ký", max_length=120, blank=True)
    deputy = models.BooleanField("Phó Chủ tịch ký thay", default=False)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    document = models.OneToOneField(
        IssuedDocument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="văn bản"
    )
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = ChosenListQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Danh sách điển hình: {self.period}"

    def get_absolute_url(self) -> str:
        return reverse("campaigns:chosen_list", args=[self.pk])

    def due_on(self) -> date | None:
        return None
