"""Council sessions: attendance, the items voted on, their votes and results."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from commendations.models.nomination import Nomination
from commendations.rules.vote_tally import SessionPresence, VoteTally
from emulation.communes.capacity import capacity_of
from emulation.communes.models import CommuneQuerySet, CommuneRow
from emulation.communes.roles import COMMUNE_STAFF_ROLES, Role
from emulation.core.fields import CleanCharField, CleanTextModelField
from emulation.documents.models import IssuedDocument
from emulation.workflow.models import WorkflowSubject
from villages.models import CouncilVersion, Seat


class CouncilSessionQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The council, the office, the clerk and the chair."""
        capacity = capacity_of(user)
        return self.of(user) if capacity.has(*COMMUNE_STAFF_ROLES, Role.council_member) else self.none()


class CouncilSession(WorkflowSubject):
    """One meeting of one version of the council. States: planned, open, closed, cancelled."""

    subject_key = "commendations.CouncilSession"

    LIVE = ("planned", "open")

    version_of_council = models.ForeignKey(CouncilVersion, models.PROTECT, related_name="sessions")
    title = CleanCharField("nội dung phiên họp", max_length=200)
    held_on = models.DateField("ngày họp")
    starts_at = models.TimeField("giờ bắt đầu")
    ends_at = models.TimeField("giờ kết thúc", null=True, blank=True)
    place = CleanCharField("địa điểm", max_length=200)
    presider = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="chủ trì")
    secretary = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="thư ký")
    discussion = CleanTextModelField("ý kiến thảo luận", blank=True)
    conclusion = CleanTextModelField("kết luận", blank=True)
    minutes = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, blank=True, related_name="+")
    quorum = models.JSONField("số người dự họp khi kết thúc", null=True, blank=True)  # the quorum verdict at the close

    objects = CouncilSessionQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-pk"]
        indexes = [models.Index(fields=["commune", "-held_on", "-id"], name="session_newest")]

    def __str__(self) -> str:
        return f"Phiên họp ngày {self.held_on:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        return reverse("commendations:session", args=[self.pk])

    @property
    def is_planned(self) -> bool:
        return self.state == "planned"

    @property
    def is_open(self) -> bool:
        return self.state == "open"

    @property
    def is_cancelled(self) -> bool:
        return self.state == "cancelled"

    @property
    def is_live(self) -> bool:
        """Planned or open: its results are not public yet."""
        return self.state in self.LIVE

    def due_on(self) -> date | None:
        return self.held_on if self.is_live else None

    def members(self) -> int:
        """The total membership of the council, the denominator of every share."""
        return self.version_of_council.seats.count()

    def presence(self) -> SessionPresence:
        """Who is present, who gave a written opinion and who is absent, from the attendance entered so far."""
        rows = list(self.attendance.all())
        return SessionPresence(
            present=frozenset(row.seat_id for row in rows if row.present),
            wrote_opinion=frozenset(row.seat_id for row in rows if row.wrote_opinion),
            absent=frozenset(row.seat_id for row in rows if not row.present and not row.wrote_opinion),
        )


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


class SessionItemQuerySet(CouncilSessionQuerySet):
    def visible_to(self, user: Any) -> Self:
        """As for sessions; a recused user sees the item only after its session is closed, unless they belong to the office."""
        rows = super().visible_to(user)
        if capacity_of(user).has(Role.office):
            return rows
        recused = rows.filter(recused__person__user_id=user.pk, session__state__in=CouncilSession.LIVE)
        return rows.exclude(pk__in=recused.values("pk"))


class SessionItem(CommuneRow):
    """One nomination on the agenda of one session, and its vote by show of hands.

    `agree + against + other + recused` never exceeds those present plus written opinions. Recused members count in the
    denominator, which is the total membership of the council.
    """

    subject_key = "commendations.SessionItem"

    session = models.ForeignKey(CouncilSession, models.PROTECT, related_name="items")
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="items")
    agree = models.PositiveSmallIntegerField("đồng ý", null=True)
    against = models.PositiveSmallIntegerField("không đồng ý", null=True)
    other = models.PositiveSmallIntegerField("ý kiến khác", null=True)
    recused = models.ManyToManyField(Seat, blank=True, related_name="+", verbose_name="không tham gia biểu quyết")
    # The result by the rule of that day: threshold, share, arithmetic as text, citation, confirmed.
    verdict = models.JSONField(default=dict, blank=True)
    passed = models.BooleanField("thông qua", null=True)
    note = CleanCharField("ghi chú", max_length=300, blank=True)
    sort = models.PositiveSmallIntegerField(default=0)

    objects = SessionItemQuerySet.as_manager()

    class Meta:
        ordering = ["sort", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "nomination"], name="session_item_once"),
            models.CheckConstraint(
                condition=Q(agree=None, against=None, other=None)
                | Q(agree__isnull=False, against__isnull=False, other__isnull=False),
                name="session_item_counted_whole",
            ),
            models.CheckConstraint(condition=Q(passed=None) | Q(agree__isnull=False), name="session_item_voted"),
        ]

    @property
    def is_counted(self) -> bool:
        """Whether the votes have been entered."""
        return self.agree is not None

    @property
    def tally(self) -> VoteTally | None:
        """The votes, or None when they are not entered."""
        return None if self.agree is None else VoteTally(self.agree, self.against or 0, self.other or 0)
