"""Template tag for papers: the proposal to cancel one, on the page of what it belongs to."""

from typing import Any

from django import template
from django.utils import timezone

from emulation.accounts.models import User
from emulation.communes.capacity import role_holder_ids
from emulation.communes.roles import Role
from emulation.core.formatting import format_names
from emulation.documents.models import DocumentCancellation, IssuedDocument

register = template.Library()


@register.inclusion_tag("documents/_waiting_cancellation.html", takes_context=True)
def waiting_cancellation(context: dict[str, Any], document: IssuedDocument | None) -> dict[str, Any]:
    """The proposal to cancel the paper that waits for the chair, for users who may see it: who, why, since when, who decides."""
    if document is None:
        return {}
    rows = DocumentCancellation.objects.visible_to(context["request"].user).select_related("proposed_by")
    waiting = rows.filter(document=document.pk, state=DocumentCancellation.PROPOSED).first()
    return {"cancellation": waiting, "deciders": _deciders(waiting)} if waiting else {}


def _deciders(cancellation: DocumentCancellation) -> str:
    """The names of today's chairs, "" for none."""
    ids = role_holder_ids(cancellation.commune_id, Role.chair, on=timezone.localdate())
    names = User.objects.filter(pk__in=ids, is_active=True).order_by("pk").values_list("full_name", flat=True)
    return format_names(list(names), "người")
