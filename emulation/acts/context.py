"""What every page knows: the commune, the person's standing, the menu."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from emulation.acts.menu import menu_for
from emulation.communes.models import CommuneIdentity
from emulation.communes.standing import NOBODY, standing_of


def face(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `commune_name`, `place_name`, `is_demo`, `standing`, `role_titles`, `menu`, `today`."""
    standing = standing_of(getattr(request, "user", None))
    today = timezone.localdate()
    identities = CommuneIdentity.objects.select_related("commune").order_by("commune_id", "-starts_on")
    if standing.commune_id:
        identities = identities.filter(commune_id=standing.commune_id)
    identity = identities.first()
    return {
        "commune_name": identity.name if identity else "",
        "issuer_short": identity.issuer_short if identity else "",
        "is_demo": bool(identity and identity.commune.is_demo),
        "standing": standing,
        "role_titles": ", ".join(sorted(role.title for role in standing.roles)),
        "menu": menu_for(standing, request.path) if standing is not NOBODY else None,
        "today": today,
    }
