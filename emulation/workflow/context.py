"""Template context of every page: the commune, the user's capacity, the menu."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from emulation.communes.capacity import NO_CAPACITY, capacity_of
from emulation.communes.models import CommuneIdentity
from emulation.workflow.menu import menu_for


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `commune_name`, `issuer_short`, `is_demo`, `capacity`, `role_titles`, `menu`, `today`."""
    capacity = capacity_of(getattr(request, "user", None))
    today = timezone.localdate()
    identities = CommuneIdentity.objects.select_related("commune").order_by("commune_id", "-starts_on")
    if capacity.commune_id:
        identities = identities.filter(commune_id=capacity.commune_id)
    identity = identities.first()
    return {
        "commune_name": identity.name if identity else "",
        "issuer_short": identity.issuer_short if identity else "",
        "is_demo": bool(identity and identity.commune.is_demo),
        "capacity": capacity,
        "role_titles": ", ".join(sorted(role.title for role in capacity.roles)),
        "menu": menu_for(capacity, request.path) if capacity is not NO_CAPACITY else None,
        "today": today,
    }
