"""Template context of every page: the commune, the user's capacity, the navigation, and what apps add to it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from emulation.communes.capacity import NO_CAPACITY, capacity_of
from emulation.communes.models import CommuneIdentity
from emulation.core.registry import Registry
from emulation.workflow.menu import menu_for

page_values: Registry[Callable[[HttpRequest], Any]] = Registry(
    "Mọi trang", "template variable: a function of the request, called when the template uses it"
)


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `commune_name` and `issuer_short` as of today, `is_demo`, `is_answer` (to a sent form), `capacity`,
    `menu`, `today`, and the `page_values`.
    """
    capacity = capacity_of(getattr(request, "user", None))
    today = timezone.localdate()
    identities = CommuneIdentity.objects.filter(starts_on__lte=today).select_related("commune")
    if capacity.commune_id:
        identities = identities.filter(commune_id=capacity.commune_id)
    identity = identities.order_by("commune_id", "-starts_on").first()
    return {
        **{name: _later(function, request) for name, function in page_values.items()},
        "commune_name": identity.name if identity else "",
        "issuer_short": identity.issuer_short if identity else "",
        "is_demo": bool(identity and identity.commune.is_demo),
        "is_answer": request.method == "POST",
        "capacity": capacity,
        "menu": menu_for(capacity, request.path) if capacity is not NO_CAPACITY else None,
        "today": today,
    }


def _later(function: Callable[[HttpRequest], Any], request: HttpRequest) -> Any:
    return SimpleLazyObject(lambda: function(request))
