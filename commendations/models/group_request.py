"""One request of a unit for many cases of one title and year: its meeting, its list, its papers."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from commendations.models.nomination import Nomination
from emulation.communes.capacity import capacity_of
from emulation.communes.models import Commune, CommuneQuerySet
from emulation.communes.roles import COMMUNE_STAFF_ROLES
from emulation.core.fields import CleanCharField, CleanTextModelField
from emulation.documents.models import IssuedDocument
from emulation.workflow.models import WorkflowSubject
from villages.models import Unit

MEETING_FIELDS = ("met_on", "place", "presider", "secretary", "attendees", "present", "invited", "discussion")
"""What the unit writes about its meeting; the minutes are made from it."""


class GroupRequestQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The office, the clerk and the chair; the head of the unit that asks."""
        rows = self.of(user)
        capacity = capacity_of(user)
        return rows if capacity.has(*COMMUNE_STAFF_ROLES) else rows.filter(unit_id__in=capacity.unit_ids)

    def for_title(self, unit: Unit, code: str, year: int) -> Self:
        """The requests of a unit for this title and year, the newest first."""
        return self.filter(unit=unit, award_code=code, year=year).order_by("-pk")

    def submitted(self) -> Self:
        """Those with a frozen paper, also those that the unit took back."""
        return self.exclude(state=GroupRequest.WRITING)


class GroupRequest(WorkflowSubject):
    """The request of a unit for several cases. States and steps: commendations/flow/group_request.py.

    While it is written it has only the facts of the meeting. When the cases are submitted together, its papers are
    frozen with the list of them, and never change; what is submitted again has a request of its own.
    """

    subject_key = "commendations.GroupRequest"

    WRITING = "writing"
    SENT = "sent"
    TAKEN_BACK = "taken_back"

    commune = models.ForeignKey(Commune, models.PROTECT, related_name="+", verbose_name="xã")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị đề nghị")
    award_code = models.CharField("danh hiệu", max_length=12)
    year = models.PositiveSmallIntegerField("năm xét")
    met_on = models.DateField("đơn vị họp bình xét ngày", null=True, blank=True)
    place = CleanCharField("địa điểm họp", max_length=200, blank=True)
    presider = CleanCharField("chủ trì", max_length=200, blank=True)
    secretary = CleanCharField("thư ký", max_length=200, blank=True)
    attendees = CleanTextModelField("thành phần dự họp", blank=True)
    present = models.PositiveSmallIntegerField("số người có mặt", null=True, blank=True)
    invited = models.PositiveSmallIntegerField("số người được mời", null=True, blank=True)
    discussion = CleanTextModelField("ý kiến, kết quả biểu quyết", blank=True)
    sent_on = models.DateField("ngày nộp", null=True, blank=True)
    request_document = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, blank=True, related_name="+")
    # None: the day of the meeting was not given, so the unit writes its minutes itself.
    minutes_document = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, blank=True, related_name="+")

    objects = GroupRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "award_code", "year"],
                condition=Q(state="writing"),
                name="group_request_one_written",
            ),
            models.CheckConstraint(
                condition=Q(state="writing") | Q(request_document__isnull=False, sent_on__isnull=False),
                name="group_request_sent_has_paper",
            ),
        ]

    def __str__(self) -> str:
        return f"Danh sách đề nghị của {self.unit.name} năm {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("commendations:group_request", args=[self.pk])

    @property
    def meeting(self) -> dict[str, Any]:
        """The facts of the meeting by the name of their field."""
        return {name: getattr(self, name) for name in MEETING_FIELDS}


class GroupRequestLine(models.Model):
    """A case on the list of a request, at its place from 1."""

    group_request = models.ForeignKey(GroupRequest, models.CASCADE, related_name="lines")
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="group_lines")
    place = models.PositiveSmallIntegerField("số thứ tự")

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["group_request", "nomination"], name="group_request_line_once"),
            models.UniqueConstraint(fields=["group_request", "place"], name="group_request_line_place"),
        ]

    def __str__(self) -> str:
        return f"{self.place}. {self.nomination.nominee_name}"
