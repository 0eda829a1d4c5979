"""The chair's name on a day, and the telephone number of the office."""

from datetime import date

from django.http import HttpRequest
from django.utils import timezone

from emulation.accounts.models import OfficePhone, User
from emulation.communes.capacity import capacity_of, role_holder_ids
from emulation.communes.roles import Role


def chair_name(commune_id: int, on: date) -> str:
    """The full name of the commune's chair on that day, or ""."""
    user = User.objects.filter(pk__in=role_holder_ids(commune_id, Role.chair, on=on)).order_by("pk").first()
    return user.full_name if user else ""


def office_phone(request: HttpRequest) -> str:
    """The number of the office today, of the user's commune or of the first one before sign-in; "" if none is recorded."""
    numbers = OfficePhone.objects.in_force(timezone.localdate()).order_by("commune_id", "-starts_on", "-pk")
    capacity = capacity_of(getattr(request, "user", None))
    if capacity.commune_id:
        numbers = numbers.filter(commune_id=capacity.commune_id)
    number = numbers.first()
    return number.phone if number else ""
