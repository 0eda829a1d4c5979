"""The second click of an act that deletes a row: the user who did it gets a sentence, everybody else 404."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from emulation.audit.models import AuditEntry
from emulation.communes.capacity import capacity_of


def own_removal(user: Any, act: str, model: Any, pk: int) -> AuditEntry | None:
    """The audit entry of this act by this user, which deleted that row of `model`; None if there is none.

    Where the subject of the act is another object, the fact `removed_id` of the entry names the deleted row.
    """
    if not act or model._base_manager.filter(pk=pk).exists():
        return None
    rows = AuditEntry.objects.filter(commune_id=capacity_of(user).commune_id).order_by("-seq")
    last = rows.filter(subject_type=getattr(model, "subject_key", "-"), subject_id=pk).first()  # it deleted the row
    if last is not None:
        return last if (last.actor_id, last.act) == (user.pk, act) else None
    return rows.filter(actor_id=user.pk, act=act, facts__removed_id=pk).first()


class RepeatedRemovalMixin:
    """For views of one act: repeated by its user on a row that it deleted, it leads to the list with a sentence.

    `removed_model` is the model of the row that the address names, where that is not the subject of the act.
    """

    removed_model: Any = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        except Http404:
            row_model = self.removed_model or getattr(self, "model", None)
            pk = kwargs.get("pk")
            entry = own_removal(request.user, getattr(self, "act", ""), row_model, pk) if row_model and pk else None
            if entry is None:
                raise
            messages.info(request, "Mục này không còn nữa: bạn đã bỏ rồi. Lần bấm này không đổi gì.")
            return redirect(self.get_removed_url(entry))
        return response

    def get_removed_url(self, entry: AuditEntry) -> Any:
        """The redirect target after a repeated removal; `entry` is the audit entry of the first one."""
        return settings.LOGIN_REDIRECT_URL
