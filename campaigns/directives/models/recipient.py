"""The lines of "Nơi nhận" of an issued letter, each with the state of its delivery."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q

from campaigns.directives.models.letter import Letter
from campaigns.directives.rules import recipient as rules
from emulation.accounts.models import User
from emulation.communes.capacity import capacity_of
from emulation.communes.models import CommuneQuerySet
from emulation.communes.roles import COMMUNE_STAFF_ROLES, Role
from emulation.core.fields import CleanCharField
from emulation.workflow.models import WorkflowSubject


class LetterRecipientQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The office, clerk and chair see all lines, the superior those addressed to them."""
        capacity = capacity_of(user)
        rows = self.of(user)
        if capacity.has(*COMMUNE_STAFF_ROLES):
            return rows
        return rows.filter(kind=rules.SUPERIOR) if capacity.has(Role.superior) else rows.none()


class LetterRecipient(WorkflowSubject):
    """One recipient line with its code. Units confirm through their receipts; other recipients confirm here, or the office records it."""

    subject_key = "campaigns.LetterRecipient"

    WAITING = "waiting"
    RECEIVED = "received"
    BY_UNITS = "by_units"
    KEPT = "kept"
    WITHDRAWN = "withdrawn"
    HOW = [("app", "Xác nhận trên hệ thống"), ("paper", "Bản giấy"), ("zalo", "Zalo"), ("other", "Cách khác")]

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="lines")
    number = models.PositiveSmallIntegerField("thứ tự")
    text = CleanCharField("nơi nhận", max_length=300)
    code = models.CharField("mã", max_length=10, blank=True, choices=list(rules.CODES.items()))
    kind = models.CharField("loại", max_length=16, choices=list(rules.KINDS.items()))
    received_on = models.DateField("ngày nhận", null=True, blank=True)
    how = models.CharField("cách nhận", max_length=10, blank=True, choices=HOW)
    note = CleanCharField("ghi chú", max_length=200, blank=True)
    received_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người xác nhận, ghi nhận"
    )
    due_day = models.DateField("hạn xác nhận", null=True, blank=True)

    objects = LetterRecipientQuerySet.as_manager()

    class Meta:
        ordering = ["letter", "number"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "number"], name="recipient_line_once"),
            models.CheckConstraint(
                condition=~Q(state="received") | (Q(received_on__isnull=False) & ~Q(how="")),
                name="recipient_received_how",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return self.letter.get_absolute_url()

    @property
    def is_waiting(self) -> bool:
        return self.state == self.WAITING

    @property
    def is_received(self) -> bool:
        return self.state == self.RECEIVED

    @property
    def is_kept(self) -> bool:
        """Kept in the files (lưu): nobody confirms it."""
        return self.state == self.KEPT

    @property
    def is_withdrawn(self) -> bool:
        """The letter was cancelled before this recipient confirmed."""
        return self.state == self.WITHDRAWN

    @property
    def stands_for_units(self) -> bool:
        """Confirmed by its units, each with a receipt."""
        return self.state == self.BY_UNITS

    def due_on(self) -> date | None:
        return self.due_day if self.state == self.WAITING else None

    def todo_parts(self) -> tuple[str, str]:
        return self.letter.todo_parts()
