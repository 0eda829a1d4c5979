"""Niêm yết: the list of a unit's cases is posted for the people's opinion; what they object to, and the answer."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from commendations.models.nomination import Nomination
from emulation.communes.capacity import capacity_of
from emulation.communes.models import Commune, CommuneQuerySet
from emulation.communes.roles import COMMUNE_STAFF_ROLES
from emulation.core.fields import CleanCharField, CleanTextModelField
from emulation.core.formatting import format_date
from emulation.documents.models import IssuedDocument
from emulation.workflow.models import WorkflowSubject
from villages.models import Unit


class PostingQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The office, the clerk and the chair; the head of the unit."""
        rows = self.of(user)
        capacity = capacity_of(user)
        return rows if capacity.has(*COMMUNE_STAFF_ROLES) else rows.filter(unit_id__in=capacity.unit_ids)


class Posting(WorkflowSubject):
    """One list posted from a day on, for as long as the law asks (NĐ 86/2023 Điều 7). Steps: commendations/flow/posting.py.

    What is wrong on it is never changed: it is cancelled and posted once more.
    """

    subject_key = "commendations.Posting"

    POSTED = "posted"
    CLOSED = "closed"
    CANCELLED = "cancelled"

    commune = models.ForeignKey(Commune, models.PROTECT, related_name="+", verbose_name="xã")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị")
    award_code = models.CharField("danh hiệu", max_length=12)
    year = models.PositiveSmallIntegerField("năm xét")
    place = CleanCharField("nơi niêm yết", max_length=200)
    starts_on = models.DateField("niêm yết từ ngày")
    # The last day, with its calculation and article by the law of the first day, and whether that law is confirmed.
    ends_on = models.DateField("đến hết ngày")
    arithmetic = models.CharField("cách tính", max_length=300)
    citation = models.CharField("căn cứ", max_length=300)
    confirmed = models.BooleanField("căn cứ đã xác nhận")
    document = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, blank=True, related_name="+")
    result_document = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, blank=True, related_name="+")

    objects = PostingQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=models.F("starts_on")), name="posting_days_in_order")
        ]

    def __str__(self) -> str:
        return f"Niêm yết của {self.unit.name} từ {format_date(self.starts_on)}"

    def get_absolute_url(self) -> str:
        return reverse("commendations:posting", args=[self.pk])

    def due_on(self) -> Any:
        return self.ends_on

    @property
    def is_posted(self) -> bool:
        """Whether it is posted now, or its time is over without a result."""
        return self.state == self.POSTED

    @property
    def shown_since(self) -> Any:
        """Since when it is in its state, for pages: posted since its first day, whenever that was entered."""
        return self.starts_on if self.is_posted else self.state_since


class PostingLine(models.Model):
    """A case on a posted list, at its place from 1."""

    posting = models.ForeignKey(Posting, models.CASCADE, related_name="lines")
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="posting_lines")
    place = models.PositiveSmallIntegerField("số thứ tự")

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["posting", "nomination"], name="posting_line_once"),
            models.UniqueConstraint(fields=["posting", "place"], name="posting_line_place"),
        ]

    def __str__(self) -> str:
        return f"{self.place}. {self.nomination.nominee_name}"


class ObjectionQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Who sees the posting: the office, the clerk and the chair; the head of the unit."""
        rows = self.of(user)
        capacity = capacity_of(user)
        return rows if capacity.has(*COMMUNE_STAFF_ROLES) else rows.filter(posting__unit_id__in=capacity.unit_ids)

    def blocking(self) -> Self:
        """Those that are not answered, and those after which the case may not stay on the list."""
        return self.filter(Q(state=Objection.OPEN) | Q(state=Objection.ANSWERED, outcome=Objection.STRUCK))


class Objection(WorkflowSubject):
    """An opinion against one case of a posted list, with the answer to it. Steps: commendations/flow/posting.py."""

    subject_key = "commendations.Objection"

    OPEN = "open"
    ANSWERED = "answered"
    REMOVED = "removed"
    KEPT = "kept"
    STRUCK = "struck"
    OUTCOMES = [(KEPT, "Không đúng hoặc không đáng kể: giữ trong danh sách"), (STRUCK, "Đúng: đưa ra khỏi danh sách")]

    commune = models.ForeignKey(Commune, models.PROTECT, related_name="+", verbose_name="xã")
    posting = models.ForeignKey(Posting, models.PROTECT, related_name="objections")
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="objections", verbose_name="trường hợp")
    # "" for who does not want to be named; never on a paper.
    raised_by = CleanCharField("người phản ánh", max_length=160, blank=True)
    raised_on = models.DateField("ngày phản ánh")
    content = CleanTextModelField("nội dung phản ánh")
    outcome = models.CharField("kết quả", max_length=10, choices=OUTCOMES, blank=True)
    answer = CleanTextModelField("trả lời, giải quyết", blank=True)
    answered_on = models.DateField("ngày trả lời", null=True, blank=True)

    audit_private = frozenset({"raised_by"})

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="answered") | ~Q(outcome="") & Q(answered_on__isnull=False),
                name="objection_answered_says_how",
            )
        ]

    def __str__(self) -> str:
        return f"Phản ánh về {self.nomination.nominee_name}"

    def get_absolute_url(self) -> str:
        return f"{self.posting.get_absolute_url()}#phan-anh"

    @property
    def is_answered(self) -> bool:
        return self.state == self.ANSWERED
