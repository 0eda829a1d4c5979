"""Decisions of the office whether two records of people are one person."""

from collections.abc import Sequence
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from emulation.accounts.models import User
from emulation.communes.capacity import capacity_of
from emulation.communes.models import CommuneQuerySet
from emulation.core.fields import CleanCharField
from emulation.workflow.models import WorkflowSubject
from villages.models.people import PEOPLE_READERS, Person


class PersonMatchQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """All rows for those who read the people of the whole commune."""
        rows = self.of(user)
        return rows if capacity_of(user).has(*PEOPLE_READERS) else rows.none()

    def in_force(self) -> Self:
        """Decisions that were not taken back."""
        return self.filter(state=PersonMatch.IN_FORCE)


class PersonMatch(WorkflowSubject):
    """Two records are one person, or two people, until the decision is taken back.

    `kept` is the record that new entries are about; no row that is about `other` is changed. `evidence` is what the page
    showed of both when it was decided: a list of [label, words of `kept`, words of `other`].
    """

    subject_key = "villages.PersonMatch"

    SAME = "same"
    DIFFERENT = "different"
    VERDICTS = [(SAME, "Là một người"), (DIFFERENT, "Hai người khác nhau")]
    IN_FORCE = "in_force"
    ENDED = "ended"

    kept = models.ForeignKey(Person, models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, models.PROTECT, related_name="+")
    verdict = models.CharField("kết luận", max_length=9, choices=VERDICTS)
    reason = CleanCharField("căn cứ", max_length=300, blank=True)
    evidence = models.JSONField("đối chiếu", default=list)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    end_reason = CleanCharField("lý do rút", max_length=300, blank=True)

    objects = PersonMatchQuerySet.as_manager()

    remarks: Sequence[str] = ()
    """What the user should know after the decision, set by the action."""

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("other")), name="person_match_of_two"),
            models.UniqueConstraint(fields=["kept", "other"], condition=Q(state="in_force"), name="person_match_once"),
            models.UniqueConstraint(
                fields=["other"], condition=Q(state="in_force", verdict="same"), name="person_merged_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kept.full_name} và {self.other.full_name}: {self.get_verdict_display().lower()}"

    @property
    def shown_evidence(self) -> list[list[str]]:
        """What was compared; without the last figures of the CCCD, which decisions of before 1/12/2026 stored."""
        return [row for row in self.evidence if row[0] != "Ba số cuối CCCD"]

    def get_absolute_url(self) -> str:
        return reverse("villages:person_match", args=[self.pk])

    @property
    def is_merge(self) -> bool:
        """Whether the two records are one person."""
        return self.verdict == self.SAME
