"""What every page knows: the commune, the person's standing, the menu."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from emulation.acts.menu import menu_for, tabs_of
from emulation.communes.models import Commune
from emulation.communes.standing import NOBODY, standing_of


def face(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `commune_name`, `place_name`, `is_demo`, `standing`, `role_titles`, `menu`, `tabs`, `today`."""
    standing = standing_of(getattr(request, "user", None))
    today = timezone.localdate()
    commune = (
        Commune.objects.filter(pk=standing.commune_id).first()
        if standing.commune_id
        else Commune.objects.order_by("pk").first()
    )
    menu = menu_for(standing, request.path) if standing is not NOBODY else []
    identity = commune.identities.order_by("-starts_on").first() if commune else None
    return {
        "commune_name": identity.name if identity else "",
        "issuer_short": identity.issuer_short if identity else "",
        "is_demo": bool(commune and commune.is_demo),
        "standing": standing,
        "role_titles": ", ".join(sorted(role.title for role in standing.roles)),
        "menu": menu,
        "tabs": tabs_of(menu),
        "today": today,
    }
