"""Abstract base of models with a workflow state, and the idempotency keys of forms."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from emulation.communes.models import CommuneRow


class TodoSubject:
    """Base of the rows that are a task in "Việc của tôi": what its line asks of them, by default of a row without a day."""

    URGENT: ClassVar[dict[str, Any]] = {}
    """Values of columns by which rows come before the others of their kind, however long those wait; {}: none does."""

    @property
    def is_urgent(self) -> bool:
        """Whether this row is one of those of `URGENT`."""
        return bool(self.URGENT) and all(getattr(self, name) == value for name, value in self.URGENT.items())

    def due_on(self) -> Any:
        """The date by which the next step should be taken, or None."""
        return None

    def todo_parts(self) -> tuple[str, str]:
        """The object in a line of a to-do list: about whom or what it is, and what distinguishes it."""
        return str(self), ""

    def todo_action(self, act: str) -> str:
        """The button of that line for an act, if it depends on the object; else ""."""
        return ""

    @property
    def return_reason(self) -> str:
        """Why it was returned, for the to-do list of the user who corrects it; "" when it was not."""
        return ""


class WorkflowSubject(TodoSubject, CommuneRow):
    """Base of every model that moves through the states of a flow."""

    state = models.CharField("trạng thái", max_length=20, db_index=True)
    state_since = models.DateTimeField("từ lúc", default=timezone.now)
    version = models.PositiveIntegerField("phiên bản", default=1)
    return_notes = models.JSONField("lý do trả lại theo từng mục", default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True

    @property
    def return_reason(self) -> str:
        """All reasons of `return_notes`."""
        return "\n".join(self.return_notes.values())


class ReturnableSubject(WorkflowSubject):
    """Base of what a unit submits and may get back: its content when it was returned, as {label: text in words}."""

    returned_content = models.JSONField("nội dung lúc bị trả lại", default=dict, blank=True)

    class Meta:
        abstract = True


class IdempotencyKey(CommuneRow):
    """The random key of a submitted form, with the id of the object that it created (`made`)."""

    subject_key = "acts.FormOnce"

    key = models.CharField(max_length=64, unique=True)
    made = models.BigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "acts_formonce"
