"""Changes of units ordered by a paper: opened, renamed, closed, merged, split on a day; who moved from which unit to which."""

from datetime import date
from typing import Any, Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse

from emulation.accounts.models import User
from emulation.communes.models import CommuneQuerySet, CommuneRow
from emulation.core.fields import CleanCharField, CleanTextModelField
from emulation.core.formatting import format_date
from emulation.workflow.models import WorkflowSubject
from villages.models.people import Household, Person
from villages.models.person_changes import PersonChange
from villages.models.units import Unit


class UnitChangeQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """All rows of the commune: every user may see its units, and so how they became what they are."""
        return self.of(user)

    def due(self, on: date) -> Self:
        """Planned changes whose day has come, in the order in which they take effect."""
        return self.filter(state=UnitChange.PLANNED, effective_on__lte=on).order_by("effective_on", "pk")


class UnitChange(WorkflowSubject):
    """One change of units from a day. Until it is carried out nothing else knows of it, so taking it back leaves no trace.

    `plan` is a `villages.rules.unit_changes.UnitPlan` as JSON, `carried` the figures of what was carried over that day,
    `replaced` the values of before for undoing it (`villages.actions.unit_change_values`; null: carried out earlier).
    """

    subject_key = "villages.UnitChange"
    audit_private = frozenset({"replaced"})  # as long as the list of people; the entry has the figures

    OPEN = "open"
    RENAME = "rename"
    CLOSE = "close"
    MERGE = "merge"
    SPLIT = "split"
    KINDS = [
        (OPEN, "Thành lập"),
        (RENAME, "Đổi tên"),
        (CLOSE, "Giải thể"),
        (MERGE, "Sáp nhập"),
        (SPLIT, "Chia tách"),
    ]
    PLANNED = "planned"
    DONE = "done"
    TAKEN_BACK = "taken_back"
    UNDONE = "undone"

    kind = models.CharField("việc", max_length=8, choices=KINDS)
    effective_on = models.DateField("có hiệu lực từ ngày")
    paper_number = CleanCharField("số, ký hiệu văn bản", max_length=60, blank=True)
    paper_date = models.DateField("ngày văn bản", null=True, blank=True)
    paper_issuer = CleanCharField("cơ quan ban hành", max_length=160, blank=True)
    paper_summary = CleanTextModelField("trích yếu", blank=True)
    plan = models.JSONField("nội dung", default=dict)
    carried = models.JSONField("đã chuyển tiếp", default=dict, blank=True)
    replaced = models.JSONField("giá trị trước đó", null=True, blank=True, encoder=DjangoJSONEncoder)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    carried_out_at = models.DateTimeField("thực hiện lúc", null=True, blank=True)

    objects = UnitChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-effective_on", "-pk"]
        indexes = [models.Index(fields=["commune", "state", "effective_on"], name="unit_change_days")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.plan.get('title', '')}"

    def get_absolute_url(self) -> str:
        return reverse("villages:unit_change", args=[self.pk])

    @property
    def paper(self) -> str:
        """ "Nghị quyết số 12/NQ-HĐND ngày 05/06/2026 của HĐND xã Bình Lương"; what is not known is left out."""
        number = f"số {self.paper_number}" if self.paper_number else ""
        day = f"ngày {format_date(self.paper_date)}" if self.paper_date else ""
        issuer = f"của {self.paper_issuer}" if self.paper_issuer else ""
        return " ".join(part for part in (number, day, issuer) if part)


class UnitChangePart(models.Model):
    """A unit that a change is about: `old` before its day, `new` from its day (a unit that only gets a name is both)."""

    OLD = "old"
    NEW = "new"

    change = models.ForeignKey(UnitChange, models.CASCADE, related_name="parts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="changes")
    side = models.CharField(max_length=3, choices=[(OLD, "trước"), (NEW, "sau")])

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["change", "unit", "side"], name="unit_change_part_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} ({self.get_side_display()})"


class UnitTransfer(CommuneRow):
    """A person or household belonged to `from_unit` until the day before `moved_on`, and to `to_unit` from that day.

    Moved by a change of units, or alone (`person_change`).

    With the present unit of the row these answer "of which unit on a day?"; rows that never moved need none.
    """

    subject_key = "villages.UnitTransfer"

    change = models.ForeignKey(UnitChange, models.PROTECT, null=True, blank=True, related_name="transfers")
    person_change = models.OneToOneField(
        PersonChange, models.PROTECT, null=True, blank=True, related_name="transfer", verbose_name="thay đổi của người"
    )
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="transfers")
    household = models.ForeignKey(Household, models.CASCADE, null=True, blank=True, related_name="transfers")
    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    moved_on = models.DateField("từ ngày")

    class Meta:
        ordering = ["moved_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None, household__isnull=False) | Q(person__isnull=False, household=None),
                name="transfer_of_a_person_or_household",
            ),
            models.CheckConstraint(
                condition=Q(change=None, person_change__isnull=False) | Q(change__isnull=False, person_change=None),
                name="transfer_by_one_change",
            ),
            models.UniqueConstraint(fields=["change", "person"], name="transfer_of_a_person_once"),
            models.UniqueConstraint(fields=["change", "household"], name="transfer_of_a_household_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person or self.household}: {self.from_unit} → {self.to_unit}"
