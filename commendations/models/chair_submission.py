"""Chair submissions (phiếu trình): the passed nominees of a session, and the chair's decision on each."""

from typing import Self

from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.functional import cached_property

from commendations.models.nomination import Nomination
from commendations.models.session import CouncilSession
from emulation.audit.log import entries_about
from emulation.communes.capacity import capacity_of
from emulation.communes.models import CommuneQuerySet, CommuneRow
from emulation.communes.roles import COMMUNE_STAFF_ROLES
from emulation.core.fields import CleanCharField, CleanTextModelField
from emulation.documents.models import IssuedDocument
from emulation.workflow.models import ReturnableSubject


class CommuneStaffQuerySet(CommuneQuerySet):
    def visible_to(self, user: object) -> Self:
        """The office, the clerk and the chair."""
        return self.of(user) if capacity_of(user).has(*COMMUNE_STAFF_ROLES) else self.none()


class ChairSubmissionQuerySet(CommuneStaffQuerySet):
    def for_lists(self) -> Self:
        """With the session, and in `listed_count` how many nominees are on it."""
        listed = Count("items", filter=Q(items__set_aside=""))
        return self.select_related("session").annotate(listed_count=listed)


class ChairSubmission(ReturnableSubject):
    """The passed nominees of one session, submitted to the chair. States: draft, presented, decided.

    Either a phiếu trình (unnumbered, by the council's standing member) or a numbered tờ trình of the council. A new
    submission takes the form of the commune's last one.
    """

    subject_key = "commendations.Presentation"

    NOTE = "phieu_trinh"
    PROPOSAL = "to_trinh"
    FORMS = [
        (NOTE, "Phiếu trình của Ủy viên thường trực (không lấy số)"),
        (PROPOSAL, "Tờ trình của Hội đồng (lấy số)"),
    ]

    session = models.OneToOneField(CouncilSession, models.PROTECT, related_name="chair_submission")
    form = models.CharField("hình thức trình", max_length=12, choices=FORMS, default=NOTE)
    opinion = CleanTextModelField("ý kiến của Ủy viên thường trực", blank=True)
    presented_on = models.DateField("ngày trình", null=True, blank=True)
    decided_on = models.DateField("ngày Chủ tịch quyết định", null=True, blank=True)
    document = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ChairSubmissionQuerySet.as_manager()

    class Meta:
        db_table = "commendations_presentation"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Phiếu trình sau {str(self.session).lower()}"

    def get_absolute_url(self) -> str:
        return reverse("commendations:presentation", args=[self.pk])

    def todo_action(self, act: str) -> str:
        """For rows of `for_lists`: how many nominees wait for the chair's decision."""
        count = getattr(self, "listed_count", 0)
        return f"Quyết định {count} trường hợp" if act == "commendations.decide" and count else ""

    @property
    def return_reason(self) -> str:
        """Why it was returned, "" once it is on its way again."""
        return self.return_notes.get("presentation", "") if self.state == "draft" else ""

    @property
    def earlier_return_reason(self) -> str:
        """Of one that waits for the chair again: why it was returned; "" otherwise."""
        return self.return_notes.get("presentation", "") if self.state == "presented" else ""

    @cached_property
    def deputy_who_decided(self) -> str:
        """The name of the vice chair who decided the chair's own case last, "" before; one query."""
        decided = entries_about(self).filter(act="commendations.decide_for_chair").order_by("-pk").first()
        return decided.actor_name if decided else ""

    @cached_property
    def decider(self) -> str:
        """Who decided, for a sentence: the chair, or by name who acted for the absent chair; one query.

        Where all cases are the chair's own: the vice chair.
        """
        decided = entries_about(self).filter(act="commendations.decide").order_by("-pk").first()
        if decided is None and self.deputy_who_decided:
            return f"Phó Chủ tịch {self.deputy_who_decided}"
        return decided.actor_name if decided and decided.facts.get("acts_for") else "Chủ tịch"

    @property
    def is_decided(self) -> bool:
        return self.state == "decided"


class ChairSubmissionItemQuerySet(CommuneStaffQuerySet):
    def listed(self) -> Self:
        """The nominees that are still on the submission."""
        return self.filter(set_aside="")


class ChairSubmissionItem(CommuneRow):
    """One nominee of a submission: approved, refused with a reason, not decided yet (None), or set aside."""

    subject_key = "commendations.PresentationItem"

    chair_submission = models.ForeignKey(
        ChairSubmission, models.PROTECT, db_column="presentation_id", related_name="items"
    )
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="chair_submission_items")
    approved = models.BooleanField("duyệt", null=True)
    # The chair's own case, found when the list was presented: the vice chair decides it, on a paper of its own.
    by_deputy = models.BooleanField("do Phó Chủ tịch quyết định", default=False)
    reason = CleanCharField("lý do", max_length=300, blank=True)
    # Why the case went back before anything was issued; the row stays, and the case may be submitted again.
    set_aside = CleanCharField("lý do đưa ra khỏi danh sách", max_length=300, blank=True)
    sort = models.PositiveSmallIntegerField(default=0)

    objects = ChairSubmissionItemQuerySet.as_manager()

    class Meta:
        db_table = "commendations_presentationitem"
        ordering = ["sort", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(approved=False, reason=""), name="refusal_has_reason"),
            models.CheckConstraint(condition=Q(set_aside="") | Q(approved=None), name="set_aside_is_undecided"),
            models.UniqueConstraint(
                fields=["nomination"], condition=Q(set_aside=""), name="nomination_submitted_to_chair_once"
            ),
        ]

    def clear_decision(self, *changed: str) -> None:
        """Save it as undecided, with the other changed columns."""
        self.approved = None
        self.reason = ""
        self.save(update_fields=["approved", "reason", *changed])
