"""Base of what changed about a person or a household on a day, until it is taken back."""

from typing import Any, Self

from django.db import models

from emulation.accounts.models import User
from emulation.communes.models import CommuneQuerySet
from emulation.core.fields import CleanCharField
from emulation.workflow.models import WorkflowSubject


class DatedChangeQuerySet(CommuneQuerySet):
    def in_force(self) -> Self:
        """Changes that were not taken back."""
        return self.filter(state=DatedChange.IN_FORCE)


class DatedChange(WorkflowSubject):
    """A change from a day on, recorded on that day or later. `ended`: what taking it back restores, by kind of row or column."""

    IN_FORCE = "in_force"
    TAKEN_BACK = "taken_back"

    effective_on = models.DateField("từ ngày")
    ended: Any = models.JSONField(default=dict, blank=True)
    note = CleanCharField("căn cứ, ghi chú", max_length=300, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    end_reason = CleanCharField("lý do rút", max_length=300, blank=True)

    class Meta:
        abstract = True
