"""The second click of an act that deletes its row: the user who did it gets a sentence, everybody else 404."""

from typing import Any

from emulation.audit.models import AuditEntry
from emulation.communes.capacity import capacity_of


def was_removed_by(user: Any, act: str, model: Any, pk: int) -> bool:
    """Whether this user did this act on that object, which no longer exists."""
    if not act or model._base_manager.filter(pk=pk).exists():
        return False
    rows = AuditEntry.objects.filter(commune_id=capacity_of(user).commune_id, actor_id=user.pk, act=act)
    return rows.filter(subject_type=model.subject_key, subject_id=pk).exists()
