"""Council sessions, the items voted on, their votes and results."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from commendations.models.nomination import Nomination
from commendations.rules.vote_tally import BallotCount, CaseTurnout, SessionPresence, VoteTally
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

    def todo_action(self, act: str) -> str:
        """A session is not opened before its day; until then the line leads to its page."""
        return "Xem phiên họp" if act == "commendations.open_session" and self.held_on > timezone.localdate() else ""

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


class SessionItemQuerySet(CouncilSessionQuerySet):
    def visible_to(self, user: Any) -> Self:
        """As for sessions; a recused user sees the item only after its session is closed, unless they belong to the office."""
        rows = super().visible_to(user)
        if capacity_of(user).has(Role.office):
            return rows
        recused = rows.filter(recused__person__user_id=user.pk, session__state__in=CouncilSession.LIVE)
        return rows.exclude(pk__in=recused.values("pk"))


class SessionItem(CommuneRow):
    """One nomination on the agenda of one session, and its vote.

    `agree`, `against`, `other` count all votes, the `_written` ones the votes in writing among them. At the close
    `agree + against + other + not_voting + absent` is the total membership of the council, the denominator. The written
    votes, `not_voting` and `absent` are null in sessions closed before they were counted. The `ballots_` are null without a
    secret ballot and in sessions closed before they were counted.
    """

    subject_key = "commendations.SessionItem"
    VOTE_COLUMNS = (
        *("agree", "against", "other", "agree_written", "against_written", "other_written"),
        *("ballots_issued", "ballots_returned", "ballots_valid", "ballots_invalid"),
    )

    session = models.ForeignKey(CouncilSession, models.PROTECT, related_name="items")
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="items")
    agree = models.PositiveSmallIntegerField("đồng ý", null=True)
    against = models.PositiveSmallIntegerField("không đồng ý", null=True)
    other = models.PositiveSmallIntegerField("ý kiến khác, phiếu trắng", null=True)
    agree_written = models.PositiveSmallIntegerField("đồng ý bằng văn bản", null=True)
    against_written = models.PositiveSmallIntegerField("không đồng ý bằng văn bản", null=True)
    other_written = models.PositiveSmallIntegerField("ý kiến khác bằng văn bản", null=True)
    ballots_issued = models.PositiveSmallIntegerField("số phiếu phát ra", null=True)
    ballots_returned = models.PositiveSmallIntegerField("số phiếu thu về", null=True)
    ballots_valid = models.PositiveSmallIntegerField("số phiếu hợp lệ", null=True)
    ballots_invalid = models.PositiveSmallIntegerField("số phiếu không hợp lệ", null=True)
    not_voting = models.PositiveSmallIntegerField("không tham gia", null=True)
    absent = models.PositiveSmallIntegerField("vắng, không có ý kiến", null=True)
    recused = models.ManyToManyField(Seat, blank=True, related_name="+", verbose_name="không tham gia biểu quyết")
    # The result by the rule of that day: threshold, share, arithmetic as text, citation, confirmed.
    verdict = models.JSONField(default=dict, blank=True)
    passed = models.BooleanField("thông qua", null=True)
    note = CleanCharField("ghi chú", max_length=300, blank=True)
    # Why the case was not considered at this session ("xác minh thêm"); it waits for another one.
    put_off = CleanCharField("lý do chưa xét", max_length=300, blank=True)
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
            models.CheckConstraint(condition=Q(put_off="") | Q(agree=None), name="session_item_put_off_without_vote"),
            models.CheckConstraint(
                condition=Q(agree_written=None, against_written=None, other_written=None)
                | Q(
                    agree_written__isnull=False,
                    against_written__isnull=False,
                    other_written__isnull=False,
                    agree_written__lte=F("agree"),
                    against_written__lte=F("against"),
                    other_written__lte=F("other"),
                ),
                name="session_item_written_within",
            ),
            models.CheckConstraint(
                condition=Q(ballots_issued=None, ballots_returned=None, ballots_valid=None, ballots_invalid=None)
                | Q(
                    agree__isnull=False,
                    ballots_issued__isnull=False,
                    ballots_valid__isnull=False,
                    ballots_invalid__isnull=False,
                    ballots_returned__isnull=False,
                    ballots_returned=F("ballots_valid") + F("ballots_invalid"),
                    ballots_returned__lte=F("ballots_issued"),
                ),
                name="session_item_ballots_add_up",
            ),
            models.CheckConstraint(
                condition=Q(not_voting=None, absent=None)
                | Q(not_voting__isnull=False, absent__isnull=False, agree_written__isnull=False),
                name="session_item_figures_whole",
            ),
        ]

    @property
    def tally(self) -> VoteTally | None:
        """All votes, or None when they are not entered."""
        return None if self.agree is None else VoteTally(self.agree, self.against or 0, self.other or 0)

    @property
    def in_writing(self) -> VoteTally | None:
        """The written votes, or None when they are not entered or were not counted apart."""
        if self.agree_written is None:
            return None
        return VoteTally(self.agree_written, self.against_written or 0, self.other_written or 0)

    @property
    def by_hand(self) -> VoteTally | None:
        """The votes at the meeting, or None when they are not entered or were not counted apart."""
        total = self.tally
        written = self.in_writing
        if total is None or written is None:
            return None
        return VoteTally(total.agree - written.agree, total.against - written.against, total.other - written.other)

    @property
    def ballots(self) -> BallotCount | None:
        """The ballot papers, or None without a secret ballot or when they were not counted."""
        if self.ballots_issued is None:
            return None
        return BallotCount(
            self.ballots_issued, self.ballots_returned or 0, self.ballots_valid or 0, self.ballots_invalid or 0
        )

    def set_votes(
        self, by_hand: VoteTally | None, in_writing: VoteTally | None, ballots: BallotCount | None = None
    ) -> None:
        """Set the votes with the ballot papers, or none if one of the first two is None; does not save."""
        total = by_hand + in_writing if by_hand and in_writing else None
        for name in ("agree", "against", "other"):
            setattr(self, name, getattr(total, name, None))
            setattr(self, f"{name}_written", getattr(in_writing, name) if total else None)
        for name in ("issued", "returned", "valid", "invalid"):
            setattr(self, f"ballots_{name}", getattr(ballots, name, None) if total else None)

    def presence(self, of_session: SessionPresence) -> SessionPresence:
        """Who is present at this case, given the presence at the session."""
        return of_session.at_case({row.seat_id: row.wrote_opinion for row in self.absences.all()})

    def turnout(self, of_session: SessionPresence) -> CaseTurnout:
        """How the council divides at this case, given the presence at the session."""
        return self.presence(of_session).turnout(seat.pk for seat in self.recused.all())
