"""Attendance of a council session: present or absent, and who missed single cases."""

from django.db import models
from django.db.models import Q

from commendations.models.session import CouncilSession, CouncilSessionQuerySet, SessionItem
from commendations.rules.attendance import AbsenceKind
from emulation.communes.models import CommuneRow
from emulation.core.fields import CleanCharField
from villages.models import Seat


class Attendance(CommuneRow):
    """One seat at one session: present, or absent with a reason and perhaps a written opinion."""

    subject_key = "commendations.Attendance"

    session = models.ForeignKey(CouncilSession, models.PROTECT, related_name="attendance")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    present = models.BooleanField("có mặt", default=False)
    absence_reason = CleanCharField("lý do vắng", max_length=200, blank=True)
    wrote_opinion = models.BooleanField("có ý kiến bằng văn bản", default=False)

    objects = CouncilSessionQuerySet.as_manager()

    class Meta:
        ordering = ["seat__sort", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "seat"], name="attendance_once"),
            models.CheckConstraint(condition=Q(present=False) | Q(wrote_opinion=False), name="attendance_or_opinion"),
        ]


class ItemAbsence(CommuneRow):
    """A seat that attends the session but was away when one case was considered, perhaps with a written opinion."""

    subject_key = "commendations.ItemAbsence"

    KINDS = (
        (AbsenceKind.late.value, "đến sau"),
        (AbsenceKind.left.value, "về trước"),
        (AbsenceKind.out.value, "vắng một lúc"),
    )

    item = models.ForeignKey(SessionItem, models.PROTECT, related_name="absences")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    kind = models.CharField("lý do", max_length=4, choices=KINDS)
    wrote_opinion = models.BooleanField("có ý kiến bằng văn bản", default=False)

    objects = CouncilSessionQuerySet.as_manager()

    class Meta:
        ordering = ["seat__sort", "pk"]
        constraints = [models.UniqueConstraint(fields=["item", "seat"], name="item_absence_once")]
